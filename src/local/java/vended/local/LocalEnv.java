package vended.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code target/local.env}: what a shell needs to use the stack. */
final class LocalEnv {
  private static final Pattern SAFE_UNQUOTED = Pattern.compile("[A-Za-z0-9_@%+=:,./-]*");

  /**
   * What a pipeline needs. All else, the other identities' keys above all, stays in the shell that
   * reads the file: a child process has no use for it.
   */
  private static final Pattern EXPORTED = Pattern.compile("(AWS|VEND)_.*|ROLE_ARN");

  private LocalEnv() {}

  static Map<String, String> variables(LocalStack stack) {
    People people = stack.people();
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("VEND_URL", stack.url().toString());
    variables.put("AWS_REGION", LocalStack.REGION);
    variables.put("AWS_DEFAULT_REGION", LocalStack.REGION);
    putKey(variables, "AWS_", people.pipeline());
    // Empty, so that one left in the shell doesn't go with the pipeline's key.
    variables.put("AWS_SESSION_TOKEN", "");
    putKey(variables, "SESSION_", people.session());
    variables.put("SESSION_SESSION_TOKEN", people.session().token().orElseThrow());
    putKey(variables, "ADMIN_", people.administrator());
    putKey(variables, "AUDITOR_", people.auditor());
    putKey(variables, "CLIENT_", people.client());
    putKey(variables, "NEW_CLIENT_", people.newClient());
    variables.put("ROLE_ARN", stack.demonstration().roleArn());
    variables.put("NEW_ACCOUNT", stack.newClient().account());
    variables.put("NEW_ROLE_ARN", stack.newClient().roleArn());
    variables.put("NEW_EXTERNAL_ID", stack.newClient().externalId());
    variables.put("AWS_ENDPOINT_URL_STS", stack.stsUrl().toString());
    variables.put("AWS_ENDPOINT_URL_DYNAMODB", stack.tables().url().toString());
    variables.put("ALLOW_LIST_TABLE", stack.allowListTable());
    variables.put("AUDIT_TABLE", stack.auditTable());
    return variables;
  }

  /** The variables of a pipeline's environment. */
  static Map<String, String> exported(LocalStack stack) {
    Map<String, String> exported = new LinkedHashMap<>(variables(stack));
    exported.keySet().removeIf(name -> !EXPORTED.matcher(name).matches());
    return exported;
  }

  /** Never readable by others, not even while it is being written. */
  static void write(Path file, LocalStack stack) throws IOException {
    String text = text(stack);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path draft =
        Files.createTempFile(file.toAbsolutePath().getParent(), "local", ".env", ownerOnly());
    Files.writeString(draft, text, UTF_8);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Unless another stack has written its own since. */
  static void delete(Path file, LocalStack stack) throws IOException {
    if (Files.exists(file) && Files.readString(file).equals(text(stack))) {
      Files.delete(file);
    }
  }

  private static String text(LocalStack stack) {
    return variables(stack).entrySet().stream()
        .map(
            variable -> export(variable.getKey()) + variable.getKey() + "=" + safe(variable) + "\n")
        .collect(Collectors.joining());
  }

  private static String export(String name) {
    return EXPORTED.matcher(name).matches() ? "export " : "";
  }

  private static void putKey(Map<String, String> variables, String prefix, Keys.Key key) {
    variables.put(prefix + "ACCESS_KEY_ID", key.id());
    variables.put(prefix + "SECRET_ACCESS_KEY", key.secret());
  }

  private static String safe(Map.Entry<String, String> variable) {
    if (!SAFE_UNQUOTED.matcher(variable.getValue()).matches()) {
      throw new IllegalArgumentException(variable.getKey() + " needs quoting in a shell");
    }
    return variable.getValue();
  }

  private static FileAttribute<?>[] ownerOnly() {
    boolean posix = Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
