package vended;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import vended.json.Json;
import vended.local.LocalStack;
import vended.local.SignedClient;
import vended.local.TestStack;

/** What the records of one vend cost to write: DynamoDB's own count is what docs/audit.md says. */
class IndexCostTest {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `?([a-z-]+|the table)`? \\| (\\d+) \\| (\\d*) ?\\|");

  @RegisterExtension static final TestStack SHARED = TestStack.shared();
  private static final LocalStack stack = SHARED.stack();

  @Test
  void eachIndexCostsWhatThePageSays() throws Exception {
    assertThat(documented(2)).isEqualTo(costs(stack.demonstration().roleArn(), 200, 2));
    assertThat(documented(3)).isEqualTo(costs(stack.newClient().roleArn(), 403, 1));
  }

  private static Map<String, Integer> costs(String role, int status, int records) throws Exception {
    stack.tables().empty(stack.auditTable());
    try (SignedClient pipeline = stack.caller(stack.people().pipeline())) {
      String body = Json.write(Map.of("roleArn", role));
      assertThat(pipeline.post("/credentials", body).statusCode()).isEqualTo(status);
    }
    List<Map<String, AttributeValue>> rows = stack.tables().rows(stack.auditTable());
    assertThat(rows).hasSize(records);
    stack.tables().empty(stack.auditTable());
    Map<String, Integer> units = new TreeMap<>();
    for (Map<String, AttributeValue> row : rows) {
      var cost = put(row).consumedCapacity();
      units.merge("the table", cost.table().capacityUnits().intValue(), Integer::sum);
      cost.globalSecondaryIndexes()
          .forEach((index, c) -> units.merge(index, c.capacityUnits().intValue(), Integer::sum));
    }
    units.values().removeIf(count -> count == 0);
    return units;
  }

  private static PutItemResponse put(Map<String, AttributeValue> row) {
    return stack
        .tables()
        .client()
        .putItem(
            call ->
                call.tableName(stack.auditTable())
                    .item(row)
                    .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES));
  }

  private static Map<String, Integer> documented(int column) throws Exception {
    String page = Files.readString(Path.of("docs/audit.md"));
    String section = page.substring(page.indexOf("### What a vend costs"));
    return ROW.matcher(section)
        .results()
        .filter(row -> !Objects.requireNonNull(row.group(column)).isEmpty())
        .collect(
            Collectors.toMap(
                row -> Objects.requireNonNull(row.group(1)),
                row -> Integer.parseInt(Objects.requireNonNull(row.group(column)))));
  }
}
