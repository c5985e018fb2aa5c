package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vended.Settings;
import vended.admin.change.Refusal;
import vended.audit.AuditIndex;
import vended.audit.Reason;
import vended.audit.query.AuditRow;
import vended.template.Route;
import vended.template.Template;

/** The reference pages name all that there is: routes, codes, reasons, attributes and settings. */
class ReferenceTest {
  private static final Page API = Page.of("docs/api.md");
  private static final Page AUDIT = Page.of("docs/audit.md");
  private static final Page SETTINGS = Page.of("docs/settings.md");
  private static final Pattern LINK = Pattern.compile("]\\(((?!https?:)[^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

  /** The code in a call that makes a problem document, by its place behind the status. */
  private static final Pattern CODE = Pattern.compile("Status\\.[A-Z_]+,\\s*\"([a-z_]+)\"");

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> all(String pattern, String text) {
    return all(Pattern.compile(pattern), text);
  }

  private static Set<String> all(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What a page has in the type of code. */
  private static Set<String> named(Page page) {
    return all("`([^`\n]+)`", page.text());
  }

  /** The names in one of a template's top-level sections. */
  private static Set<String> section(String file, String name) {
    String text = read(Path.of(file));
    int start = text.indexOf("\n" + name + ":\n") + name.length() + 2;
    String rest = text.substring(start);
    var next = Pattern.compile("(?m)^[A-Z]\\w+:").matcher(rest);
    return all("(?m)^  (\\w+):$", next.find() ? rest.substring(0, next.start()) : rest);
  }

  private static String sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(ReferenceTest::read)
          .collect(Collectors.joining("\n"));
    }
  }

  @Test
  void everyRoute() {
    Set<String> routes =
        Template.read(Path.of("template.yaml"), Map.of()).routes().stream()
            .map(Route::path)
            .collect(Collectors.toSet());
    assertThat(routes).hasSizeGreaterThan(10);

    Set<String> named = named(API);
    named.addAll(named(AUDIT));
    named.addAll(all("(?m)^### (/.+)$", API.text()));
    assertThat(named).containsAll(routes);
  }

  @Test
  void everyCodeOfAnError() throws IOException {
    Set<String> codes = all("\"code\":\"(\\w+)\"", read(Path.of("template.yaml")));
    assertThat(codes).contains("access_denied", "no_answer");
    Set<String> ofTheCode = all(CODE, sources());
    assertThat(ofTheCode).hasSizeGreaterThan(5);
    codes.addAll(ofTheCode);
    Arrays.stream(Refusal.values()).map(Refusal::code).forEach(codes::add);

    assertThat(named(API)).containsAll(codes);
  }

  @Test
  void everyReason() {
    assertThat(named(API)).containsAll(Arrays.stream(Reason.values()).map(Reason::code).toList());
  }

  @Test
  void everyAttributeAndIndexOfTheAudit() {
    assertThat(named(AUDIT))
        .containsAll(AuditRow.knownAttributes())
        .contains("pk", "sk", "at", "claimed", "hourShard", "ttl")
        .containsAll(Arrays.stream(AuditIndex.values()).map(AuditIndex::indexName).toList());
  }

  @Test
  void everyParameterAndOutputOfBothTemplates() {
    assertThat(named(SETTINGS))
        .containsAll(section("template.yaml", "Parameters"))
        .containsAll(section("template.yaml", "Outputs"))
        .containsAll(section("client-role.yaml", "Parameters"));
    assertThat(section("template.yaml", "Outputs")).contains("VendUrl");
  }

  @Test
  void everyVariableOfTheFunctions() {
    assertThat(named(SETTINGS)).containsAll(Settings.VARIABLES);
  }

  @Test
  void everyVariableOfTheScript() {
    String script =
        Stream.of(
                "vend",
                "vend-more",
                "vend-admin",
                "vend-audit",
                "vend-access",
                "vend-mine",
                "vend-doctor")
            .map(part -> read(Path.of("bin", part)))
            .collect(Collectors.joining("\n"));
    Set<String> variables = all("\\$\\{?([A-Z][A-Z0-9_]+)", script);
    variables.removeAll(all("(?m)^ *([A-Z][A-Z0-9_]+)=", script));
    variables.remove("PATH");
    // Of the shells that complete words.
    variables.removeAll(Set.of("COMP_CWORD", "COMP_WORDS", "COMPREPLY", "CURRENT"));
    assertThat(variables).contains("VEND_URL", "AWS_PROFILE");

    assertThat(named(SETTINGS)).containsAll(variables);
  }

  static List<String> pages() throws IOException {
    try (Stream<Path> docs = Files.list(Path.of("docs"))) {
      return Stream.concat(
              Stream.of("README.md", "CONTRIBUTING.md"),
              docs.map(Path::toString).filter(name -> name.endsWith(".md")))
          .toList();
    }
  }

  /** Who reads that a test holds something up wants to find it. */
  @ParameterizedTest
  @MethodSource("pages")
  void everyTestThatIsNamedExists(String page) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      Set<String> classes =
          files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
      for (String test : all("`(\\w+(?:Test|IT))`", read(Path.of(page)))) {
        assertThat(classes).as(page).contains(test + ".java");
      }
    }
  }

  /** As GitHub names headings. */
  private static Set<String> anchors(Path page) {
    return all(HEADING, read(page)).stream()
        .map(heading -> heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", ""))
        .map(heading -> heading.replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkLeadsSomewhere(String page) {
    Path here = Path.of(page);
    for (String link : all(LINK, read(here))) {
      String[] parts = link.split("#", 2);
      Path target = parts[0].isEmpty() ? here : here.resolveSibling(parts[0]).normalize();
      assertThat(target).as("%s: %s", page, link).exists();
      if (parts.length == 2) {
        assertThat(anchors(target)).as("%s: %s", page, link).contains(parts[1]);
      }
    }
  }
}
