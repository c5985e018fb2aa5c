package vended.chaos;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.chaos.wire.Attempt;
import vended.local.Items;
import vended.local.LocalStack;

/** Each effect needs its intent in the audit, at the moment when it is asked for. */
public final class Intents {
  private static final Pattern SESSION =
      Pattern.compile("RoleSessionName=[^&]*?(?:%40|@)(\\w{26})");

  private Intents() {}

  /** What is wrong with a call that has just come, and that the other side does not know of yet. */
  public static Optional<String> check(Attempt attempt, LocalStack stack) {
    boolean early =
        switch (attempt.operation()) {
          case "AssumeRole" -> {
            Matcher session = SESSION.matcher(attempt.body());
            yield !session.find() || !hasIntent(stack, session.group(1));
          }
          case "TransactWriteItems" -> !hasOpenChange(stack);
          default -> false;
        };
    return early
        ? Optional.of(attempt.operation() + " was called before its intent was stored")
        : Optional.empty();
  }

  private static boolean hasIntent(LocalStack stack, String vendId) {
    Map<String, AttributeValue> key =
        Map.of("pk", AttributeValue.fromS(vendId), "sk", AttributeValue.fromS("intent"));
    return stack
        .tables()
        .client()
        .getItem(call -> call.tableName(stack.auditTable()).key(key).consistentRead(true))
        .hasItem();
  }

  private static boolean hasOpenChange(LocalStack stack) {
    Set<String> begun = new HashSet<>();
    Set<String> ended = new HashSet<>();
    for (Map<String, AttributeValue> row : stack.tables().rows(stack.auditTable())) {
      switch (Items.text(row, "sk")) {
        case "admin" -> begun.add(Items.text(row, "pk"));
        case "admin-outcome" -> ended.add(Items.text(row, "pk"));
        default -> {}
      }
    }
    return !ended.containsAll(begun);
  }
}
