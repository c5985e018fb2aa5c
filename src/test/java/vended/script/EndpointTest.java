package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  @TempDir Path home;

  private Run.Result dryRun(String url, String... more) {
    String[] arguments = new String[more.length + 3];
    arguments[0] = "credentials";
    arguments[1] = Answers.ROLE;
    arguments[2] = "--dry-run";
    System.arraycopy(more, 0, arguments, 3, more.length);
    return Run.vend(Shell.any(), home, arguments).with("VEND_URL", url).result();
  }

  @ParameterizedTest
  @CsvSource({
    "https://abc.execute-api.eu-west-1.amazonaws.com/prod, eu-west-1",
    "https://abc.execute-api.cn-north-1.amazonaws.com.cn/prod/, cn-north-1",
    "https://vpce-1-x.execute-api.us-gov-west-1.vpce.amazonaws.com/a/b, us-gov-west-1",
  })
  void region_isReadFromTheHostName(String url, String region) {
    var result = dryRun(url);

    assertThat(result.exit()).isZero();
    assertThat(result.err())
        .contains("signed for " + region + ",")
        .contains("POST " + url.replaceAll("/$", "") + "/credentials,");
  }

  @Test
  void region_thatIsGiven_beatsTheHostName() {
    assertThat(
            dryRun("https://abc.execute-api.eu-west-1.amazonaws.com", "--region", "us-east-1")
                .err())
        .contains("signed for us-east-1,");
  }

  @Test
  void region_thatNothingTells_isAskedFor() {
    var result = dryRun("https://vend.example.com");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("which region");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "vend.example.com",
        "http://vend.example.com",
        "http://127.0.0.1.example.com",
        "http://127.0.0.1:80@example.com",
        "http://127.1",
        "http://localhost.example.com",
        "http://[::1]x.example.com",
        "http://[::2]",
        "HTTPS://vend.example.com",
        "https://",
        "https://user@example.com",
        "https://example.com:port",
        "https://example.com:123456",
        "https://example.com:80:90",
        "https://example..com",
        "https://example.com?x",
        "https://example.com#x",
        "https://example.com/a%2fb",
        "https://example.com/a/../b",
        "https://example.com/./b",
        "https://example.com//b",
        "https://example.com/a b",
        "https://exämple.com",
        "https://example.com/\"",
        "https://example.com\n",
        "https://example.com\nurl\thttp://x",
        "https://[evil]/",
        "https://example.com\\@evil.example",
        "https://example.com/a\\b",
        "https://example.com\\",
        "file:///etc/passwd",
        "-K/etc/passwd",
      })
  void url_thatIsNotPlainHttps_isRefused(String url) {
    var result = dryRun(url, "--region", "eu-west-1");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://vend.example.com",
        "https://vend.example.com:8443/x/y_z~1",
        "https://[2001:db8::1]:443/x",
        "http://127.0.0.1:8080",
        "http://127.9.8.7/",
        "http://localhost:8080/prod",
        "http://[::1]:8080",
      })
  void url_thatIsHttpsOrThisMachine_isTaken(String url) {
    assertThat(dryRun(url, "--region", "eu-west-1").exit()).isZero();
  }

  @InShells
  void urlOption_beatsTheVariable(Shell shell) {
    try (StandIn service = StandIn.vending()) {
      var result =
          Run.vend(shell, home, "credentials", Answers.ROLE, "--url", service.url() + "/a/b")
              .calling("https://never.example.com")
              .result();

      assertThat(result.exit()).isZero();
      assertThat(service.requests.getFirst().path()).isEqualTo("/a/b/credentials");
    }
  }

  @Test
  void curlrcAndProxies_haveNoSayOnTheWayToThisMachine() throws Exception {
    java.nio.file.Files.writeString(home.resolve(".curlrc"), "url = \"http://127.0.0.1:1\"\n");
    try (StandIn service = StandIn.vending()) {
      var result =
          Run.vend(Shell.any(), home, "credentials", Answers.ROLE)
              .calling(service.url())
              .with("http_proxy", "http://127.0.0.1:1")
              .with("ALL_PROXY", "http://127.0.0.1:1")
              .result();

      assertThat(result.exit()).isZero();
    }
  }
}
