package vended.fuzz.target;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.allowlist.Client;
import vended.allowlist.Grant;
import vended.allowlist.Row;
import vended.allowlist.Vending;
import vended.allowlist.read.AllowList;
import vended.fuzz.Data;
import vended.fuzz.Target;
import vended.vending.Decision;
import vended.vending.Decision.Permitted;

/**
 * Rows of the allow-list: read as they were written, and a decision never grants more when a member
 * is removed, misnamed, added, or gets another type.
 */
public final class RowTarget implements Target {
  /**
   * Members that limit a grant where they are, and whose absence is a grant without that limit:
   * removing one is what an administrator does to lift it. Under another name or type, it refuses.
   */
  private static final Set<String> LIMITS =
      Set.of("policy", "policyArns", "notBefore", "expiresAt", "tags");

  @Override
  public void check(byte[] input) throws Exception {
    Data data = new Data(input);
    Data change = data.part(8);
    Vending vending = data.flag() ? Rows.vending(data) : null;
    Optional<Client> client = Rows.client(data);
    Optional<Grant> grant = Rows.grant(data);
    if (client.isEmpty() || grant.isEmpty()) {
      return;
    }
    List<Map<String, AttributeValue>> rows = Rows.written(vending, client.get(), grant.get());
    AllowList.Entry entry = Rows.read(rows);
    Target.check(
        entry.vending().equals(vending == null ? new Row.Missing<>() : new Row.Found<>(vending))
            && entry.client().equals(new Row.Found<>(client.get()))
            && entry.grant().equals(new Row.Found<>(grant.get())),
        "read as it was written",
        rows,
        entry);
    Decision before = decide(entry);
    int row = change.below(rows.size());
    Damage damage = new Damage(change);
    rows.set(row, damage.damaged(rows.get(row), 0));
    if (damage.isEdit()) {
      return;
    }
    Decision after = decide(Rows.read(rows));
    Target.check(
        isNoMore(after, before),
        "grants no more when damaged",
        damage.kind(),
        damage.member(),
        rows);
  }

  private static Decision decide(AllowList.Entry entry) {
    return Decision.of(entry, Rows.CALLER, Rows.ROLE, Rows.VENDOR, Rows.NOW);
  }

  private static boolean isNoMore(Decision after, Decision before) {
    return !(after instanceof Permitted now)
        || (before instanceof Permitted then
            && limits(now.grant()).equals(limits(then.grant()))
            && now.client().account().equals(then.client().account())
            && Objects.equals(now.client().externalId(), then.client().externalId())
            && now.client().ownAccount() == then.client().ownAccount()
            && isSubset(now, then));
  }

  /** The grant without what is for people. */
  private static Grant limits(Grant grant) {
    return new Grant(
        grant.caller(),
        grant.role(),
        grant.callerId(),
        grant.maxDurationSeconds(),
        grant.policy(),
        grant.policyArns(),
        grant.tags(),
        grant.notBefore(),
        grant.expiresAt(),
        grant.disabled(),
        null,
        1);
  }

  /** Without an optional action the session has less: neither tags nor a source identity. */
  private static boolean isSubset(Permitted now, Permitted then) {
    return (then.verified().sourceIdentity() || !now.verified().sourceIdentity())
        && (then.verified().sessionTags() || !now.verified().sessionTags());
  }

  /** One change of a row that nobody made on purpose. */
  static final class Damage {
    /** What happens to a member. */
    enum Kind {
      REMOVED,
      RENAMED,
      RETYPED,
      ADDED
    }

    private final Data data;
    private Kind kind = Kind.REMOVED;
    private String member = "";

    Damage(Data data) {
      this.data = data;
    }

    Kind kind() {
      return kind;
    }

    String member() {
      return member;
    }

    /** Whether this is what an administrator can do: nobody can tell. */
    boolean isEdit() {
      return member.startsWith("tags/")
          || (kind == Kind.REMOVED && LIMITS.contains(member))
          // A row with another key is not the row, and without a switch vending runs.
          || member.equals("pk")
          || member.equals("sk");
    }

    Map<String, AttributeValue> damaged(Map<String, AttributeValue> row, int depth) {
      Map<String, AttributeValue> damaged = new HashMap<>(row);
      List<String> names = new ArrayList<>(new TreeSet<>(row.keySet()));
      if (names.isEmpty()) {
        return damaged;
      }
      String name = data.pick(names);
      AttributeValue value = Objects.requireNonNull(row.get(name));
      if (depth < 2 && value.hasM() && !value.m().isEmpty() && data.below(4) > 0) {
        damaged.put(name, AttributeValue.fromM(damaged(value.m(), depth + 1)));
        member = name + "/" + member;
        return damaged;
      }
      kind = data.pick(List.of(Kind.values()));
      member = name;
      switch (kind) {
        case REMOVED -> damaged.remove(name);
        case RENAMED -> {
          damaged.remove(name);
          damaged.put(renamed(name), value);
        }
        case RETYPED -> damaged.put(name, other(value));
        case ADDED -> damaged.putIfAbsent(data.text(20) + "X", other(value));
      }
      return damaged;
    }

    private String renamed(String name) {
      int at = data.below(name.length());
      char c = name.charAt(at);
      char other = Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c);
      String changed = name.substring(0, at) + other + name.substring(at + 1);
      return changed.equals(name) || data.flag()
          ? name + data.pick(List.of("s", " ", "_"))
          : changed;
    }

    /** The value with another type. */
    private AttributeValue other(AttributeValue value) {
      String text = value.s() != null ? value.s() : value.n() != null ? value.n() : "true";
      List<AttributeValue> others =
          List.of(
              AttributeValue.fromS(text),
              AttributeValue.fromN("1"),
              AttributeValue.fromN("1.5"),
              AttributeValue.fromBool(false),
              AttributeValue.fromBool(true),
              AttributeValue.fromNul(true),
              AttributeValue.fromL(List.of(AttributeValue.fromN("1"))),
              AttributeValue.fromM(Map.of("a", AttributeValue.fromS(text))),
              AttributeValue.fromSs(List.of(text)),
              AttributeValue.fromB(SdkBytes.fromUtf8String(text)));
      List<AttributeValue> typed =
          others.stream().filter(one -> one.type() != value.type()).toList();
      return data.pick(typed);
    }
  }

  /** Each damage of a grant that is valid, and of one that has expired. */
  @Override
  public List<String> seeds() {
    List<String> seeds = new ArrayList<>();
    for (char row = 0; row < 2; row++) {
      for (char name = 0; name < 17; name++) {
        for (char kind = 0; kind < Damage.Kind.values().length; kind++) {
          String change = "" + row + name + kind + "\0".repeat(5);
          seeds.add(change);
          seeds.add(change + "\0".repeat(22) + "\1");
        }
      }
    }
    return seeds;
  }
}
