package vended.api.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
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
 * One step of the schedule's state machine: a JSON object in, a JSON object out. No caller is
 * behind it, so the function names itself in records.
 *
 * <p>Public, since Lambda's runtime calls {@code handleRequest} by reflection.
 */
public abstract class StepHandler implements RequestStreamHandler {
  private static final int MAX_BYTES = 8 * 1024;

  private final Supplier<VendId> ids;

  StepHandler(Supplier<VendId> ids) {
    this.ids = ids;
  }

  /**
   * Runs the step.
   *
   * @throws StepException if it fails; the state machine reads the name of the exception
   */
  @Override
  public final void handleRequest(InputStream in, OutputStream out, Context context)
      throws IOException {
    VendId id = ids.get();
    Map<String, @Nullable Object> output;
    try {
      output = step(id, read(in), context);
    } catch (StepException e) {
      throw e;
    } catch (RuntimeException e) {
      FaultLog.log(context, id, e);
      throw new StepRefusedException("internal error; the log has more under " + id);
    }
    out.write(Json.write(output).getBytes(UTF_8));
  }

  /**
   * What the step does.
   *
   * @param id the step's own, for the log and the records
   * @throws StepException if it fails
   */
  abstract Map<String, @Nullable Object> step(VendId id, JsonObject input, Context context);

  private static JsonObject read(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new StepRefusedException("the input must be at most 8 KiB");
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
            .map(e -> (e.pointer().isEmpty() ? "the input" : e.pointer()) + " " + e.detail())
            .collect(Collectors.joining("; ")));
  }

  /** The running function, without the alias that it was invoked by. */
  static FunctionArn function(Context context) {
    return FunctionArn.parse(context.getInvokedFunctionArn())
        .orElseThrow(() -> new StepRefusedException("Lambda did not name the function"));
  }

  /** For the records: the function itself, without an API request. */
  static Requester requester(FunctionArn function) {
    return new Requester(function.value(), null, null, function.account(), null, null, null, null);
  }
}
