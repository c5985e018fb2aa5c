package vended.volume;

/** The most heap in use, by samples. */
final class Heap implements Runnable {
  private final Thread thread = Thread.ofPlatform().daemon().name("heap").unstarted(this);
  private volatile boolean done;
  private volatile long most;

  private Heap() {}

  /** Begins after a garbage collection, so that earlier questions don't count. */
  static Heap watch() {
    System.gc();
    Heap heap = new Heap();
    heap.thread.start();
    return heap;
  }

  @Override
  public void run() {
    while (!done) {
      most = Math.max(most, used());
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static long used() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** Ends; in MB. */
  long most() {
    done = true;
    thread.interrupt();
    return Math.max(most, used()) / 1024 / 1024;
  }
}
