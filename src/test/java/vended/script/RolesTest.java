package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

  @ParameterizedTest
  @MethodSource("vended.script.Shell#all")
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

  @ParameterizedTest
  @MethodSource("vended.script.Shell#all")
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

  @ParameterizedTest
  @MethodSource("vended.script.Shell#all")
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
