package vended.admin.change;

import java.util.function.Function;
import vended.allowlist.Row;
import vended.text.Coded;

/** Why the allow-list forbids a change that is well-formed. Administrators are told. */
public enum Refusal implements Coded {
  /** There is no client of this account. */
  NO_CLIENT,
  /** The vendor may be behind the principal that wants to change a client's own suspension. */
  CLIENT_ROLE,
  /** There is no grant of this role to this caller. */
  NO_GRANT,
  /** There is no such probe in the audit. */
  NO_PROBE,
  /** The row is invalid, so nobody can tell what the change would change. */
  CORRUPT_ROW,
  /** Another client has or had this ExternalId. */
  EXTERNAL_ID_TAKEN,
  /** Somebody has a grant of a role in the client's account. */
  GRANTS_LEFT,
  /** The client's ExternalId is not being rotated, or can't be. */
  NO_ROTATION,
  /** The rotation has not switched yet. */
  ROTATION_NOT_SWITCHED,
  /** Vends use the new ExternalId already. */
  ROTATION_SWITCHED,
  /** No recent probe shows that every role that is vended accepts the other ExternalId. */
  EXTERNAL_ID_NOT_ACCEPTED,
  /** No recent probe shows that every role refuses the previous ExternalId. */
  EXTERNAL_ID_NOT_REFUSED,
  /** The client of the role's account does not have the role. */
  ROLE_NOT_KNOWN,
  /** No probe has found the role safe, or a later one found it unsafe. */
  ROLE_NOT_VERIFIED,
  /** The probe did not find the role safe. */
  PROBE_NOT_PASSED,
  /** The probe is older than a day, or a newer one of the role has started or ended. */
  PROBE_TOO_OLD,
  /** The probe used another ExternalId than the client has. */
  PROBE_OF_ANOTHER_EXTERNAL_ID;

  /** What a row's value leads to. */
  @FunctionalInterface
  public interface Use<T, R, E extends Exception> {
    R of(T value) throws E;
  }

  /**
   * Uses the value of a row, or refuses.
   *
   * @param missing the refusal where there is no row
   */
  public static <T, R, E extends Exception> R orUse(
      Row<T> row, Refusal missing, Function<Refusal, R> refuse, Use<T, R, E> use) throws E {
    return switch (row) {
      case Row.Missing<T> none -> refuse.apply(missing);
      case Row.Corrupt<T> corrupt -> refuse.apply(CORRUPT_ROW);
      case Row.Found<T>(T value) -> use.of(value);
    };
  }
}
