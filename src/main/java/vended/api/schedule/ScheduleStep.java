package vended.api.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vended.api.FaultLog;
import vended.api.StepException;
import vended.api.StepRefusedException;
import vended.audit.Requester;
import vended.audit.VendId;
import vended.identity.FunctionArn;
import vended.json.Json;
import vended.json.JsonError;
import vended.json.JsonObject;

/**
 * One step of the schedule's state machine: an object in, an object out. No caller is behind it, so
 * the function names itself.
 */
final class ScheduleStep {
  private static final int MAX_BYTES = 8 * 1024;

  private ScheduleStep() {}

  /**
   * Runs a step.
   *
   * @param id the step's own ID, for the log
   * @param step what it does
   * @throws StepException if it could not be done
   */
  static void run(
      InputStream in,
      OutputStream out,
      Context context,
      VendId id,
      Function<JsonObject, Map<String, @Nullable Object>> step)
      throws IOException {
    Map<String, @Nullable Object> answer;
    try {
      answer = step.apply(read(in));
    } catch (StepException e) {
      throw e;
    } catch (RuntimeException e) {
      FaultLog.log(context, id, e);
      throw new StepRefusedException("a fault of the service; its log has more under " + id);
    }
    out.write(Json.write(answer).getBytes(UTF_8));
  }

  private static JsonObject read(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new StepRefusedException("the input must be 8 KiB at most");
    }
    String text;
    try {
      text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new StepRefusedException("the input must be UTF-8");
    }
    return switch (JsonObject.read(text)) {
      case JsonObject.Read(JsonObject object) -> object;
      case JsonObject.Unreadable(JsonError error) -> throw invalid(List.of(error));
    };
  }

  static StepRefusedException invalid(List<JsonError> errors) {
    return new StepRefusedException(
        errors.stream()
            .map(
                error ->
                    (error.pointer().isEmpty() ? "the input" : error.pointer())
                        + " "
                        + error.detail())
            .collect(Collectors.joining("; ")));
  }

  /** The function that runs, without the alias that it was invoked by. */
  static FunctionArn function(Context context) {
    return FunctionArn.parse(context.getInvokedFunctionArn())
        .orElseThrow(() -> new StepRefusedException("Lambda did not name the function"));
  }

  /** Who asks, for the records: the function itself, and nobody by way of the API. */
  static Requester requester(FunctionArn function) {
    return new Requester(function.value(), null, null, function.account(), null, null, null, null);
  }
}
