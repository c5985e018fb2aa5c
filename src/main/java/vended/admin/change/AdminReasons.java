package vended.admin.change;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vended.audit.Reason;
import vended.identity.Caller;

/** The reasons in records of changes that were not made: a closed set of codes. */
public final class AdminReasons {
  /** Somebody else changed the row. */
  static final String VERSION_CONFLICT = "version_conflict";

  /** The allow-list did not respond, so the change may have been made. */
  static final String ALLOW_LIST_UNAVAILABLE = Reason.ALLOW_LIST_UNAVAILABLE.code();

  private AdminReasons() {}

  /** All codes. Records live for years, so a code that was ever written stays in this set. */
  public static Set<String> codes() {
    return Stream.of(
            Arrays.stream(Refusal.values()).map(Refusal::code),
            Arrays.stream(Caller.Fault.values()).map(Reason::of).map(Reason::code),
            Stream.of(VERSION_CONFLICT, ALLOW_LIST_UNAVAILABLE))
        .flatMap(codes -> codes)
        .collect(Collectors.toUnmodifiableSet());
  }
}
