package vended.report.make;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vended.Soak;
import vended.audit.AuditTime;
import vended.audit.VendId;
import vended.audit.query.AuditRow;
import vended.audit.query.Period;

/** With everything at its limit, a report's cursor still fits into a request. */
class ReportStateSizeTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Period PERIOD = new Period(NOW.minus(Duration.ofDays(31)), NOW);
  private static final Period BEFORE = ReportState.before(PERIOD);
  private static final ReportCursors CURSORS = new ReportCursors("audit");

  private final Random random = new Random(1);
  private final ReportState state = new ReportState(PERIOD, NOW);

  private AuditRow row(String kind, Period period, Map<String, Object> attributes) {
    long millis = random.nextLong(Duration.between(period.since(), period.until()).toMillis());
    Instant at = period.since().plusMillis(millis);
    String id = VendId.source(Clock.fixed(at, ZoneOffset.UTC), random).get().value();
    return new AuditRow(id, kind, AuditTime.at(at), 0, attributes);
  }

  private static Map<String, Object> vend(String outcome, String caller, String role, String ip) {
    return Map.of(
        "outcome",
        outcome,
        "reason",
        "no_grant",
        "caller",
        caller,
        "roleArn",
        role,
        "clientAccount",
        role.substring(13, 25),
        "clientName",
        "A Client's Name of " + role.substring(13, 25),
        "sourceIp",
        ip);
  }

  private String address() {
    StringBuilder address = new StringBuilder("2001:db8");
    for (int i = 0; i < 6; i++) {
      address.append(':').append(Integer.toHexString(random.nextInt(65536)));
    }
    return address.toString();
  }

  /** Letters that nothing compresses, as an attacker would choose them. */
  private String noise(int length) {
    StringBuilder noise = new StringBuilder();
    while (noise.length() < length) {
      noise.append((char) ('A' + random.nextInt(26) + 32 * random.nextInt(2)));
    }
    return noise.toString();
  }

  private static String role(int i) {
    return "arn:aws:iam::44445555%04d:role/vended/vended-deploy-%d".formatted(i % 2000, i / 2000);
  }

  private static String caller(int i) {
    return "arn:aws:iam::111122223333:role/team-%03d-production-deployer".formatted(i * 7 % 400);
  }

  private void add(Map<String, Object> attributes) {
    state.sum.add(List.of(row("outcome", PERIOD, attributes)));
  }

  /** 40,000 pairs, as many last uses of other grants, and what callers and time can add. */
  private void fill() {
    for (int i = 0; i < Vends.MOST; i++) {
      add(vend("granted", caller(i + i / 2000), role(i), ""));
      state.lastUses.put(caller(i) + "-idle " + role(i), AuditTime.at(NOW.minusMillis(i * 7_919L)));
    }
    for (int i = 0; i < Addresses.MOST; i++) {
      add(vend("granted", caller(0), role(0), address()));
    }
    for (int i = 0; i < 6_000; i++) {
      String role = "arn:aws:iam::%012d:role/".formatted(random.nextLong(1L << 39));
      add(vend("denied", caller(i), role + noise(i < 1_000 ? 560 : 60), ""));
    }
    for (int i = 0; i < 2_000; i++) {
      Map<String, Object> change = new HashMap<>();
      change.put("outcome", "made");
      change.put("action", i % 2 == 0 ? "grants/put" : "clients/suspend");
      change.put("target", i % 2 == 0 ? caller(i) : "vending");
      change.put("after", "{\"stopped\":true}");
      change.put("caller", "arn:aws:iam::111122223333:user/" + noise(20));
      change.put("clientName", noise(128));
      state.sum.add(List.of(row("admin-outcome", PERIOD, change)));
      state.sum.listed.addOpen(row(i % 2 == 0 ? "intent" : "admin", PERIOD, Map.of()));
    }
    List<AuditRow> earlier = new ArrayList<>();
    for (int i = 0; i < Addresses.MOST; i++) {
      earlier.add(row("outcome", BEFORE, vend("granted", caller(i), role(i % 4_000), address())));
    }
    state.previous.add(earlier, state.sum);
  }

  @Test
  void everythingAtItsLimitFitsIntoACursor() throws Exception {
    fill();
    String cursor = CURSORS.write(state, "selection");

    assertThat(state.sum.addresses.distinct()).isNotNegative();
    assertThat(cursor.length()).isLessThan(ReportCursors.MAX_LENGTH);
    ReportState read = CURSORS.read(cursor, "selection", NOW).orElseThrow();
    if (Soak.ON) {
      // Long, and ReportCursorsTest has it of a small one.
      assertThat(read.write()).isEqualTo(state.write());
    }
    assertThat(read.sum.vends.granted().keySet())
        .isEqualTo(Set.copyOf(state.sum.vends.granted().keySet()))
        .hasSize(Vends.MOST);
  }
}
