package vended.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Small programs that stand in for real ones. */
final class Programs {
  private Programs() {}

  static void write(Path file, String shellScript) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + shellScript + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
