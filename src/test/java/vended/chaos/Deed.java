package vended.chaos;

/**
 * Something that the service is asked for.
 *
 * @param arrange what must be there before, without faults
 * @param act the request itself
 */
record Deed(String name, Kind kind, Arrange arrange, Act act) {
  /** What must hold of the answer depends on this. */
  enum Kind {
    /** Of credentials, granted or not. */
    VEND,
    PROBE,
    CHANGE,
    /** Of several grants at once. */
    APPLY,
    /** Of what several grants would come to. */
    PLAN,
    READ,
    /** Of the schedule. */
    STEP,
    /** Of the timer that looks for open intents. */
    WATCH
  }

  /** Prepares; answers what the request needs to know. */
  interface Arrange {
    String arrange(Stand stand) throws Exception;
  }

  /** Asks. */
  interface Act {
    Stand.Answer act(Stand stand, String known) throws Exception;
  }

  Deed(String name, Kind kind, Act act) {
    this(name, kind, stand -> "", act);
  }

  @Override
  public String toString() {
    return name;
  }
}
