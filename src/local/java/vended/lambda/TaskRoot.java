package vended.lambda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A folder with what a jar holds, as Lambda unpacks it.
 *
 * @param folder where the function is started
 */
public record TaskRoot(Path folder) {
  /** Unpacks a jar into a folder that is not there yet. */
  public static TaskRoot unpack(Path jar, Path folder) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
          throw new IOException("an entry leads out of the folder: " + entry.getName());
        }
        if (!entry.isDirectory()) {
          Files.createDirectories(target.getParent());
          Files.copy(zip.getInputStream(entry), target);
        }
      }
    }
    return new TaskRoot(folder);
  }
}
