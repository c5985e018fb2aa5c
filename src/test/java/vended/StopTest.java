package vended;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vended.Administrator.Answer;
import vended.local.FaultyProxy;
import vended.local.Items;
import vended.local.LocalStack;
import vended.local.TestStack;

/** Who stops something wins against all who change it; who lets it go on does not. */
class StopTest {
  private static final Map<String, String> GRANT =
      Map.of("caller", Administrator.CALLER, "roleArn", Administrator.ROLE);

  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  private static final LocalStack stack = SHARED.stack();

  @AutoClose private static final Administrator admin = new Administrator(stack);

  @BeforeEach
  void aClientWithAVerifiedRole() throws Exception {
    admin.putVerifiedClient();
  }

  @Test
  void aSuspensionWinsAgainstAnAdministratorWhoRenamesTheClientAllTheTime() throws Exception {
    AtomicBoolean suspended = new AtomicBoolean();
    AtomicInteger renamed = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> renaming =
          threads.submit(
              () -> {
                while (!suspended.get()) {
                  renamed.addAndGet(rename().status() == 200 ? 1 : 0);
                }
                return null;
              });
      List<Integer> statuses = new ArrayList<>();
      try {
        // On a busy machine, all suspensions may be over before the first rename.
        while (!renaming.isDone() && (statuses.size() < 20 || renamed.get() == 0)) {
          statuses.add(suspend(true).status());
        }
      } finally {
        suspended.set(true);
      }
      renaming.get();

      assertThat(statuses).containsOnly(200);
    }
    assertThat(client().at("client/suspended")).isEqualTo(true);
  }

  @Test
  void allWhoStopAtTheSameTimeWin() throws Exception {
    assertThat(atOnce(8, () -> stopVending(true))).containsOnly(200);
    assertThat(atOnce(8, () -> suspend(true))).containsOnly(200);

    assertThat(client().at("client/suspended")).isEqualTo(true);
    assertThat(stopVending(true).at("vending/version")).isEqualTo(9L);
  }

  @Test
  void aRemovalWinsAgainstAChange_AndItsOutcomeSaysWhatWasRemoved() throws Exception {
    putGrant(null);
    beforeTheNextWrite(() -> putGrant(1L));

    assertThat(admin.post("/grants/remove", GRANT).at("removed")).isEqualTo(true);

    assertThat(admin.rows()).noneMatch(row -> row.startsWith("role#"));
    assertThat(versions("grants/remove")).containsExactly("admin 1", "made 2");
  }

  @Test
  void aSuspensionHasOneRecordBeforeIt_AndOneOfWhatWasChangedInTheEnd() throws Exception {
    beforeTheNextWrite(StopTest::rename);

    assertThat(suspend(true).status()).isEqualTo(200);

    assertThat(versions("clients/suspend")).containsExactly("admin 2", "made 3");
    assertThat(Items.text(admin.records().getLast(), "after")).contains("Renamed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"clients/suspend", "grants/remove", "vending"})
  void aStopIsMadeThoughAnotherTransactionOfTheRowIsUnderWay(String what) throws Exception {
    putGrant(null);
    stack.tablesProxy().fault("TransactWriteItems", "", 1, 3, canceled("TransactionConflict"));

    Answer answer =
        switch (what) {
          case "clients/suspend" -> suspend(true);
          case "grants/remove" -> admin.post("/grants/remove", GRANT);
          default -> stopVending(true);
        };

    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
  }

  @Test
  void aStopIsTriedSomeTimesOnly() throws Exception {
    stack.tablesProxy().fault("TransactWriteItems", "", canceled("TransactionConflict"));
    long before = stack.tablesProxy().count("TransactWriteItems");

    assertThat(suspend(true).text("code")).isEqualTo("unavailable");

    assertThat(stack.tablesProxy().count("TransactWriteItems") - before).isBetween(2L, 16L);
    assertThat(versions("clients/suspend")).containsExactly("admin 2", "denied 2");
  }

  /** The other transaction may fail, and the row keep the version that was asked for. */
  @Test
  void aTransactionUnderWayIsNoVersionConflict() throws Exception {
    stack.tablesProxy().fault("TransactWriteItems", "", 1, 1, canceled("TransactionConflict"));

    Answer answer = rename();

    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(503);
    assertThat(answer.text("code")).isEqualTo("unavailable");
    assertThat(answer.at("retryable")).isEqualTo(true);
    assertThat(admin.audit().getLast()).isEqualTo("denied clients/put allow_list_unavailable");
    assertThat(rename().status()).isEqualTo(200);
  }

  @Test
  void aCancelledTransactionWithoutACodeMayHaveBeenMade() throws Exception {
    stack
        .tablesProxy()
        .fault(
            "TransactWriteItems",
            "",
            1,
            1,
            new FaultyProxy.Answer(
                400,
                "application/x-amz-json-1.0",
                "{\"__type\":\"com.amazonaws.dynamodb.v20120810#TransactionCanceledException\","
                    + "\"CancellationReasons\":[{}]}"));

    assertThat(rename().text("code")).isEqualTo("unsure");

    assertThat(admin.audit().getLast()).isEqualTo("failed clients/put allow_list_unavailable");
  }

  @Test
  void withAVersionAStopIsOfThatVersionOnly() throws Exception {
    beforeTheNextWrite(StopTest::rename);

    Answer late =
        admin.post(
            "/clients/suspend",
            Map.of("account", Administrator.ACCOUNT, "suspended", true, "version", 2));

    assertThat(late.text("code")).isEqualTo("version_conflict");
    assertThat(late.at("currentVersion")).isEqualTo(3L);
    assertThat(client().at("client/suspended")).isEqualTo(false);
  }

  @Test
  void aResumeIsMadeThoughTheClientIsRenamedMeanwhile() throws Exception {
    suspend(true);
    beforeTheNextWrite(StopTest::rename);

    assertThat(suspend(false).at("client/suspended")).isEqualTo(false);
    assertThat(client().at("client/suspended")).isEqualTo(false);
  }

  @Test
  void aResumeNeverUndoesASuspensionThatCameAfterIt() throws Exception {
    suspend(true);
    beforeTheNextWrite(() -> suspend(true));

    assertThat(suspend(false).text("code")).isEqualTo("version_conflict");

    assertThat(client().at("client/suspended")).isEqualTo(true);
    assertThat(suspend(false).status()).isEqualTo(200);
    suspend(true);
    beforeTheNextWrite(
        () -> {
          suspend(false);
          return suspend(true);
        });
    assertThat(suspend(false).text("code")).isEqualTo("version_conflict");
    assertThat(client().at("client/suspended")).isEqualTo(true);
  }

  @Test
  void aResumeOfAClientFromBeforeSuspensionsWereMarkedIsMade() throws Exception {
    suspend(true);
    stack.tables().rows(stack.allowListTable()).stream()
        .filter(row -> Items.text(row, "sk").equals("last-suspension"))
        .forEach(
            row ->
                stack
                    .tables()
                    .client()
                    .deleteItem(
                        call ->
                            call.tableName(stack.allowListTable())
                                .key(
                                    Map.of(
                                        "pk", Items.value(row, "pk"),
                                        "sk", Items.value(row, "sk")))));
    beforeTheNextWrite(StopTest::rename);

    assertThat(suspend(false).at("client/suspended")).isEqualTo(false);
  }

  @Test
  void startingVendingNeverUndoesAStopThatCameAfterIt() throws Exception {
    stopVending(true);
    beforeTheNextWrite(() -> stopVending(true));

    assertThat(stopVending(false).text("code")).isEqualTo("version_conflict");

    assertThat(stopVending(true).at("vending/version")).isEqualTo(3L);
    stack.tablesProxy().fault("TransactWriteItems", "", 1, 1, canceled("TransactionConflict"));
    assertThat(stopVending(false).at("vending/stopped")).isEqualTo(false);
  }

  /** Has somebody else do something just before the next change is written. */
  private static void beforeTheNextWrite(Callable<Answer> action) {
    stack.tablesProxy().reset();
    stack.tablesProxy().fault("TransactWriteItems", "", new FaultyProxy.After(action));
  }

  private static FaultyProxy.Answer canceled(String reason) {
    return new FaultyProxy.Answer(
        400,
        "application/x-amz-json-1.0",
        "{\"__type\":\"com.amazonaws.dynamodb.v20120810#TransactionCanceledException\","
            + "\"CancellationReasons\":[{\"Code\":\"%s\"}]}".formatted(reason));
  }

  private static List<Integer> atOnce(int number, Callable<Answer> action) throws Exception {
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(number)) {
      for (var answer : threads.invokeAll(Collections.nCopies(number, action))) {
        statuses.add(answer.get().status());
      }
    }
    return statuses;
  }

  private static Answer client() throws Exception {
    return admin.post("/clients/list", Map.of("account", Administrator.ACCOUNT));
  }

  private static Answer rename() throws Exception {
    try (Administrator other = new Administrator(stack)) {
      Object version =
          Objects.requireNonNull(
              other
                  .post("/clients/list", Map.of("account", Administrator.ACCOUNT))
                  .at("client/version"));
      return other.post(
          "/clients/put",
          Map.of("account", Administrator.ACCOUNT, "name", "Renamed", "version", version));
    }
  }

  private static Answer suspend(boolean suspended) throws Exception {
    try (Administrator other = new Administrator(stack)) {
      return other.post(
          "/clients/suspend", Map.of("account", Administrator.ACCOUNT, "suspended", suspended));
    }
  }

  private static Answer stopVending(boolean stopped) throws Exception {
    try (Administrator other = new Administrator(stack)) {
      return other.post("/clients/suspend", Map.of("all", true, "stopped", stopped));
    }
  }

  private static Answer putGrant(@Nullable Long version) throws Exception {
    Map<String, Object> body = new HashMap<>(GRANT);
    body.put("callerId", Administrator.CALLER_ID);
    if (version != null) {
      body.put("version", version);
    }
    return admin.post("/grants/put", body);
  }

  /** The records of an action: whether it is the one before it or how it ended, and the version. */
  private static List<String> versions(String action) {
    return admin.records().stream()
        .filter(row -> Items.text(row, "action").equals(action))
        .map(
            row ->
                (row.containsKey("outcome") ? Items.text(row, "outcome") : "admin")
                    + Items.text(row, "before").replaceAll(".*\"version\":(\\d+).*", " $1"))
        .toList();
  }
}
