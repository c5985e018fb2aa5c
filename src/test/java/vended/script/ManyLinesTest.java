package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vended.script.StandIn.Answer;
import vended.script.StandIn.Request;

/** {@code vend grant apply} of more lines than one request takes. */
class ManyLinesTest {
  private static final String ROLE = "arn:aws:iam::444455556666:role/vended/deploy";

  /** Each line is a text of its own in the request. */
  private static final Pattern CALLER = Pattern.compile("\\\\\"caller\\\\\":\\\\\"([^\"\\\\]+)");

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  private final List<String> planned = new CopyOnWriteArrayList<>();
  private final List<String> made = new CopyOnWriteArrayList<>();

  private static String caller(int number) {
    return "arn:aws:iam::111122223333:user/u%03d".formatted(number);
  }

  private Answer answer(Request request) {
    List<String> callers =
        CALLER.matcher(request.body()).results().map(found -> found.group(1)).toList();
    (request.body().contains("\"plan\":true") ? planned : made).addAll(callers);
    return Answer.json(
        callers.stream()
            .map(
                caller ->
                    "{\"action\":\"create\",\"caller\":\"%s\",\"roleArn\":\"%s\"}"
                        .formatted(caller, ROLE))
            .collect(Collectors.joining(",", "{\"results\":[", "]}")));
  }

  @Test
  void eachLineIsPlannedAndMadeOnce_InItsOrder() throws Exception {
    List<String> callers = IntStream.range(0, 201).mapToObj(ManyLinesTest::caller).toList();
    Path file = home.resolve("grants.jsonl");
    Files.write(
        file,
        callers.stream()
            .map(
                caller ->
                    "{\"caller\":\"%s\",\"roleArn\":\"%s\",\"unpinned\":true}"
                        .formatted(caller, ROLE))
            .toList());
    try (StandIn service = new StandIn(this::answer)) {
      Run.Result result =
          Run.vend(Shell.any(), home, "grant", "apply", file.toString(), "--yes", "--keep-others")
              .calling(service.url())
              .result();

      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.err()).contains("201 of 201 compared", "201 of 201 changed", "201 added");
      assertThat(service.requests).hasSize(6);
      assertThat(planned).isEqualTo(callers);
      assertThat(made).isEqualTo(callers);
    }
  }
}
