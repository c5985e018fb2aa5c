package vended.pictures;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vended.browser.Chromium;
import vended.local.Functions;
import vended.local.Keys;
import vended.local.LocalStack;
import vended.local.Options;
import vended.report.page.Samples;

/** Writes {@code docs/pictures}: a session at the local stack, and the top of a report. */
final class Pictures {
  private static final Path FOLDER = Path.of("docs", "pictures");
  private static final Pattern VEND_ID = Pattern.compile("\\b[0-7][0-9A-HJKMNP-TV-Z]{25}\\b");

  /** In pixels: the summary, what to look at, and the timeline. */
  private static final int WIDTH = 1000;

  private static final int HEIGHT = 1000;

  private Pictures() {}

  public static void main(String[] args) throws Exception {
    Files.createDirectories(FOLDER);
    terminal();
    Chromium browser = Chromium.start().orElse(null);
    if (browser == null) {
      System.out.println("Chromium is not installed: the picture of the report stays as it is");
      return;
    }
    try (browser) {
      browser.screen(WIDTH, false);
      browser.open(Samples.page("thousand").toUri());
      browser.picture(FOLDER.resolve("report.png"), WIDTH, HEIGHT);
    }
  }

  private static void terminal() throws Exception {
    Path home = Files.createTempDirectory("pictures");
    try (LocalStack stack = LocalStack.start(Options.of(Functions.ofService()))) {
      Session session = new Session(stack, home);
      Keys.Key pipeline = stack.people().pipeline();
      String role = stack.demonstration().roleArn().toString();

      session.comment(
          "The pipeline: its roles, one command as the client role, and a role that is not"
              + " granted");
      session.run(pipeline, "vend roles");
      session.run(
          pipeline, "vend exec " + role + " -- sh -c 'echo \"$AWS_ACCESS_KEY_ID deploys\"'");
      String refused =
          session.run(pipeline, "vend credentials arn:aws:iam::444455556666:role/vended/admin");
      session.comment("The administrator: why was it refused?");
      session.run(stack.people().administrator(), "vend why " + id(refused));
      session.write(
          "A pipeline lists its roles, deploys as a client role, and is refused another;"
              + " an administrator asks why",
          FOLDER.resolve("terminal.svg"));
    }
  }

  private static String id(String output) {
    Matcher matcher = VEND_ID.matcher(output);
    if (!matcher.find()) {
      throw new IllegalStateException("no vendId in " + output);
    }
    return matcher.group();
  }
}
