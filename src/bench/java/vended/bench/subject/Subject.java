package vended.bench.subject;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A way to vend that is measured. */
public sealed interface Subject permits JavaSubject, PeerSubject {
  /** Its name in tables. */
  String name();

  /** Whether it has the restore protocol. */
  default boolean restores() {
    return false;
  }

  /**
   * Starts its process.
   *
   * @param prefix a program that starts it, with its arguments
   * @param flags of a JVM; others ignore them
   * @param runtimeApi host and port
   * @param variables the function's, with the endpoints of DynamoDB and STS
   * @param output where all goes that the process prints
   */
  Process start(
      List<String> prefix,
      List<String> flags,
      String runtimeApi,
      Map<String, String> variables,
      Path output)
      throws IOException;
}
