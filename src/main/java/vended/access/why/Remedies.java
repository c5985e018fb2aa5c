package vended.access.why;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vended.access.why.Recorded.Kind;
import vended.audit.Reason;
import vended.vending.Obstacle;

/**
 * What would change a decision. Nothing of a record gets into a command but ARNs and unique IDs of
 * the right form, and what Remedy quotes.
 */
final class Remedies {
  private static final String REPAIR =
      "an operator must repair it, as docs/operations.md says under \"Repairing a row of the"
          + " allow-list\".";

  private final @Nullable Recorded recorded;
  private final Current current;
  private final List<Remedy> remedies = new ArrayList<>();

  private Remedies(@Nullable Recorded recorded, Current current) {
    this.recorded = recorded;
    this.current = current;
  }

  /**
   * What would change the decision.
   *
   * @param recorded null if somebody asked about a caller and a role
   * @param current null if there is nothing to decide
   */
  static List<Remedy> of(@Nullable Recorded recorded, @Nullable Current current) {
    List<Remedy> all = new ArrayList<>();
    if (current != null) {
      all.addAll(new Remedies(recorded, current).all());
    }
    if (recorded != null) {
      all.addAll(Advice.of(recorded));
    }
    return all;
  }

  private List<Remedy> all() {
    for (Obstacle obstacle : current.obstacles()) {
      switch (obstacle) {
        case VENDING_STOPPED -> add("All vending is stopped. Once it may go on:", "vend", "start");
        case CORRUPT_SWITCH -> add("The row of the switch is corrupt: " + REPAIR);
        case NO_GRANT -> grant();
        case CORRUPT_GRANT -> add("The grant's row is corrupt: " + REPAIR);
        case CALLER_ID_MISMATCH, GRANT_DISABLED, GRANT_NOT_YET_VALID, GRANT_EXPIRED -> {}
        case CORRUPT_HOLD -> add("The row of the client's own suspension is corrupt: " + REPAIR);
        case SUSPENDED_BY_CLIENT ->
            add(
                "The client has suspended itself, and only the client can end that, by vend mine"
                    + " resume. Nothing that you change does. Ask the client.");
        case NO_CLIENT -> newClient();
        case CORRUPT_CLIENT -> add("The client's row is corrupt: " + REPAIR);
        case CLIENT_SUSPENDED ->
            add(
                "The client is suspended. If it should be served again:",
                "vend",
                "client",
                "resume",
                account());
        case NOT_OWN_ACCOUNT ->
            add("The client's row says that it is the vendor's own account: " + REPAIR);
        case ROLE_NOT_KNOWN -> {
          add(
              "The client does not have this role. If the role is right:",
              "vend",
              "client",
              "put",
              account(),
              "--role",
              role());
          verify("Once the client has created it:");
        }
        case ROLE_DRIFTED ->
            verify(
                "A probe found the role's trust policy no longer safe. This says what the client"
                    + " must change, and then lets the role in again:");
        case ROLE_NOT_VERIFIED -> verify("No probe has found the role safe. Probe it:");
      }
    }
    changeGrant();
    return remedies;
  }

  private void add(String words, String... command) {
    remedies.add(Remedy.of(words, command));
  }

  private String account() {
    return current.role().account();
  }

  private String role() {
    return current.role().value();
  }

  private void verify(String words) {
    add(words, "vend", "client", "verify", role());
  }

  private void newClient() {
    add(
        "No client has the role's account. If it is a client of yours (give it the name that you"
            + " know it by):",
        "vend",
        "client",
        "put",
        account(),
        "--name",
        "Client " + account(),
        "--role",
        role());
    verify("Once the client has created the role with the parameters that this prints:");
  }

  /** A probe needs no grant, and its record looks like that of a vend without a client. */
  private void grant() {
    if (recorded != null && recorded.kind() == Kind.VEND_OR_PROBE) {
      return;
    }
    String callerId = current.callerId();
    boolean isRole = current.caller().isRole();
    String words = "The caller has no grant of this role. If it should have one";
    if (callerId == null) {
      words +=
          ", put the caller's unique ID in place of %s, as told by aws iam get-%s --%s-name %s:"
              .formatted(
                  isRole ? "AROA..." : "AIDA...",
                  isRole ? "role" : "user",
                  isRole ? "role" : "user",
                  Remedy.of("", current.caller().name()).pasted());
    } else {
      words += ", and %s is still its unique ID:".formatted(callerId);
    }
    String id = callerId == null ? (isRole ? "AROA..." : "AIDA...") : callerId;
    add(words, "vend", "grant", "put", current.caller().value(), role(), "--caller-id", id);
  }

  /** One command for all that is wrong with a grant. */
  private void changeGrant() {
    List<String> options = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (Obstacle obstacle : current.obstacles()) {
      switch (obstacle) {
        case CALLER_ID_MISMATCH -> {
          options.addAll(List.of("--caller-id", String.valueOf(current.callerId())));
          words.add(
              "is pinned to another unique ID (change that only if the caller was created again on"
                  + " purpose)");
        }
        case GRANT_DISABLED -> {
          options.add("--enabled");
          words.add("is switched off");
        }
        case GRANT_NOT_YET_VALID -> {
          options.add("--no-not-before");
          words.add("is not valid yet");
        }
        case GRANT_EXPIRED -> {
          options.addAll(List.of("--expires", "7d"));
          words.add("has expired (this gives it seven more days)");
        }
        default -> {}
      }
    }
    if (current.beyond() == Reason.DURATION_OVER_GRANT && recorded != null) {
      options.addAll(List.of("--duration", String.valueOf(recorded.durationSeconds())));
      words.add("allows fewer seconds than were asked for (the caller can also ask for fewer)");
    }
    if (!options.isEmpty()) {
      List<String> command = new ArrayList<>(List.of("vend", "grant", "put"));
      command.addAll(List.of(current.caller().value(), role()));
      command.addAll(options);
      remedies.add(
          new Remedy("The grant " + String.join(" and ", words) + ". To change that:", command));
    }
    if (current.beyond() == Reason.POLICY_SET_BY_GRANT) {
      add("The grant sets its own session policy: the caller must ask without one.");
    }
  }
}
