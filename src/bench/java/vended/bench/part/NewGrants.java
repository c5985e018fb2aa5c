package vended.bench.part;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.local.AllowListRows;

/** Clients, and lines of grants of their roles that no request before had. */
final class NewGrants {
  /** The most that a request may have. */
  private static final int LINES = 200;

  private static final int GRANTS_OF_A_CLIENT = 10;
  private static final AtomicInteger REQUESTS = new AtomicInteger();

  private NewGrants() {}

  static List<Map<String, AttributeValue>> clients() {
    return clients(LINES / GRANTS_OF_A_CLIENT);
  }

  /** With a role each. */
  static List<Map<String, AttributeValue>> clients(int count) {
    List<Map<String, AttributeValue>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = "external-id-of-" + account(i);
      rows.add(AllowListRows.client(account(i), "Client " + i, id, role(i), Instant.now()));
    }
    return rows;
  }

  /** For the clients of {@link #clients()}, by callers that are new each time. */
  static List<String> lines() {
    return lines(LINES / GRANTS_OF_A_CLIENT, "Builder" + REQUESTS.incrementAndGet() + "-");
  }

  /**
   * Ten for each client.
   *
   * @param caller the start of the callers' names
   */
  static List<String> lines(int clients, String caller) {
    List<String> lines = new ArrayList<>();
    for (int client = 0; client < clients; client++) {
      for (int number = 0; number < GRANTS_OF_A_CLIENT; number++) {
        lines.add(
            ("{\"caller\":\"arn:aws:iam::111122223333:role/%s%d\",\"roleArn\":\"%s\","
                    + "\"callerId\":\"AROAEXAMPLEBUILDER%03d\"}")
                .formatted(caller, number, role(client), number));
      }
    }
    return lines;
  }

  private static String account(int client) {
    return "6%011d".formatted(client);
  }

  private static String role(int client) {
    return "arn:aws:iam::%s:role/vended/deploy".formatted(account(client));
  }
}
