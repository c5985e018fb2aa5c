package vended;

/** What tests need of an object graph, and nothing else does. */
public final class Wirings {
  private Wirings() {}

  /** Closes its connections. It can't be used any more. */
  public static void close(Wiring wiring) {
    wiring.clients().close();
  }
}
