package vended.fuzz.target;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.Grant;
import vended.allowlist.InMemoryAllowList;
import vended.audit.InMemoryAuditLog;
import vended.audit.Reason;
import vended.audit.Requester;
import vended.audit.Trace;
import vended.audit.VendId;
import vended.fuzz.Data;
import vended.fuzz.Target;
import vended.fuzz.oracle.StsRules;
import vended.identity.Caller;
import vended.identity.Caller.Identified;
import vended.identity.CallerArn;
import vended.identity.GatewayIdentity;
import vended.sts.AssumeRole;
import vended.sts.RoleAssumer;
import vended.sts.RoleAssumer.NotIssued;
import vended.vending.VendCredentials;
import vended.vending.VendRequest;

/** Every name, tag and ID that a vend sends to STS satisfies STS's rules, whoever calls. */
public final class NameTarget implements Target {
  @Override
  public void check(byte[] input) {
    Data data = new Data(input);
    Caller caller = caller(data);
    Grant grant = caller == null ? null : grant(data, caller.arn()).orElse(null);
    if (caller == null || grant == null) {
      return;
    }
    long random = data.number();
    Instant at = Instant.ofEpochMilli(Math.floorMod(data.number(), 1L << 48));
    VendId vendId = VendId.source(Clock.fixed(at, ZoneOffset.UTC), () -> random).get();
    Target.check(VendId.parse(vendId.value()).equals(Optional.of(vendId)), "an ID", vendId);
    Target.check(vendId.time().equals(at), "the ID's time is read as it was written", at, vendId);
    AssumeRole call = call(data, vendId, caller, grant);
    StsRules.check(call);
    check(call, caller, vendId, grant);
  }

  private static void check(AssumeRole call, Caller caller, VendId vendId, Grant grant) {
    String session = call.sessionName();
    int at = session.lastIndexOf('@');
    Target.check(session.substring(at + 1).equals(vendId.value()), "the vend ends it", session);
    Target.check(
        caller.arn().name().startsWith(session.substring(0, at)), "the caller begins it", session);
    Target.check(
        session.length() == 64 || session.length() == caller.arn().name().length() + 27,
        "not shorter than it must be",
        session);
    if (!call.tags().isEmpty()) {
      String tag = call.tags().get("vended:caller");
      Target.check(
          tag == null || tag.equals(caller.arn().value()),
          "the tag is the caller's ARN",
          call.tags());
      Target.check(
          vendId.value().equals(call.tags().get("vended:id")), "the vend's ID", call.tags());
      Target.check(
          call.tags().entrySet().containsAll(grant.tags().entrySet()), "the grant's tags", grant);
    }
  }

  private static @Nullable Caller caller(Data data) {
    String name = data.text(64);
    String session = data.text(64);
    boolean isRole = data.flag();
    GatewayIdentity identity =
        new GatewayIdentity(
            isRole
                ? "arn:aws:sts::111122223333:assumed-role/%s/%s".formatted(name, session)
                : "arn:aws:iam::111122223333:user/%s%s".formatted(session, name),
            isRole ? "AROA" + data.text(60) + ":" + session : "AIDA" + data.text(60),
            "111122223333",
            null,
            false,
            "v1",
            null,
            null);
    return Caller.identify(identity) instanceof Identified(Caller found) ? found : null;
  }

  private static Optional<Grant> grant(Data data, CallerArn caller) {
    Map<String, String> tags = new HashMap<>();
    for (int i = data.below(52); i > 0 && data.hasMore(); i--) {
      tags.put(data.text(130), data.text());
    }
    try {
      return Optional.of(
          new Grant(
              caller,
              Rows.ROLE,
              null,
              900 + data.below(2701),
              null,
              List.of(),
              tags,
              null,
              null,
              false,
              null,
              1));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The call that a vend makes. */
  private static AssumeRole call(Data data, VendId vendId, Caller caller, Grant grant) {
    ClientRole role = ClientRole.verified(Instant.EPOCH, "a probe", data.flag(), data.flag());
    String externalId = "0123456789abcdef" + "x".repeat(data.below(1200));
    Client client =
        new Client(
            Rows.ROLE.account(), "Client", externalId, false, false, Map.of(Rows.ROLE, role), 1);
    List<AssumeRole> calls = new ArrayList<>();
    RoleAssumer sts =
        asked -> {
          calls.add(asked);
          return new NotIssued(Reason.STS_UNAVAILABLE, true, null);
        };
    new VendCredentials(
            new InMemoryAllowList().with(client).with(grant),
            new InMemoryAuditLog(),
            sts,
            Clock.fixed(Rows.NOW, ZoneOffset.UTC))
        .vend(
            new Trace(vendId, new Requester(null, null, null, null, null, null, null, null)),
            caller,
            new VendRequest(Rows.ROLE, null, null, List.of(), Map.of()),
            Rows.VENDOR);
    Target.check(calls.size() == 1, "what is granted is asked for", caller, grant);
    return calls.getFirst();
  }

  @Override
  public List<String> seeds() {
    return List.of(
        "Deployer\0build-42\0\1EXAMPLE1\0\2team\0a"
            + " b\0stage\0prod\0\0\0\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1",
        "Alice\0path/\0\0EXAMPLE1\0\0\0\0\7\7\7\7\7\7\7\7\0\0\1\1\1\1\1\1\1\1\1",
        "x".repeat(64) + "s\0\1X\0\1Cost.Center:/=+-@\0_\0");
  }

  @Override
  public List<String> words() {
    return List.of(
        "\0",
        "\1",
        "vended:",
        "VENDED:caller",
        "aws:",
        "AWS:x",
        "@",
        ",",
        "=",
        "+",
        "-",
        "/",
        "..",
        "x".repeat(40),
        "team\0a\0",
        "team\0b\0",
        "TEAM\0c\0");
  }
}
