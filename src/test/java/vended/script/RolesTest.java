package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vended.local.Keys;
import vended.local.Principal;
import vended.local.RawRequest;
import vended.local.SigV4;

class RolesTest {
  private static final String ROLES =
      """
      {"caller":{"arn":"arn:aws:iam::111122223333:role/Ci","uniqueId":"AROAX:s","account":"111122223333"},
       "grants":[
        {"roleArn":"arn:aws:iam::444455556666:role/vended/Deploy","clientAccount":"444455556666",
         "clientName":"Acme","maxDurationSeconds":3600,"usable":true},
        {"roleArn":"arn:aws:iam::777788889999:role/R","clientAccount":"777788889999","maxDurationSeconds":900,
         "usable":false,"expiresAt":"2026-01-01T00:00:00Z","description":"till \\u001b[2Jspring"}],
       "truncated":%s}\
      """;

  @TempDir Path home;

  private Run.Result run(Shell shell, String answer, String... arguments) {
    try (StandIn service = new StandIn(request -> StandIn.Answer.json(answer))) {
      var result = Run.vend(shell, home, arguments).calling(service.url()).result();
      assertThat(service.requests.getFirst().path()).isEqualTo("/roles");
      assertThat(service.requests.getFirst().body()).isEqualTo("{}");
      return result;
    }
  }

  @InShells
  void roles_areATable(Shell shell) {
    var result = run(shell, ROLES.formatted("false"), "roles");

    assertThat(result.err()).isEmpty();
    assertThat(result.out().replaceAll(" {2,}", "  "))
        .isEqualTo(
            """
            ROLE  CLIENT  LONGEST  USABLE  FROM  UNTIL  DESCRIPTION
            arn:aws:iam::444455556666:role/vended/Deploy  Acme  3600s  yes  -  -  -
            arn:aws:iam::777788889999:role/R  777788889999  900s  no  -  2026-01-01T00:00:00Z  till ?[2Jspring
            """);
    // The second column begins at the same place in each row.
    assertThat(result.out().lines().map(line -> line.substring(44, 46))).containsOnly("  ");
  }

  @Test
  void roles_whenThereAreMore_saysSo() {
    assertThat(run(Shell.any(), ROLES.formatted("true"), "roles").err()).contains("there are more");
  }

  @InShells
  void roles_allPages_areOneTable(Shell shell) {
    String more = "\"truncated\":true,\"cursor\":\"bmV4dA\"";
    String page = ROLES.formatted("false");
    try (StandIn service =
        new StandIn(
            request ->
                StandIn.Answer.json(
                    request.body().equals("{}")
                        ? page.replace("\"truncated\":false", more)
                        : page.replace("role/vended/Deploy", "role/vended/AnotherOne")))) {
      var result = Run.vend(shell, home, "roles").calling(service.url()).result();

      assertThat(service.requests)
          .extracting(request -> request.body())
          .containsExactly("{}", "{\"cursor\":\"bmV4dA\"}");
      assertThat(result.err()).isEmpty();
      assertThat(result.out().lines().map(line -> line.replaceAll(" .*", "")))
          .containsExactly(
              "ROLE",
              "arn:aws:iam::444455556666:role/vended/Deploy",
              "arn:aws:iam::777788889999:role/R",
              "arn:aws:iam::444455556666:role/vended/AnotherOne",
              "arn:aws:iam::777788889999:role/R");
    }
  }

  /** Whether each request was signed with the secret of the caller whom it names. */
  private static void assertSigned(StandIn service, Keys keys) {
    SigV4 signatures = new SigV4("execute-api", "eu-west-1", Clock.systemUTC(), keys);
    assertThat(service.requests)
        .extracting(request -> signatures.verify(raw(request)))
        .hasOnlyElementsOfType(SigV4.Verified.class);
  }

  private static RawRequest raw(StandIn.Request request) {
    List<RawRequest.Header> headers =
        request.headers().entrySet().stream()
            .flatMap(
                header ->
                    header.getValue().stream()
                        .map(value -> new RawRequest.Header(header.getKey(), value)))
            .toList();
    return new RawRequest(
        request.method(), request.path(), headers, request.body().getBytes(StandardCharsets.UTF_8));
  }

  /** Three pages with a grant each; the second has one that looks like the end of a list. */
  private static StandIn threePages() {
    String page =
        """
        {"caller":{"arn":"arn:aws:iam::111122223333:role/Ci"},
         "grants":[{"roleArn":"arn:aws:iam::444455556666:role/R%d","description":"\\"]},{[\\u001b"}],
         "truncated":%s}\
        """;
    return StandIn.inTurn(
        StandIn.Answer.json(page.formatted(1, "true,\"cursor\":\"Mg\"")),
        StandIn.Answer.json(page.formatted(2, "true,\"cursor\":\"Mw\"")),
        StandIn.Answer.json(page.formatted(3, "false")));
  }

  @InShells
  void roles_eachPage_isAskedForWithTheCallersSignature(Shell shell) {
    Keys keys = new Keys();
    Keys.Key session =
        keys.issue(
            Principal.session("arn:aws:iam::111122223333:role/Ci", "AROAX", "s"),
            Instant.now().plusSeconds(3600));
    for (String format : List.of("table", "json")) {
      try (StandIn service = threePages()) {
        var result =
            Run.vend(shell, home, "roles", "--format", format)
                .calling(service.url())
                .with("AWS_ACCESS_KEY_ID", session.id())
                .with("AWS_SECRET_ACCESS_KEY", session.secret())
                .with("AWS_SESSION_TOKEN", session.token().orElseThrow())
                .result();

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(service.requests).hasSize(3);
        assertSigned(service, keys);
      }
    }
  }

  @InShells
  void roles_allPages_areOneJsonDocument(Shell shell) {
    String grant =
        """
        {"roleArn":"arn:aws:iam::444455556666:role/R%d","description":"\\"]},{[\\u001b"}\
        """;
    try (StandIn service = threePages()) {
      var result =
          Run.vend(shell, home, "roles", "--format", "json").calling(service.url()).result();

      assertThat(result.out())
          .isEqualTo(
              "{\"caller\":{\"arn\":\"arn:aws:iam::111122223333:role/Ci\"},\"grants\":["
                  + String.join(",", grant.formatted(1), grant.formatted(2), grant.formatted(3))
                  + "],\"truncated\":false}\n");
    }
  }

  @Test
  void roles_emptyPages_addNothingToTheJsonDocument() {
    String page = "{\"grants\":[%s],\"truncated\":%s}";
    try (StandIn service =
        StandIn.inTurn(
            StandIn.Answer.json(page.formatted("", "true,\"cursor\":\"Mg\"")),
            StandIn.Answer.json(page.formatted("{}", "true,\"cursor\":\"Mw\"")),
            StandIn.Answer.json(page.formatted("", "false")))) {
      var result =
          Run.vend(Shell.any(), home, "roles", "--format", "json").calling(service.url()).result();

      assertThat(result.out()).isEqualTo("{\"grants\":[{}],\"truncated\":false}\n");
    }
  }

  @Test
  void roles_aCursorThatIsNone_endsIt() {
    var result =
        run(
            Shell.any(),
            ROLES.replace("\"truncated\":%s", "\"truncated\":true,\"cursor\":\"a\\\"b\""),
            "roles");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("cursor");
  }

  @Test
  void roles_withoutAGrant_namesTheCaller() {
    var result =
        run(
            Shell.any(),
            "{\"caller\":{\"arn\":\"arn:aws:iam::111122223333:role/Ci\"},\"grants\":[],\"truncated\":false}",
            "roles");

    assertThat(result.exit()).isZero();
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("no grant for arn:aws:iam::111122223333:role/Ci");
  }

  @Test
  void roles_asJson_areOneLine() {
    var result = run(Shell.any(), ROLES.formatted("false"), "roles", "--format", "json");

    assertThat(result.out())
        .startsWith("{\"caller\":{\"arn\":\"arn:aws:iam::111122223333:role/Ci\",")
        .endsWith("],\"truncated\":false}\n")
        .doesNotContain("\033")
        .hasLineCount(1);
  }

  @InShells
  void whoami_tellsWhatAGrantMustName(Shell shell) {
    var result = run(shell, ROLES.formatted("false"), "whoami");

    assertThat(result.out())
        .isEqualTo(
            """
            caller     arn:aws:iam::111122223333:role/Ci
            unique ID  AROAX:s
            account    111122223333
            from       environment
            """);
  }
}
