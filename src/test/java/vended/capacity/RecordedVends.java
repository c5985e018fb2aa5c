package vended.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;
import vended.audit.AuditException;
import vended.audit.Outcome;
import vended.audit.Requester;
import vended.audit.Trace;
import vended.audit.VendId;
import vended.audit.VendRecord;
import vended.audit.VendRecord.Issued;
import vended.audit.VendRecord.Result;
import vended.audit.VendRecord.Subject;
import vended.audit.dynamo.DynamoAuditLog;

/** The items that the service's own code writes for a vend, caught before they are sent. */
final class RecordedVends {
  private static final Instant AT = Instant.parse("2026-01-31T14:15:16.789Z");
  private static final VendId ID = new VendId("01KG9VQ9E0TSV4RRFFQ69G5FAV");
  private static final String CALLER_ID = "AROAEXAMPLEDEPLOYER01";
  private static final String SESSION = "Deployer@" + ID.value();
  private static final Map<String, String> CONTEXT =
      Map.of(
          "repository", "example-vendor/deployments",
          "build", "1234567890",
          "commit", "0123456789abcdef0123456789abcdef01234567",
          "ref", "refs/heads/main");
  private static final Pattern NAME = Pattern.compile("'([^']+)': \\?");

  private RecordedVends() {}

  /** A granted vend of a pipeline that says of itself what the script finds. */
  static List<Map<String, AttributeValue>> example() {
    return List.of(item(ID, AT, CONTEXT, null), item(ID, AT.plusMillis(80), CONTEXT, granted()));
  }

  /** The same with as long a context as makes the records exceed 1 KB. */
  static List<Map<String, AttributeValue>> withContext() {
    Map<String, String> context = new LinkedHashMap<>(CONTEXT);
    context.put("url", "https://ci.example.com/" + "x".repeat(230));
    context.put("ticket", "y".repeat(250));
    return List.of(item(ID, AT, context, null), item(ID, AT.plusMillis(80), context, granted()));
  }

  private static Result granted() {
    Issued issued =
        new Issued(
            "ASIAEXAMPLEISSUED001", "AROAEXAMPLECLIENT0001:" + SESSION, AT.plusSeconds(3600), 12);
    return new Result(Outcome.GRANTED, null, issued, "01234567-89ab-cdef-0123-456789abcdef");
  }

  /** The index's key of a vend's records: their hour and shard. */
  static String hourShard(VendId id, Instant at) {
    AttributeValue value = item(id, at, Map.of(), null).get("hourShard");
    return value == null ? "" : value.s();
  }

  private static Map<String, AttributeValue> item(
      VendId id, Instant at, Map<String, String> context, @Nullable Result result) {
    Requester requester =
        new Requester(
            "arn:aws:iam::111122223333:role/Deployer",
            CALLER_ID,
            "build-1234567890",
            "111122223333",
            "ASIAEXAMPLECALLER001",
            "203.0.113.25",
            "vend/1.0.0",
            "aBcDeFgHiJkLmNo=");
    Subject subject =
        new Subject(
            "arn:aws:iam::444455556666:role/vended/vended-deploy",
            "444455556666",
            "Example Client",
            3600,
            SESSION,
            CALLER_ID,
            null,
            3L,
            context);
    Caught caught = new Caught();
    try {
      new DynamoAuditLog(caught, "audit", Duration.ofDays(2557), Duration.ofSeconds(1))
          .append(new VendRecord(new Trace(id, requester), at, subject, result));
    } catch (AuditException e) {
      throw new AssertionError(e);
    }
    return caught.items.getFirst();
  }

  /** Keeps the items of INSERT statements. */
  private static final class Caught implements DynamoDbClient {
    private final List<Map<String, AttributeValue>> items = new ArrayList<>();

    @Override
    public ExecuteStatementResponse executeStatement(ExecuteStatementRequest request) {
      Map<String, AttributeValue> item = new LinkedHashMap<>();
      List<String> names =
          NAME.matcher(request.statement()).results().map(name -> name.group(1)).toList();
      for (int i = 0; i < names.size(); i++) {
        item.put(names.get(i), request.parameters().get(i));
      }
      items.add(item);
      return ExecuteStatementResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "dynamodb";
    }

    @Override
    public void close() {}
  }
}
