package vended.canary;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import vended.allowlist.Client;
import vended.allowlist.Rotation;
import vended.audit.VendId;
import vended.identity.RoleArn;
import vended.local.Keys;
import vended.sts.AssumeRole;
import vended.sts.IssuedCredentials;

/**
 * Every secret of the service is known here, and every answer, log line, metric, record, report and
 * message is searched for each of them. {@code ./mvnw -Pcanary} tries more faults.
 */
class LeakTest {
  @Test
  void noSecretIsWhereItDoesNotBelong() throws Exception {
    Canaries canaries;
    try (Voices voices = new Voices()) {
      try (Plot plot = new Plot()) {
        canaries = plot.canaries;
        Routes routes = new Routes(plot);
        routes.askAll();
        new Breakdowns(plot, routes).breakAll();
        Machines machines = new Machines(plot);
        machines.vendByContainerCredentials();
        machines.watch();
        machines.probe();
        plot.searchTables();
        texts(plot);
      }
      String said = new String(voices.said(), UTF_8);
      assertThat(said).contains("\"Granted\":1", "\"CorruptRow\":1", "\"AuditFailed\":1", "asked");
      said.lines()
          .forEach(
              line -> {
                if (line.startsWith(Voices.CONNECTIONS)) {
                  canaries.searchBut(
                      Plot.CONNECTIONS, "the JDK's log of connections", line, Machines.HEADER);
                } else {
                  canaries.search("log or metric", line);
                }
              });
    }
    System.out.print(canaries.figures("service"));

    assertThat(canaries.hits()).isEmpty();
    assertThat(canaries.allowed()).hasSize(4);
  }

  /** Objects that have secrets, as a log or an exception would quote them. */
  private static void texts(Plot plot) {
    var client = plot.stack.demonstration();
    RoleArn role = RoleArn.parse(client.roleArn()).orElseThrow();
    Keys.Key key = plot.stack.people().vendor();
    String token = key.token().orElseThrow();
    VendId id = new VendId("01JZ0000000000000000000000");
    plot.canaries.search(
        "text of issued credentials",
        new IssuedCredentials(key.id(), key.secret(), token, Instant.EPOCH, "arn", "id", null, null)
            .toString());
    plot.canaries.search(
        "text of a call of STS",
        new AssumeRole(
                role,
                AssumeRole.sessionName("name", id),
                900,
                client.externalId(),
                null,
                Map.of(),
                null,
                List.of())
            .toString());
    plot.canaries.search(
        "text of a rotation",
        new Rotation(client.account(), client.externalId(), false).toString());
    plot.canaries.search(
        "text of a client",
        Optional.of(
                new Client(
                    client.account(), "name", client.externalId(), false, false, Map.of(), 1))
            .toString());
  }
}
