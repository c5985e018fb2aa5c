package vended.api.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vended.access.why.Current;
import vended.access.why.Explanation;
import vended.access.why.Recorded;
import vended.access.why.Remedy;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.Grant;
import vended.allowlist.GrantMembers;
import vended.allowlist.Hold;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.Vending;
import vended.audit.AuditTime;
import vended.audit.form.ReasonText;
import vended.vending.Obstacle;

/** Shows the explanation of a decision: a closed list of members, the same to all who may ask. */
final class WhyView {
  private WhyView() {}

  /** For people: the lines of a text. */
  static Map<String, @Nullable Object> table(Explanation explanation) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("vendedNow", explanation.isVended());
    members.put("table", WhyText.lines(explanation));
    return members;
  }

  /** For programs. */
  static Map<String, @Nullable Object> members(Explanation explanation) {
    Current current = explanation.current();
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("vendedNow", explanation.isVended());
    members.put("record", explanation.recorded() == null ? null : of(explanation.recorded()));
    members.put("now", current == null ? null : of(current));
    members.put("remedies", explanation.remedies().stream().map(WhyView::of).toList());
    return members;
  }

  private static Map<String, @Nullable Object> of(Recorded recorded) {
    String reason = recorded.reason();
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("vendId", recorded.vendId());
    members.put("kind", recorded.kind().code());
    members.put("outcome", recorded.state().code());
    members.put("at", time(recorded.at()));
    members.put("reason", reason);
    members.put("meaning", reason == null ? null : ReasonText.of(reason));
    members.put("caller", recorded.caller());
    members.put("callerId", recorded.callerId());
    members.put("roleArn", recorded.roleArn() == null ? null : recorded.roleArn().value());
    members.put("clientName", recorded.clientName());
    members.put("durationSeconds", recorded.durationSeconds());
    members.put("action", recorded.action());
    members.put("target", recorded.target());
    members.put("readable", recorded.readable());
    return members;
  }

  private static @Nullable String time(@Nullable Instant at) {
    return at == null ? null : AuditTime.at(at);
  }

  private static Map<String, @Nullable Object> of(Current current) {
    List<String> reasons = new ArrayList<>();
    current.obstacles().stream().map(Obstacle::code).forEach(reasons::add);
    if (current.beyond() != null) {
      reasons.add(current.beyond().code());
    }
    Grant grant = current.grant();
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("caller", current.caller().value());
    members.put("roleArn", current.role().value());
    members.put("callerId", current.callerId());
    members.put(
        "ifCallerId", current.callerId() == null && grant != null ? grant.callerId() : null);
    members.put("reasons", reasons);
    members.put("vending", vending(current.rows().vending()));
    members.put("grant", row(current.rows().grant(), GrantMembers::of));
    members.put("client", row(current.rows().client(), stored -> of(stored, current)));
    members.put("clientsOwnSuspension", row(current.rows().hold(), WhyView::hold));
    return members;
  }

  private static @Nullable Map<String, @Nullable Object> vending(Row<Stored<Vending>> row) {
    if (row instanceof Row.Missing<Stored<Vending>>) {
      return new LinkedHashMap<>(Map.of("stopped", false));
    }
    return row(
        row,
        stored -> {
          Map<String, @Nullable Object> members = new LinkedHashMap<>();
          members.put("stopped", stored.value().stopped());
          members.put("updatedAt", stored.updatedAt());
          members.put("updatedBy", stored.updatedBy());
          return members;
        });
  }

  private static Map<String, @Nullable Object> hold(Stored<Hold> stored) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("suspended", stored.value().suspended());
    members.put("updatedAt", stored.updatedAt());
    members.put("updatedBy", stored.updatedBy());
    return members;
  }

  private static <T> @Nullable Map<String, @Nullable Object> row(
      Row<Stored<T>> row, Function<Stored<T>, Map<String, @Nullable Object>> of) {
    return switch (row) {
      case Row.Found<Stored<T>>(Stored<T> stored) -> of.apply(stored);
      case Row.Missing<Stored<T>> none -> null;
      case Row.Corrupt<Stored<T>>(String fault) -> {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("corrupt", fault);
        yield members;
      }
    };
  }

  /** Without the ExternalId, and without the client's other roles. */
  private static Map<String, @Nullable Object> of(Stored<Client> stored, Current current) {
    Client client = stored.value();
    ClientRole role = client.roles().get(current.role());
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("account", client.account());
    members.put("name", client.name());
    members.put("suspended", client.suspended());
    members.put("ownAccount", client.ownAccount());
    members.put("role", role == null ? null : of(role));
    members.put("version", client.version());
    members.putAll(stored.stamps());
    return members;
  }

  private static Map<String, @Nullable Object> of(ClientRole role) {
    ClientRole.Verified verified = role.verified();
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("verified", verified != null);
    members.put("verifiedAt", verified == null ? null : verified.verifiedAt().toString());
    members.put("probeId", role.probeId());
    members.put("drift", role.drift());
    return members;
  }

  private static Map<String, @Nullable Object> of(Remedy remedy) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("words", remedy.words());
    members.put("command", remedy.command().isEmpty() ? null : remedy.pasted());
    return members;
  }
}
