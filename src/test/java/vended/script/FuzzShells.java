package vended.script;

import java.util.List;

/** The shells that the script is fuzzed in. */
public final class FuzzShells {
  private FuzzShells() {}

  /** The command of each shell that this machine has. */
  public static List<List<String>> commands() {
    return Shell.all().map(Shell::command).toList();
  }
}
