package vended.audit.query;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import vended.audit.AuditException;
import vended.identity.CallerArn;
import vended.identity.RoleArn;

/** When callers last had client roles: the newest vend of each that was granted. */
public interface LastUse {
  /**
   * A caller and a client role.
   *
   * @param caller as grants name it
   * @param role the client role
   */
  record Pair(CallerArn caller, RoleArn role) {}

  /** What is known of a pair's uses. */
  sealed interface Use {
    /**
     * The pair was used.
     *
     * @param at when credentials were last issued
     */
    record Used(Instant at) implements Use {}

    /** The audit has no use of it. */
    record Never() implements Use {}

    /**
     * Too many vends of others had to be looked at: of callers with the same name, of the same
     * role, and of this caller, of other roles.
     *
     * @param since the pair was not used after this; before, it may have been
     */
    record NotSince(Instant since) implements Use {}
  }

  /**
   * Looks up many pairs in parallel.
   *
   * @param pairs any number
   * @param until only vends that began before; {@link Period#END} for all
   * @param within no read starts later than this
   * @return what is known, by pair; without those that there was no time for, or that could not be
   *     read
   * @throws AuditException if there are pairs and none could be looked up
   */
  Map<Pair, Use> before(Collection<Pair> pairs, Instant until, Duration within)
      throws AuditException;
}
