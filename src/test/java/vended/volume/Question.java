package vended.volume;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A question to the audit, and the records that it is about.
 *
 * @param body the members of the request, without a period
 */
record Question(String name, Map<String, Object> body, Predicate<Fact> answers) {
  @Override
  public String toString() {
    return name;
  }

  /** One of each kind. */
  static List<Question> all(Filler filled) {
    Fact key =
        filled
            .facts
            .of(filled.scale.period())
            .filter(Fact::granted)
            .skip(100)
            .findFirst()
            .orElseThrow();
    String caller = filled.world.callers.get(0).arn();
    String another = filled.world.callers.get(7).arn();
    String role = filled.world.seats.get(0).role;
    String account = filled.world.houses.get(1).account;
    Set<String> ended = new HashSet<>();
    filled.facts.all().stream().filter(f -> f.end() != null).forEach(f -> ended.add(f.vendId()));
    Predicate<Fact> outcomes = fact -> fact.is(Fact.OUTCOME);
    Predicate<Fact> vendIntents = fact -> fact.is(Fact.INTENT);
    Predicate<Fact> open = fact -> fact.end() == null && !ended.contains(fact.vendId());
    Predicate<Fact> vends = outcomes.or(vendIntents.and(open));
    return List.of(
        new Question(
            "one vend", Map.of("vendId", key.vendId()), f -> f.vendId().equals(key.vendId())),
        new Question(
            "one access key",
            Map.of("accessKeyId", Objects.requireNonNull(key.accessKey())),
            fact -> Objects.equals(fact.accessKey(), key.accessKey())),
        new Question(
            "all of a caller",
            Map.of("caller", caller, "kind", "all"),
            fact -> caller.equals(fact.sender().caller())),
        new Question(
            "vends of a role",
            Map.of("roleArn", role),
            vends.and(f -> role.equals(f.about().role()))),
        new Question(
            "refusals of a client, by its name",
            Map.of("client", filled.world.houses.get(1).name, "outcome", "denied"),
            outcomes.and(f -> f.ended("denied") && account.equals(f.about().account()))),
        new Question(
            "two reasons of two callers",
            Map.of(
                "reason", List.of("no_grant", "sts_throttled"), "caller", List.of(caller, another)),
            outcomes.and(
                fact ->
                    fact.end() != null
                        && Set.of("no_grant", "sts_throttled")
                            .contains(String.valueOf(fact.end().reason()))
                        && Set.of(caller, another).contains(fact.sender().caller()))),
        new Question(
            "all with a reason",
            Map.of("reason", "no_grant"),
            outcomes.and(f -> f.end() != null && "no_grant".equals(f.end().reason()))),
        new Question(
            "all changes",
            Map.of("kind", "admin"),
            fact -> fact.is(Fact.ADMIN_OUTCOME) || (fact.is(Fact.ADMIN) && open.test(fact))),
        new Question("all probes", Map.of("kind", "probe"), fact -> fact.is(Fact.PROBE)),
        new Question("all that is open", Map.of("outcome", "open", "kind", "all"), open));
  }
}
