package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients' names are for people: the vendor can change them. */
class NamesTest {
  private static final String OTHER = "arn:aws:iam::555566667777:role/vended/Deploy";

  @TempDir Path home;
  private Map<String, String> clients =
      Map.of(Answers.ROLE, "Example & Söhne", OTHER, "Other Client");
  private final StandIn service =
      new StandIn(
          request ->
              StandIn.Answer.json(
                  request.path().equals("/roles") ? roles() : Answers.credentials()));

  @AfterEach
  void close() {
    service.close();
  }

  private String roles() {
    return clients.entrySet().stream()
        .map(
            client ->
                "{\"roleArn\":\"%s\",\"clientName\":\"%s\",\"usable\":true}"
                    .formatted(client.getKey(), client.getValue()))
        .collect(
            Collectors.joining(
                ",",
                "{\"caller\":{\"arn\":\"a\",\"uniqueId\":\"b\",\"account\":\"c\"},\"grants\":[",
                "]}"));
  }

  private String onATerminal(Map<String, String> more, String... arguments) throws Exception {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("VEND_URL", service.url());
    return Terminal.vend(home, environment, arguments);
  }

  private Path config() {
    return home.resolve(".config/vend/config");
  }

  @Test
  void personsName_isShownAsAnArnAndSavedAsAnAlias() throws Exception {
    String screen = onATerminal(Map.of(), "credentials", "Example & Söhne", "--save");

    assertThat(screen)
        .contains("vend: Example & Söhne is " + Answers.ROLE, Answers.ISSUED_ID, "saved");
    assertThat(Files.readString(config()))
        .isEqualTo("alias.Example & Söhne = " + Answers.ROLE + "\n");
    assertThat(Files.getPosixFilePermissions(config())).hasSize(2);

    // From now on whatever the vendor calls it, and in a pipeline too.
    clients = Map.of(OTHER, "Example & Söhne");
    var result =
        Run.vend(Shell.any(), home, "exec", "Example & Söhne", "--", "sh", "-c", ":")
            .calling(service.url())
            .result();
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(service.requests.getLast().body()).contains(Answers.ROLE);
  }

  @Test
  void nameOfTwoRoles_isRefusedWithBoth() throws Exception {
    clients = Map.of(Answers.ROLE, "Example", OTHER, "Example");

    assertThat(onATerminal(Map.of(), "credentials", "Example", "--save"))
        .contains("several roles", Answers.ROLE, OTHER)
        .doesNotContain(Answers.ISSUED_ID);
    assertThat(config()).doesNotExist();
  }

  /** Who can write there could have the alias mean another role, or another file be written. */
  @Test
  void aliasIsNotSaved_whereOthersCanWrite() throws Exception {
    Path folder = Files.createDirectories(config().getParent());
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThat(onATerminal(Map.of(), "credentials", "Other Client", "--save"))
        .contains("others must not be able to write")
        .doesNotContain(Answers.ISSUED_ID);
    assertThat(config()).doesNotExist();
  }

  @Test
  void onlyTheExactName_isFound() throws Exception {
    for (String name : List.of("other client", "Other", "Other*", "Other Client ")) {
      assertThat(onATerminal(Map.of(), "credentials", name)).contains("you have no grant");
    }
    assertThat(service.requests).allMatch(request -> request.path().equals("/roles"));
  }

  @Test
  void pipeline_hasNoNamesOfClients() throws Exception {
    var result =
        Run.vend(Shell.any(), home, "credentials", "Other Client").calling(service.url()).result();

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("only on a terminal", "no alias.Other Client");
    assertThat(onATerminal(Map.of("CI", "true"), "credentials", "Other Client"))
        .contains("only on a terminal");
    assertThat(service.requests).isEmpty();
  }

  @Test
  void profileForEachGrant_staysForItsRole() throws Exception {
    onATerminal(Map.of(), "profile", "--all");
    Path file = home.resolve(".aws/config");
    assertThat(profile(file, "other-client")).contains(OTHER);
    assertThat(profile(file, "example-s-hne")).contains(Answers.ROLE);
    String before = Files.readString(file);

    clients = Map.of(Answers.ROLE, "Other Client", OTHER, "Example & Söhne");
    String renamed = onATerminal(Map.of(), "profile", "--all");

    assertThat(renamed).contains("gives the role " + OTHER, "2 profiles were not made");
    assertThat(Files.readString(file)).isEqualTo(before);
  }

  /** Or a rename would choose the role of a pipeline that starts without profiles. */
  @Test
  void pipelinesProfiles_haveNoNamesOfClients() throws Exception {
    var result = Run.vend(Shell.any(), home, "profile", "--all").calling(service.url()).result();

    assertThat(result.exit()).as(result.err()).isZero();
    Path file = home.resolve(".aws/config");
    assertThat(profile(file, "555566667777-deploy")).contains(OTHER);
    assertThat(Files.readString(file)).doesNotContain("other-client");

    var replacing = Run.vend(Shell.any(), home, "profile", "--all", "--replace");
    assertThat(replacing.calling(service.url()).result().exit()).isEqualTo(2);
  }

  private static String profile(Path config, String name) throws IOException {
    String text = Files.readString(config);
    String rest = text.substring(text.indexOf("[profile " + name + "]") + 1);
    return rest.substring(0, (rest + "[").indexOf('['));
  }
}
