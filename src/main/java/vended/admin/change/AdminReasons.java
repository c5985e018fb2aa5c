package vended.admin.change;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vended.audit.Reason;
import vended.identity.Caller;

/** Why a change of the allow-list was not made, as records say it: a closed set of codes. */
public final class AdminReasons {
  /** Somebody else changed the row. */
  static final String VERSION_CONFLICT = "version_conflict";

  /** The allow-list did not answer, so the change may stand. */
  static final String ALLOW_LIST_UNAVAILABLE = Reason.ALLOW_LIST_UNAVAILABLE.code();

  private AdminReasons() {}

  /** The code for an identity that is no caller's, for example {@code identity_root}. */
  public static String identity(Caller.Fault fault) {
    return "identity_" + fault.name().toLowerCase(Locale.ROOT);
  }

  /** All codes. Records are kept for years, so a code that was ever written stays in this set. */
  public static Set<String> codes() {
    return Stream.of(
            Arrays.stream(Refusal.values()).map(Refusal::code),
            Arrays.stream(Caller.Fault.values()).map(AdminReasons::identity),
            Stream.of(VERSION_CONFLICT, ALLOW_LIST_UNAVAILABLE))
        .flatMap(codes -> codes)
        .collect(Collectors.toUnmodifiableSet());
  }
}
