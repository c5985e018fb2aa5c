package vended.iam;

/** What policies say of one request. Only {@link #ALLOW} lets it through. */
public enum Decision {
  ALLOW,
  IMPLICIT_DENY,
  EXPLICIT_DENY;

  public boolean allowed() {
    return this == ALLOW;
  }

  /** An explicit deny wins over everything, an allow over silence. */
  Decision and(Decision other) {
    if (this == EXPLICIT_DENY || other == EXPLICIT_DENY) {
      return EXPLICIT_DENY;
    }
    return this == ALLOW || other == ALLOW ? ALLOW : IMPLICIT_DENY;
  }
}
