package vended.crowd;

import org.jspecify.annotations.Nullable;

/**
 * A caller and a client role that it asks for.
 *
 * @param grant whether it has the grant; null if it never has one
 */
record Seat(Who who, House house, House.Role role, @Nullable Standing grant) {
  /** Whether something refused every vend of it all this time, as was acknowledged before. */
  boolean refused(Standing vending, long from, long until) {
    return grant == null
        || grant.refused(from, until)
        || house.standing().refused(from, until)
        || role.standing().refused(from, until)
        || vending.refused(from, until);
  }

  /** Whether nothing refused a vend of it at any moment of this time. */
  boolean allowed(Standing vending, long from, long until) {
    return grant != null
        && grant.allowed(from, until)
        && house.standing().allowed(from, until)
        && role.standing().allowed(from, until)
        && vending.allowed(from, until);
  }

  @Override
  public String toString() {
    return who.arn() + " for " + role.arn();
  }
}
