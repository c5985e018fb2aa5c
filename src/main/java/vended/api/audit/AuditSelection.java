package vended.api.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import vended.api.Fields;
import vended.api.RequestFields;
import vended.audit.VendId;
import vended.audit.query.AuditFilter;
import vended.audit.query.AuditFilter.KindFilter;
import vended.audit.query.AuditKey;
import vended.audit.query.AuditKeys;
import vended.identity.AccountId;
import vended.identity.CallerArn;
import vended.identity.RoleArn;
import vended.json.Json;

/**
 * The members of a question that select rows, normalized: a cursor is valid for the same selection
 * only, whatever the order of its values.
 */
final class AuditSelection {
  private static final int MAX_CLIENT_NAME = 128;
  private static final Pattern ACCESS_KEY = Pattern.compile("[A-Z0-9]{16,128}");
  private static final Pattern SESSION =
      Pattern.compile("arn:[a-z-]+:sts::" + AccountId.REGEX + ":assumed-role/.*");

  private final Fields fields;
  private final Map<String, List<String>> values = new LinkedHashMap<>();

  private AuditSelection(Fields fields) {
    this.fields = fields;
  }

  /** Reads all members but the period. */
  static AuditSelection read(Fields fields) {
    AuditSelection selection = new AuditSelection(fields);
    selection.keys();
    selection.take("reason", form(AuditReasons::isReason), AuditReasons.rule());
    selection.take("kind", AuditSelection::kind, "must be vend, probe, admin, intent or all");
    selection.take(
        "outcome",
        form(text -> AuditReasons.outcomes(KindFilter.ALL).contains(text)),
        "must be granted, denied, failed, made (of changes) or open (not ended)");
    return selection;
  }

  private void keys() {
    take("vendId", VendId::parse, "must be a vend's ID, 26 characters");
    take(
        "accessKeyId",
        form(ACCESS_KEY.asMatchPredicate()),
        "must be the ID of an access key that was issued, ASIA…");
    take("roleArn", RoleArn::parse, RequestFields.ROLE_RULE);
    take(
        "caller",
        AuditSelection::caller,
        "must be an ARN as in records: of an IAM role or user, not of a session");
    take("account", form(AccountId::matches), "must be the AWS account ID of a client, 12 digits");
    take(
        "client",
        form(text -> RequestFields.isPlain(text, MAX_CLIENT_NAME)),
        "must be the name of a client, 1 to 128 characters, no control characters");
    if (values.containsKey("client") && values.containsKey("account")) {
      fields.error(
          "client", "must be left out with account: a client's name stands for its account");
    }
  }

  private <T> void take(String name, Function<String, Optional<T>> parse, String rule) {
    List<String> read =
        fields.optionalOneOrMore(name, AuditKey.MAX_VALUES, parse, rule).stream()
            .map(value -> value instanceof KindFilter kind ? kind.code() : value.toString())
            .distinct()
            .toList();
    if (!read.isEmpty()) {
      values.put(name, read);
    }
  }

  /** Adds a member that is no set of values. */
  void add(String name, String value) {
    values.put(name, List.of(value));
  }

  /** The values of a member; empty if it was not given. */
  List<String> of(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** All values, by member. */
  Map<String, List<String>> values() {
    return values;
  }

  /** The same, with the accounts of the clients that are named. */
  AuditSelection withAccounts(List<String> accounts) {
    AuditSelection resolved = new AuditSelection(fields);
    resolved.values.putAll(values);
    if (!accounts.isEmpty()) {
      resolved.values.put("account", accounts);
    }
    return resolved;
  }

  /** The selection as JSON. A single value is no list, as in the body. */
  String json() {
    Map<String, Object> members = new LinkedHashMap<>();
    values.forEach((name, list) -> members.put(name, list.size() == 1 ? list.getFirst() : list));
    return Json.write(members);
  }

  /** The requested kinds; empty if none was requested. */
  Set<KindFilter> kinds() {
    Set<KindFilter> kinds = new LinkedHashSet<>();
    of("kind").forEach(code -> kind(code).ifPresent(kinds::add));
    return kinds;
  }

  /** What rows must have besides the key. */
  AuditFilter filter(AuditKey key) {
    Set<KindFilter> kinds = kinds();
    return new AuditFilter(
        AuditKeys.others(key, values),
        kinds.isEmpty() ? likelyKinds(key) : kinds,
        Set.copyOf(of("outcome")));
  }

  /** The kinds that are most likely meant if none is given. */
  private Set<KindFilter> likelyKinds(AuditKey key) {
    List<String> outcomes = of("outcome");
    if (key instanceof AuditKey.OfVends || outcomes.contains(AuditFilter.OPEN)) {
      return Set.of(KindFilter.ALL);
    }
    List<KindFilter> likely = new ArrayList<>();
    for (String reason : of("reason")) {
      likely.add(AuditReasons.isOfChangesOnly(reason) ? KindFilter.ADMIN : KindFilter.VEND);
    }
    for (String outcome : of("reason").isEmpty() ? outcomes : List.<String>of()) {
      likely.add(outcome.equals(AuditReasons.MADE) ? KindFilter.ADMIN : KindFilter.VEND);
    }
    return likely.isEmpty() ? Set.of(KindFilter.VEND) : Set.copyOf(likely);
  }

  /** Records of refused identities have ARNs of root users and federated users, too. */
  private static Optional<String> caller(String text) {
    return CallerArn.parse(text)
        .map(CallerArn::value)
        .or(
            () ->
                Optional.of(text)
                    .filter(arn -> arn.startsWith("arn:") && !SESSION.matcher(arn).matches())
                    .filter(arn -> RequestFields.isPlain(arn, 256)));
  }

  private static Function<String, Optional<String>> form(Predicate<String> form) {
    return text -> Optional.of(text).filter(form);
  }

  private static Optional<KindFilter> kind(String text) {
    return Arrays.stream(KindFilter.values()).filter(kind -> kind.code().equals(text)).findFirst();
  }
}
