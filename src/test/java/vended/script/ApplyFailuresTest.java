package vended.script;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.InSoak;
import vended.local.FaultyProxy;
import vended.local.Items;
import vended.local.LocalStack;
import vended.local.TestStack;

/** {@code vend grant apply} while the tables fail here and there. */
@InSoak(
    "a stack that fails; LostAnswerTest has what is sent again, ParallelApplyTest "
        + "what the service makes")
class ApplyFailuresTest {
  private static final String ROLE = "arn:aws:iam::555566667777:role/vended/deploy";
  private static final FaultyProxy.Answer REFUSED =
      FaultyProxy.Answer.dynamoError(400, "AccessDeniedException");

  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  private static final LocalStack stack = SHARED.stack();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  static Stream<Shell> shells() {
    return Shell.matrix(ApplyFailuresTest.class);
  }

  private static String caller(int number) {
    return "arn:aws:iam::111122223333:user/u%03d".formatted(number);
  }

  private Run.Result apply(Shell shell, int count) throws Exception {
    var script = new ScriptOnStack(stack, home);
    script.client("555566667777", "A", ROLE);
    Path file = home.resolve("grants.jsonl");
    Files.write(
        file,
        IntStream.range(0, count)
            .mapToObj(
                number ->
                    "{\"caller\":\"%s\",\"roleArn\":\"%s\",\"unpinned\":true}"
                        .formatted(caller(number), ROLE))
            .toList());
    return script
        .admin(shell, "grant", "apply", file.toString(), "--yes", "--keep-others")
        .with("VEND_RETRY_SECONDS", "0")
        .result();
  }

  /** The callers whose grant was made, as often as it was. */
  private static List<String> made() {
    return stack.tables().rows(stack.auditTable()).stream()
        .filter(row -> AttributeValue.fromS("made").equals(row.get("outcome")))
        .map(row -> Items.text(row, "target"))
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void whatFailsIsSentAgain_AndWhatWasMadeIsNot(Shell shell) throws Exception {
    // Of the plan, and of the changes: the first lines, one in the middle, and the last. A request
    // has a hundred at most.
    for (int number : new int[] {0, 1, 30, 70, 101}) {
      stack.tablesProxy().fault("GetItem", caller(number), 1, 1, REFUSED);
      stack.tablesProxy().fault("ExecuteStatement", caller(number), 1, 1, REFUSED);
    }

    Run.Result result = apply(shell, 102);

    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.err()).contains("102 added, 0 changed, 0 removed");
    assertThat(result.out())
        .isEqualTo(
            IntStream.range(0, 102)
                .mapToObj(
                    number ->
                        "+ %s -> %s\n    maxDurationSeconds: 3600\n    unpinned: true\n"
                            .formatted(caller(number), ROLE))
                .collect(joining()));
    assertThat(made())
        .isEqualTo(IntStream.range(0, 102).mapToObj(ApplyFailuresTest::caller).toList());
  }

  @Test
  void aTableThatThrottlesEverythingForAWhileLosesNothing() throws Exception {
    FaultyProxy.Answer throttled =
        FaultyProxy.Answer.dynamoError(400, "ProvisionedThroughputExceededException");
    for (Map.Entry<String, Integer> each :
        Map.of("GetItem", 6, "BatchGetItem", 2, "ExecuteStatement", 2).entrySet()) {
      stack.tablesProxy().fault(each.getKey(), "", 10, 9 + each.getValue(), throttled);
    }

    Run.Result result = apply(Shell.any(), 40);

    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(made())
        .isEqualTo(IntStream.range(0, 40).mapToObj(ApplyFailuresTest::caller).toList());
  }

  @Test
  void whatMayHaveBeenMadeEndsTheRun_AndTheNextOneMakesTheRest() throws Exception {
    stack.tablesProxy().fault("TransactWriteItems", caller(30), 1, 1, REFUSED);

    Run.Result first = apply(Shell.any(), 40);
    int before = made().size();
    Run.Result second = apply(Shell.any(), 40);

    assertThat(first.exit()).isEqualTo(1);
    assertThat(first.err())
        .contains(caller(30) + " -> " + ROLE, "not done: %d of 40 steps".formatted(40 - before));
    assertThat(second.exit()).as(second.err()).isZero();
    assertThat(second.err()).contains("%d added".formatted(40 - before));
    assertThat(made())
        .isEqualTo(IntStream.range(0, 40).mapToObj(ApplyFailuresTest::caller).toList());
  }
}
