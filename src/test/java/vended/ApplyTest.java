package vended;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vended.Administrator.Answer;
import vended.local.FaultyProxy;
import vended.local.Functions;
import vended.local.LocalStack;
import vended.local.Options;
import vended.local.TestStack;

/** {@code /grants/apply}: many grants at once, each planned, changed and recorded by itself. */
class ApplyTest {
  private static final String SECOND = "arn:aws:iam::111122223333:user/second";

  private static final Functions SERVICE = Functions.ofService(TestStack.PATIENT);

  @RegisterExtension
  static final TestStack OWN =
      TestStack.of(
          Options.of((environment, clock) -> SERVICE.start(environment, new FailingClock(clock)))
              .withFaults());

  private static final LocalStack stack = OWN.stack();

  @AutoClose private static final Administrator admin = new Administrator(stack);

  /** When the service's clock fails, as nothing in the service expects. */
  private static volatile BooleanSupplier clockFails = () -> false;

  private static final class FailingClock extends Clock {
    private final Clock clock;

    FailingClock(Clock clock) {
      this.clock = clock;
    }

    @Override
    public Instant instant() {
      if (clockFails.getAsBoolean()) {
        throw new IllegalStateException("the clock fails");
      }
      return clock.instant();
    }

    @Override
    public ZoneId getZone() {
      return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("the service has no zones");
    }
  }

  @BeforeEach
  void aClientWithAVerifiedRole() throws Exception {
    admin.verify(admin.putClient().text("client/externalId"));
  }

  /** A line of a file, with ' for ". */
  private static String line(String caller, String members) {
    return "{'caller':'%s','roleArn':'%s'%s}"
        .formatted(caller, Administrator.ROLE, members)
        .replace('\'', '"');
  }

  private static String pinned(String members) {
    return line(Administrator.CALLER, ",'callerId':'" + Administrator.CALLER_ID + "'" + members);
  }

  private static String unpinned(String members) {
    return line(SECOND, ",'unpinned':true" + members);
  }

  private static Answer plan(String... lines) throws Exception {
    return admin.post("/grants/apply", Map.of("plan", true, "lines", List.of(lines)));
  }

  private static Answer apply(String... lines) throws Exception {
    return admin.post("/grants/apply", Map.of("lines", List.of(lines)));
  }

  private static List<Object> actions(Answer answer) {
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    List<Object> actions = new ArrayList<>();
    for (Object item : list(answer, "results")) {
      actions.add(String.valueOf(((Map<?, ?>) item).get("action")));
    }
    return actions;
  }

  private static List<?> list(Answer answer, String name) {
    return (List<?>) Objects.requireNonNull(answer.at(name));
  }

  private static int records() {
    return stack.tables().rows(stack.auditTable()).size();
  }

  @Test
  void aPlanTellsWhatWouldBeDone_AndDoesNothing() throws Exception {
    apply(pinned(""));
    int before = records();

    Answer plan = plan(pinned(",'maxDurationSeconds':900"), unpinned(",'description':'new'"));

    assertThat(actions(plan)).containsExactly("change", "create");
    assertThat(plan.at("results/0/version")).isEqualTo(1L);
    assertThat(plan.at("results/0/differences"))
        .isEqualTo(List.of("maxDurationSeconds: 3600 -> 900"));
    assertThat(plan.at("results/1/differences"))
        .isEqualTo(List.of("description: \"new\"", "maxDurationSeconds: 3600", "unpinned: true"));
    assertThat(records()).isEqualTo(before);
    assertThat(actions(plan(pinned("")))).containsExactly("keep");
  }

  @Test
  void eachLineIsDoneAndRecordedByItself() throws Exception {
    Answer answer = apply(pinned(""), unpinned(""));

    assertThat(actions(answer)).containsExactly("create", "create");
    assertThat(answer.text("results/0/vendId")).isNotEqualTo(answer.text("results/1/vendId"));
    assertThat(admin.audit())
        .endsWith("admin grants/put", "made grants/put", "admin grants/put", "made grants/put");
  }

  @Test
  void whatIsSoAlreadyIsLeftAloneAndLeavesNoRecord() throws Exception {
    apply(pinned(""), unpinned(""));
    int before = records();

    String gone = line("arn:aws:iam::111122223333:user/x", ",'remove':true");
    Answer again = apply(pinned(""), unpinned(""), gone);

    assertThat(actions(again)).containsExactly("keep", "keep", "keep");
    assertThat(records()).isEqualTo(before);
  }

  @Test
  void aGrantIsChangedOrRemovedOnlyInTheVersionThatWasPlannedWith() throws Exception {
    apply(pinned(""), unpinned(""));
    apply(pinned(",'disabled':true,'version':1"));

    Answer late =
        apply(
            pinned(",'maxDurationSeconds':900,'version':1"),
            line(SECOND, ",'remove':true,'version':2"));
    assertThat(actions(late)).containsExactly("refused", "refused");
    assertThat(late.at("results/0/code")).isEqualTo("version_conflict");
    assertThat(late.at("results/1/code")).isEqualTo("version_conflict");

    assertThat(actions(apply(line(SECOND, ",'remove':true,'version':1"))))
        .containsExactly("remove");
  }

  @Test
  void oneThatIsRefusedHoldsUpNoOther() throws Exception {
    String stranger = pinned("").replace(Administrator.ROLE, Administrator.ROLE + "2");
    String ended = unpinned(",'expiresAt':'2020-01-01T00:00:00Z'");

    for (Answer answer :
        List.of(plan(stranger, ended, pinned("")), apply(stranger, ended, pinned("")))) {
      assertThat(actions(answer)).containsExactly("refused", "refused", "create");
      assertThat(answer.at("results/0/code")).isEqualTo("role_not_known");
      assertThat(answer.at("results/1/detail")).isEqualTo("expiresAt must be in the future.");
    }
  }

  @Test
  void aLineThatIsNotValidLeavesAllAsItWas() throws Exception {
    int before = records();

    Answer answer =
        apply(
            pinned(""),
            pinned("").replace("role/Builder", "role/*"),
            unpinned("},{'remove':true"),
            unpinned(",'format':'json'"),
            pinned(""));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.places())
        .containsExactly("/lines/1/caller", "/lines/2", "/lines/3/format", "/lines/4");
    assertThat(records()).isEqualTo(before);
  }

  @Test
  void aPlanIsOfAFileThatSaysWhatIsToHold() throws Exception {
    Answer answer = plan(pinned(",'version':1"), line(SECOND, ",'remove':true"));

    assertThat(answer.places())
        .containsExactly("/lines/0/version", "/lines/1/callerId", "/lines/1/remove");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|/lines",
        "{'lines':[]}|/lines",
        "{'lines':'x'}|/lines",
        "{'lines':[1]}|/lines",
        "{'lines':['x'],'plan':1}|/plan",
        "{'lines':['x'],'force':true}|/force"
      })
  void aBodyThatIsNotValidIsRefused(String body, String place) throws Exception {
    Answer answer = admin.post("/grants/apply", body.replace('\'', '"'));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.places()).containsExactly(place);
  }

  @Test
  void moreThanTheLimitsIsRefused() throws Exception {
    String[] many = Collections.nCopies(201, "{}").toArray(String[]::new);
    assertThat(apply(many).places()).containsExactly("/lines");

    Answer large = apply(pinned(",'description':'" + "x".repeat(300_000) + "'"));
    assertThat(large.status()).isEqualTo(413);
    assertThat(large.text("detail")).contains("256 KiB");
  }

  @Test
  void whereTheTableDoesNotAnswerTheRestIsNotBegun() throws Exception {
    stack
        .tablesProxy()
        .fault(
            "TransactWriteItems",
            "",
            1,
            1,
            FaultyProxy.Answer.dynamoError(400, "AccessDeniedException"));

    Answer answer = apply(pinned(""), unpinned(""));

    assertThat(actions(answer)).containsExactly("failed");
    assertThat(answer.at("results/0/code")).isEqualTo("unsure");
    assertThat(actions(apply(pinned(""), unpinned("")))).containsExactly("create", "create");
  }

  @Test
  void aLineThatCanNotBeRecordedKeepsTheResultsOfTheLinesBefore() throws Exception {
    stack
        .tablesProxy()
        .fault("ExecuteStatement", SECOND, new FaultyProxy.Answer(503, "text/html", "<html>"));

    Answer answer = apply(pinned(""), unpinned(""));

    assertThat(actions(answer)).containsExactly("create", "failed");
    assertThat(answer.at("results/1/code")).isEqualTo("unavailable");
  }

  @Test
  void aLineThatCanNotBeRecordedNamesNoRecord() throws Exception {
    stack
        .tablesProxy()
        .fault("ExecuteStatement", SECOND, new FaultyProxy.Answer(503, "text/html", "<html>"));

    Answer answer = apply(pinned(""), unpinned(""));

    assertThat(answer.at("results/0/vendId")).isNotNull();
    assertThat(answer.at("results/1/code")).isEqualTo("unavailable");
    assertThat(answer.at("results/1/vendId")).isNull();
  }

  @Test
  void aLineThatFailsUnexpectedlyKeepsTheResultsOfTheLinesBefore() throws Exception {
    long changes = stack.tablesProxy().count("TransactWriteItems");
    clockFails = () -> stack.tablesProxy().count("TransactWriteItems") == changes + 2;
    Answer answer;
    try {
      answer = apply(pinned(""), unpinned(""));
    } finally {
      clockFails = () -> false;
    }

    assertThat(actions(answer)).containsExactly("create", "failed");
    assertThat(answer.at("results/1/code")).isEqualTo("unsure");
    assertThat(answer.at("results/1/vendId")).isNotNull();
  }

  @Test
  void aFaultAfterAChangeIsNotRetryable() throws Exception {
    long changes = stack.tablesProxy().count("TransactWriteItems");
    clockFails = () -> stack.tablesProxy().count("TransactWriteItems") == changes + 1;
    Answer change;
    try {
      change = admin.post("/clients/suspend", Map.of("all", true, "stopped", false));
    } finally {
      clockFails = () -> false;
    }

    assertThat(change.status()).isEqualTo(500);
    assertThat(change.text("code")).isEqualTo("internal");
    assertThat(change.at("retryable")).isEqualTo(false);
    assertThat(change.text("detail")).contains("may have been made");
  }

  @Test
  void theLinesOfTheListAreWhatIsKept() throws Exception {
    apply(
        pinned(
            ",'policyArns':['arn:aws:iam::aws:policy/A'],'tags':{'b':'é','a':'2'},"
                + "'notBefore':'2026-01-01T01:00:00+01:00','expiresAt':'2099-01-01T00:00:00Z',"
                + "'disabled':true,'description':'„x“ é 😀'"),
        unpinned(
            ",'policy':'{\\'Statement\\':{\\'Effect\\':\\'Deny\\',"
                + "\\'Action\\':\\'*\\',\\'Resource\\':\\'*\\'}}'"));

    Answer list = admin.post("/grants/list", Map.of("format", "lines"));
    List<String> lines = list(list, "lines").stream().map(String::valueOf).toList();

    assertThat(lines).filteredOn(line -> line.contains(Administrator.ROLE)).hasSize(2);
    assertThat(lines).allMatch(line -> line.matches("[ -~]+"));
    assertThat(actions(plan(lines.toArray(String[]::new)))).containsOnly("keep");
  }

  @Test
  void oneClientIsShownWithWhatItFillsIn() throws Exception {
    Answer found = admin.post("/clients/list", Map.of("account", Administrator.ACCOUNT));

    assertThat(found.text("client/account")).isEqualTo(Administrator.ACCOUNT);
    assertThat(found.text("onboarding/templateParameters/ExternalId"))
        .isEqualTo(found.text("client/externalId"));
    assertThat(admin.post("/clients/list", Map.of("account", "999999999999")).text("code"))
        .isEqualTo("no_client");
    assertThat(admin.post("/clients/list", Map.of("account", "1", "cursor", "x")).places())
        .contains("/account", "/cursor");
  }
}
