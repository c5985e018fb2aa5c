package vended.volume;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.ProxyRequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.RequestIdentity;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import vended.api.SampleContext;
import vended.json.Json;
import vended.volume.Book.House;
import vended.volume.Fact.About;
import vended.volume.Fact.End;
import vended.volume.Fact.Sender;
import vended.volume.FastSts.Next;

/** Sends requests to the vending function, and keeps what the audit must have of each. */
final class Vends {
  /** What would break a page, a spreadsheet or a terminal. */
  static final String HOSTILE =
      "</script><img src=x onerror=alert(1)>'\"`&amp;{{7*7}}\u202E;=cmd|' /C calc'!A0 \u05E9\u05DC";

  /** What clients call themselves, and what of it is recorded. */
  private static final List<List<String>> AGENTS =
      List.of(
          List.of("curl/8.5.0", "curl/8.5.0"),
          List.of("aws-cli/2.31 md/Botocore#1.40", "aws-cli/2.31 md/Botocore#1.40"),
          List.of(HOSTILE, HOSTILE),
          List.of("=HYPERLINK(\"http://x\")\u0007\n", "=HYPERLINK(\"http://x\")??"),
          List.of("u".repeat(5000), "u".repeat(256)));

  private final Service service;
  private final Book book;
  private final Facts facts;
  private final Random random;

  Vends(Service service, Book book, Facts facts, Random random) {
    this.service = service;
    this.book = book;
    this.facts = facts;
    this.random = random;
  }

  /** What goes wrong besides the allow-list's rows. */
  enum Trouble {
    NONE,
    ALLOW_LIST_DOWN,
    TOO_LONG,
    OWN_POLICY,
    STS
  }

  /** A vend without trouble. */
  void vend(Who who, String role, String ip) {
    vend(who, role, ip, Trouble.NONE, FastSts.SOUND);
  }

  void vend(Who who, String role, String ip, Trouble trouble, Next next) {
    long start = service.clock.millis();
    String session = "build-" + random.nextInt(1000);
    List<String> agent =
        AGENTS.get(random.nextInt(20) == 0 ? 2 + random.nextInt(3) : random.nextInt(2));
    String ticket = random.nextInt(50) == 0 ? HOSTILE : "OPS-" + random.nextInt(500);
    service.sts.answers(next, Duration.ofMillis(40 + random.nextInt(900)));
    service.list.failing(trouble == Trouble.ALLOW_LIST_DOWN);
    int status =
        send(
            "/credentials",
            "v1",
            identity(who, session, ip, agent.get(0)),
            body(role, trouble, ticket));
    service.list.failing(false);
    Sender sender =
        new Sender(who.arn(), who.id(), who.isUser() ? null : session, ip, agent.get(1));
    String refusal = trouble == Trouble.ALLOW_LIST_DOWN ? null : book.refusal(who, role, at(start));
    if (refusal == null && trouble != Trouble.ALLOW_LIST_DOWN) {
      refusal = beyond(who, role, trouble);
    }
    String name = isNamed(refusal, trouble) ? book.house(role).name : null;
    About about = new About(role, Book.account(role), name, ticket, null, null);
    String end = record(start, sender, about, refusal, trouble, next);
    if (end.equals("granted") != (status == 200)) {
      throw new AssertionError("%s, but %d: %s %s".formatted(end, status, who, role));
    }
  }

  private @Nullable String beyond(Who who, String role, Trouble trouble) {
    Book.Seat seat = book.seats.get(new Book.Pair(who.arn(), role));
    if (seat == null) {
      return null;
    }
    if (trouble == Trouble.TOO_LONG && seat.seconds < 3600) {
      return "duration_over_grant";
    }
    return trouble == Trouble.OWN_POLICY && seat.policy ? "policy_set_by_grant" : null;
  }

  /** The client's name is on record once the decision is to permit. */
  private static boolean isNamed(@Nullable String refusal, Trouble trouble) {
    return trouble != Trouble.ALLOW_LIST_DOWN
        && (refusal == null
            || refusal.equals("duration_over_grant")
            || refusal.equals("policy_set_by_grant"));
  }

  private String record(
      long start,
      Sender sender,
      About about,
      @Nullable String refusal,
      Trouble trouble,
      Next next) {
    String id = service.lastId();
    long now = service.clock.millis();
    if (trouble == Trouble.ALLOW_LIST_DOWN) {
      return outcome(id, now, sender, about, new End("failed", "allow_list_unavailable"), null);
    }
    if (refusal != null) {
      return outcome(id, now, sender, about, new End("denied", refusal), null);
    }
    facts.add(new Fact(id, Fact.INTENT, start, sender, about, null, null));
    String key = service.sts.lastKey();
    return switch (next.fault()) {
      case CUT_OFF -> "open";
      case NONE -> outcome(id, now, sender, about, new End("granted", null), key);
      case REFUSES ->
          outcome(id, now, sender, about, new End("failed", next.reason().code()), null);
      case WRONG_ROLE -> outcome(id, now, sender, about, new End("failed", "sts_wrong_role"), key);
      case INCOMPLETE -> outcome(id, now, sender, about, new End("failed", "sts_incomplete"), key);
      case WRONG_EXPIRY ->
          outcome(id, now, sender, about, new End("failed", "sts_wrong_expiry"), key);
    };
  }

  private String outcome(
      String id, long at, Sender sender, About about, End end, @Nullable String key) {
    facts.add(new Fact(id, Fact.OUTCOME, at, sender, about, end, key));
    return end.outcome();
  }

  private static String body(String role, Trouble trouble, String ticket) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("roleArn", role);
    body.put("context", Map.of("ticket", ticket));
    if (trouble == Trouble.TOO_LONG) {
      body.put("durationSeconds", 3600);
    }
    if (trouble == Trouble.OWN_POLICY) {
      body.put("policyArns", List.of("arn:aws:iam::aws:policy/ReadOnlyAccess"));
    }
    return Json.write(body);
  }

  /** Somebody who can't be a caller: refused before the body is read. */
  void nobody(RequestIdentity identity, String stage, String reason, Sender sender) {
    int status = send("/credentials", stage, identity, "{}");
    if (status != 403) {
      throw new AssertionError(reason + ": " + status);
    }
    About nothing = new About(null, null, null, null, null, null);
    outcome(
        service.lastId(), service.clock.millis(), sender, nothing, new End("denied", reason), null);
  }

  /** A probe by an administrator; the result is what the trust policy in memory deserves. */
  String probe(Who by, String role, boolean passes) {
    long start = service.clock.millis();
    service.sts.answers(FastSts.SOUND, Duration.ofMillis(60));
    service.sts.open(role, !passes);
    send(
        "/probes",
        "v1",
        identity(by, "laptop", "192.0.2.9", "curl/8.5.0"),
        Json.write(Map.of("roleArn", role)));
    service.sts.open(role, false);
    Sender sender =
        new Sender(by.arn(), by.id(), by.isUser() ? null : "laptop", "192.0.2.9", "curl/8.5.0");
    String id = service.lastId();
    House house = book.houses.get(Book.account(role));
    String reason = notProbed(house, role);
    if (house == null || reason != null) {
      About about = new About(role, Book.account(role), null, null, null, null);
      outcome(id, service.clock.millis(), sender, about, new End("denied", reason), null);
      return id;
    }
    About about = new About(role, Book.account(role), house.name, null, null, null);
    facts.probe(id, start, service.clock.millis(), sender, about, passes);
    return id;
  }

  /** Why a role is not probed; null if it is. */
  private static @Nullable String notProbed(@Nullable House house, String role) {
    if (house == null) {
      return "no_client";
    }
    if (house.corrupt) {
      return "corrupt_client";
    }
    if (house.markedAsOwn) {
      return "not_own_account";
    }
    return house.roles.containsKey(role) ? null : "role_not_known";
  }

  private static RequestIdentity identity(Who who, String session, String ip, String agent) {
    return who.identity(session).withSourceIp(ip).withUserAgent(agent);
  }

  private static java.time.Instant at(long millis) {
    return java.time.Instant.ofEpochMilli(millis);
  }

  private int send(String path, String stage, @Nullable RequestIdentity identity, String body) {
    ProxyRequestContext context = new ProxyRequestContext().withStage(stage).withIdentity(identity);
    APIGatewayProxyRequestEvent event =
        new APIGatewayProxyRequestEvent()
            .withHttpMethod("POST")
            .withResource(path)
            .withBody(body)
            .withRequestContext(context);
    return service.vendHandler.handleRequest(event, new SampleContext()).getStatusCode();
  }
}
