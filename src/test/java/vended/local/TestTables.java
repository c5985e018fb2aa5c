package vended.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import vended.template.Template;

/**
 * DynamoDB Local alone, with the template's tables, which are empty before each test. All classes
 * that register it share one per JVM.
 */
public final class TestTables implements BeforeEachCallback {
  private static final Template TEMPLATE = Template.read(Path.of("template.yaml"), Map.of());

  private static @Nullable Tables ofJvm;

  /** The tables, started when they are first asked for. */
  public static synchronized Tables tables() {
    if (ofJvm == null) {
      try {
        ofJvm = Tables.embedded(0, LocalStack.REGION, TEMPLATE.tables());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return ofJvm;
  }

  /** The name of a table of the template. */
  public static String name(String table) {
    return TEMPLATE.table(table).name();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    tables().empty();
  }
}
