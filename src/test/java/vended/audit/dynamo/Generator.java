package vended.audit.dynamo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import vended.audit.AuditRecord;
import vended.audit.ChangeRecord;
import vended.audit.Outcome;
import vended.audit.ProbeRecord;
import vended.audit.Reason;
import vended.audit.Requester;
import vended.audit.Trace;
import vended.audit.VendId;
import vended.audit.VendRecord;
import vended.audit.VendRecord.Issued;
import vended.audit.VendRecord.Result;
import vended.audit.VendRecord.Subject;
import vended.identity.RoleArn;

/**
 * Makes up an audit: rows as the service writes them, of many callers, roles and outcomes. The same
 * seed makes the same rows.
 */
public final class Generator {
  public static final int CALLERS = 40;
  public static final int ROLES = 60;
  public static final int CLIENTS = 20;

  private static final Duration RETENTION = Duration.ofDays(2557);

  /** DynamoDB's own limit of a BatchWriteItem. */
  private static final int BATCH = 25;

  private static final int WRITERS = 4;
  private static final List<Reason> DENIALS =
      List.of(Reason.NO_GRANT, Reason.GRANT_EXPIRED, Reason.ROLE_NOT_VERIFIED);

  private final Random random;
  private final Instant end;
  private final Duration over;
  private final List<Map<String, AttributeValue>> rows = new ArrayList<>();
  private Instant at;

  private Generator(long seed, Instant end, Duration over) {
    this.random = new Random(seed);
    this.end = end;
    this.over = over;
    this.at = end.minus(over);
  }

  /**
   * Makes up rows.
   *
   * @param count how many, of about 55 vends to 100 rows
   * @param end the time that all of them are before
   * @param over how long before it they begin
   */
  public static List<Map<String, AttributeValue>> rows(
      long seed, int count, Instant end, Duration over) {
    Generator generator = new Generator(seed, end, over);
    while (generator.rows.size() < count) {
      generator.next();
    }
    return List.copyOf(generator.rows.subList(0, count));
  }

  /** Writes rows past the service, many at once. */
  public static void write(
      DynamoDbClient client, String table, List<Map<String, AttributeValue>> rows) {
    try (ExecutorService executor = Executors.newFixedThreadPool(WRITERS)) {
      List<Future<?>> batches = new ArrayList<>();
      for (int i = 0; i < rows.size(); i += BATCH) {
        List<WriteRequest> batch =
            rows.subList(i, Math.min(i + BATCH, rows.size())).stream()
                .map(row -> PutRequest.builder().item(row).build())
                .map(put -> WriteRequest.builder().putRequest(put).build())
                .toList();
        batches.add(
            executor.submit(
                () -> client.batchWriteItem(call -> call.requestItems(Map.of(table, batch)))));
      }
      for (Future<?> batch : batches) {
        batch.get();
      }
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String caller(int number) {
    return "arn:aws:iam::111122223333:role/Builder" + number;
  }

  public static String role(int number) {
    return "arn:aws:iam::%s:role/vended/deploy%d".formatted(account(number % CLIENTS), number);
  }

  public static String account(int client) {
    return "4444555566%02d".formatted(client);
  }

  private void next() {
    // Now and then several at one millisecond, which is where pages could be joined wrongly.
    if (random.nextInt(20) != 0) {
      long millis = (long) (random.nextDouble() * over.toMillis());
      at = end.minusMillis(Math.max(millis, 10_000));
    }
    int dice = random.nextInt(1000);
    if (dice < 780) {
      vend(Outcome.GRANTED, null);
    } else if (dice < 920) {
      denied(DENIALS.get(random.nextInt(DENIALS.size())));
    } else if (dice < 950) {
      vend(Outcome.FAILED, Reason.STS_ACCESS_DENIED);
    } else if (dice < 955) {
      int role = random.nextInt(ROLES);
      Trace trace = trace();
      add(new VendRecord(trace, at, subject(role, trace), null));
    } else if (dice < 975) {
      probe();
    } else {
      change(dice < 998);
    }
  }

  private void add(AuditRecord entry) {
    rows.add(DynamoAuditItem.of(entry, RETENTION));
  }

  private void vend(Outcome outcome, @Nullable Reason reason) {
    Trace trace = trace();
    Subject subject = subject(random.nextInt(ROLES), trace);
    Instant done = at.plusMillis(50 + random.nextInt(900));
    Issued issued =
        reason == null
            ? new Issued(
                "ASIA" + letters(16),
                "AROA" + letters(17) + ":" + subject.sessionName(),
                done.plusSeconds(3600),
                12)
            : null;
    add(new VendRecord(trace, at, subject, null));
    add(
        new VendRecord(
            trace,
            done,
            subject,
            new Result(outcome, reason, issued, "request-" + trace.vendId())));
  }

  private void denied(Reason reason) {
    Subject subject = subject(random.nextInt(ROLES), null);
    Result result = new Result(Outcome.DENIED, reason, null, null);
    add(new VendRecord(trace(), at, subject, result));
  }

  private void probe() {
    Trace trace = trace();
    Subject subject = subject(random.nextInt(ROLES), trace);
    add(new VendRecord(trace, at, subject, null));
    boolean sound = random.nextInt(10) > 0;
    var target =
        new ProbeRecord.Target(
            new RoleArn(String.valueOf(subject.roleArn())),
            String.valueOf(subject.clientName()),
            null);
    var result =
        new ProbeRecord.Result(
            ProbeRecord.Answer.WORKS,
            sound ? ProbeRecord.Answer.REFUSED : ProbeRecord.Answer.WORKS,
            ProbeRecord.Answer.REFUSED,
            true,
            sound,
            false,
            false);
    add(new ProbeRecord(trace, at.plusMillis(800), target, result));
  }

  private void change(boolean ends) {
    Trace trace = trace();
    int role = random.nextInt(ROLES);
    var subject =
        new ChangeRecord.Subject(
            "grants/put",
            caller(random.nextInt(CALLERS)),
            role(role),
            account(role % CLIENTS),
            "Client " + role % CLIENTS,
            null,
            "{\"maxDurationSeconds\":3600}");
    add(new ChangeRecord(trace, at, subject, null));
    if (ends) {
      var made = new ChangeRecord.Result(ChangeRecord.ChangeOutcome.MADE, null);
      add(new ChangeRecord(trace, at.plusMillis(20), subject, made));
    }
  }

  private Trace trace() {
    return new Trace(id(), requester());
  }

  private Requester requester() {
    // The square makes some callers busy and others rare, as they are.
    double share = random.nextDouble();
    int number = (int) (share * share * CALLERS);
    return new Requester(
        caller(number),
        "AROAEXAMPLEBUILDER" + (100 + number),
        "build-" + random.nextInt(10_000),
        "111122223333",
        "ASIA" + letters(16),
        "192.0.2." + random.nextInt(256),
        "curl/8.5.0",
        letters(12) + "=");
  }

  /** Of the session that the trace's vend begins; a denied one begins none. */
  private Subject subject(int role, @Nullable Trace trace) {
    return new Subject(
        role(role),
        account(role % CLIENTS),
        "Client " + role % CLIENTS,
        3600,
        trace == null ? null : sessionName(trace),
        "AROAEXAMPLEBUILDER100",
        null,
        1L + random.nextInt(9),
        Map.of("build", Integer.toString(random.nextInt(100_000)), "commit", letters(40)));
  }

  private static String sessionName(Trace trace) {
    String caller = String.valueOf(trace.requester().caller());
    return trace.vendId().sessionName(caller.substring(caller.lastIndexOf('/') + 1));
  }

  private VendId id() {
    Supplier<VendId> ids = VendId.source(Clock.fixed(at, ZoneOffset.UTC), random);
    return ids.get();
  }

  private String letters(int length) {
    return random
        .ints(length, 0, 32)
        .mapToObj(i -> String.valueOf("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".charAt(i)))
        .collect(Collectors.joining());
  }
}
