package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AWS_WEB_IDENTITY_TOKEN_FILE, as EKS and many CI systems set it, with a stand-in for STS. */
class WebIdentityTest {
  private static final String TOKEN = "eyJ.p+/=a_y-load.sig&x";

  /** As STS answers where JSON is accepted: the time is a number. */
  static final String JSON =
      """
      {"AssumeRoleWithWebIdentityResponse":{"AssumeRoleWithWebIdentityResult":{"Audience":"sts.amazonaws.com",\
      "AssumedRoleUser":{"Arn":"arn:aws:sts::111122223333:assumed-role/Ci/x","AssumedRoleId":"AROAX:x"},\
      "Credentials":{"AccessKeyId":"ASIAWEB0000000000000","Expiration":1.893456E9,\
      "SecretAccessKey":"web/secret","SessionToken":"web/token=="},"PackedPolicySize":null},\
      "ResponseMetadata":{"RequestId":"r"}}}\
      """;

  private static final String XML =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
        <AssumeRoleWithWebIdentityResult>
          <SubjectFromWebIdentityToken>a&amp;b</SubjectFromWebIdentityToken><PackedPolicySize/>
          <Credentials>
            <AccessKeyId>ASIAWEB0000000000000</AccessKeyId>
            <SecretAccessKey>web/secret</SecretAccessKey>
            <SessionToken>web/token==</SessionToken>
            <Expiration>2030-01-01T00:00:00Z</Expiration>
          </Credentials>
        </AssumeRoleWithWebIdentityResult>
        <ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>
      </AssumeRoleWithWebIdentityResponse>
      """;

  @TempDir Path home;

  private static StandIn.Answer xml(int status, String body) {
    return new StandIn.Answer(status, "text/xml", body, Map.of());
  }

  private static String jsonError(String message) {
    return """
    {"Error":{"Type":"Sender","Code":"InvalidIdentityToken","Message":"%s"}}\
    """
        .formatted(message);
  }

  private static String xmlError(String message) {
    return """
    <ErrorResponse xmlns="x"><Error><Type>Sender</Type><Code>InvalidIdentityToken</Code>\
    <Message>%s</Message></Error><RequestId>r</RequestId></ErrorResponse>\
    """
        .formatted(message);
  }

  private Run calling(Shell shell, StandIn service, String sts, String... more) throws Exception {
    Path token = Files.writeString(home.resolve("the token"), TOKEN + "\n");
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(
        home.resolve(".aws/credentials"),
        "[default]\naws_access_key_id = AKIADEFAULT000000000\naws_secret_access_key = s\n");
    List<String> arguments = new java.util.ArrayList<>(List.of("credentials", Answers.ROLE));
    arguments.addAll(List.of(more));
    return Run.vend(shell, home, arguments.toArray(String[]::new))
        .with("VEND_URL", service.url())
        .with("AWS_REGION", "eu-west-1")
        .with("AWS_ENDPOINT_URL_STS", sts)
        .with("AWS_ROLE_ARN", "arn:aws:iam::111122223333:role/ci/Ci")
        .with("AWS_WEB_IDENTITY_TOKEN_FILE", token.toString());
  }

  @InShells
  void jsonOrXml_givesTheCaller(Shell shell) throws Exception {
    for (StandIn.Answer answer : List.of(StandIn.Answer.json(JSON), xml(200, XML))) {
      try (StandIn service = StandIn.vending();
          StandIn sts = new StandIn(request -> answer)) {
        var result = calling(shell, service, sts.url()).result();

        assertThat(result.err()).isEmpty();
        assertThat(result.exit()).isZero();
        assertThat(service.requests.getFirst().header("Authorization"))
            .contains("Credential=ASIAWEB0000000000000/");
        assertThat(service.requests.getFirst().header("X-Amz-Security-Token"))
            .isEqualTo("web/token==");
        StandIn.Request request = sts.requests.getFirst();
        assertThat(request.method() + " " + request.path()).isEqualTo("POST /");
        assertThat(request.header("Accept")).isEqualTo("application/json");
        assertThat(request.header("Authorization")).isEmpty();
        assertThat(request.body())
            .matches(
                "Action=AssumeRoleWithWebIdentity&Version=2011-06-15"
                    + "&RoleArn=arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Fci%2FCi"
                    + "&RoleSessionName=vend-[0-9]{10}"
                    + "&WebIdentityToken=eyJ\\.p%2B%2F%3Da_y-load\\.sig%26x");
      }
    }
  }

  @Test
  void sessionName_isTheOneThatWasSet() throws Exception {
    try (StandIn service = StandIn.vending();
        StandIn sts = new StandIn(request -> StandIn.Answer.json(JSON))) {
      calling(Shell.any(), service, sts.url()).with("AWS_ROLE_SESSION_NAME", "build-7@ci").result();

      assertThat(sts.requests.getFirst().body()).contains("&RoleSessionName=build-7%40ci&");
    }
  }

  @ParameterizedTest
  @CsvSource({"json", "xml"})
  void refusal_isSaid_withoutTheTokenAndAnotherIdentity(String form) throws Exception {
    String message = "No OpenIDConnect provider found in your account";
    String echo = "Not a JWT: " + TOKEN.replace("&", form.equals("xml") ? "&amp;" : "&");
    for (String text : List.of(message, echo)) {
      StandIn.Answer answer =
          form.equals("xml")
              ? xml(400, xmlError(text))
              : new StandIn.Answer(400, "application/json", jsonError(text), Map.of());
      try (StandIn service = StandIn.vending();
          StandIn sts = new StandIn(request -> answer)) {
        var result = calling(Shell.any(), service, sts.url()).result();

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err())
            .contains("web identity", "HTTP 400", "InvalidIdentityToken")
            .doesNotContain(TOKEN);
        assertThat(result.err().contains(message)).isEqualTo(text.equals(message));
        assertThat(sts.requests).hasSize(1);
        assertThat(service.requests).isEmpty();
      }
    }
  }

  @Test
  void whatPasses_isTriedAgain() throws Exception {
    String busy =
        "<ErrorResponse><Error><Code>IDPCommunicationError</Code><Message>m</Message></Error></ErrorResponse>";
    try (StandIn service = StandIn.vending();
        StandIn sts = StandIn.inTurn(xml(503, "<a/>"), xml(400, busy), StandIn.Answer.json(JSON))) {
      var result = calling(Shell.any(), service, sts.url()).result();

      assertThat(result.exit()).isZero();
      assertThat(sts.requests).hasSize(3);
    }
  }

  static List<String> hostile() {
    return List.of(
        "",
        "<",
        "{}",
        "not XML",
        XML.substring(0, XML.length() - 40),
        XML + "<a/>",
        XML.replace("<AccessKeyId>", "<AccessKeyId><![CDATA[")
            .replace("</AccessKeyId>", "]]></AccessKeyId>"),
        XML.replace(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
            "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>"),
        XML.replace("web/secret", "&b;"),
        XML.replace("web/secret", "web secret"),
        XML.replace("web/secret", "web\nsecret"),
        XML.replace("<Credentials>", "<!-- --><Credentials>"),
        XML.replace("<Credentials>", "<Credentials a=\"b\">"),
        XML.replace(
            "</Credentials>", "<AccessKeyId>ASIAOTHER00000000000</AccessKeyId></Credentials>"),
        XML.replace("</Credentials>", "</Credential>"),
        XML.replace("<SessionToken>web/token==</SessionToken>", ""),
        XML.replace("ASIAWEB0000000000000", "$(touch pwned)"),
        "<a>".repeat(40));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void whatIsNotWholeAndExact_isNotUsed(String body) throws Exception {
    try (StandIn service = StandIn.vending();
        StandIn sts = new StandIn(request -> xml(200, body))) {
      var result = calling(Shell.any(), service, sts.url()).result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains("web identity", "without credentials");
      assertThat(service.requests).isEmpty();
      assertThat(home.resolve("pwned")).doesNotExist();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AWS_WEB_IDENTITY_TOKEN_FILE | /nowhere/token | can't read the token file",
        "AWS_WEB_IDENTITY_TOKEN_FILE | /dev/null | is empty",
        "AWS_WEB_IDENTITY_TOKEN_FILE | /dev/zero | control characters",
        "AWS_ROLE_ARN | '' | AWS_ROLE_ARN is not",
        "AWS_ROLE_ARN | arn:aws:iam::1:user/x | AWS_ROLE_ARN must have the form",
        "AWS_ROLE_SESSION_NAME | a b | AWS_ROLE_SESSION_NAME",
        "AWS_ENDPOINT_URL_STS | http://sts.example.com | must be https",
        "AWS_ENDPOINT_URL_STS | https://u@sts.example.com | must have the form",
      })
  void whatCantWork_isSaid_andIsNoReasonToTurnToAnotherIdentity(
      String variable, String value, String message) throws Exception {
    try (StandIn service = StandIn.vending();
        StandIn sts = new StandIn(request -> StandIn.Answer.json(JSON))) {
      var result = calling(Shell.any(), service, sts.url()).with(variable, value).result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains(message).doesNotContain(TOKEN);
      assertThat(sts.requests).isEmpty();
      assertThat(service.requests).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"EU WEST", "eu-west-1.example.com/", "-"})
  void regionThatIsNone_doesNotChooseTheHost(String region) throws Exception {
    try (StandIn service = StandIn.vending()) {
      var result =
          calling(Shell.any(), service, "", "--region", "eu-west-1")
              .with("AWS_REGION", region)
              .result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains("AWS_REGION").doesNotContain("AWS_ENDPOINT_URL_STS", TOKEN);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:iam::1:role/x, us-east-1, https://sts-fips.us-east-1.amazonaws.com",
    "arn:aws-us-gov:iam::1:role/x, us-gov-west-1, https://sts.us-gov-west-1.amazonaws.com"
  })
  void fipsEndpoint_isUsedWhereItIsAskedFor_AndConfiguredOnesAreIgnored(
      String role, String region, String url) throws Exception {
    try (StandIn service = StandIn.vending();
        StandIn sts = new StandIn(request -> StandIn.Answer.json(JSON))) {
      var result =
          calling(Shell.any(), service, sts.url())
              .with("AWS_ROLE_ARN", role)
              .with("AWS_REGION", region)
              .with("AWS_USE_FIPS_ENDPOINT", "true")
              .with("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")
              .with("HTTPS_PROXY", "http://127.0.0.1:1")
              .result();

      assertThat(result.err()).contains(url + ":");
      assertThat(sts.requests).isEmpty();
    }
  }

  @Test
  void characterByItsNumber_isReadInAnXmlError() throws Exception {
    try (StandIn service = StandIn.vending();
        StandIn sts =
            new StandIn(request -> xml(400, xmlError("it&#39;s not &#x41;&#x1b;[1m &#8364;")))) {
      var result = calling(Shell.any(), service, sts.url()).result();

      assertThat(result.err()).contains("InvalidIdentityToken", "it's not A?[1m");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:iam::1:role/x, eu-west-1, https://sts.eu-west-1.amazonaws.com",
    "arn:aws-cn:iam::1:role/x, cn-north-1, https://sts.cn-north-1.amazonaws.com.cn",
    "arn:aws-us-gov:iam::1:role/x, us-gov-west-1, https://sts.us-gov-west-1.amazonaws.com"
  })
  void endpoint_isTheRegionsInTheRolesPartition(String role, String region, String url)
      throws Exception {
    // Nothing leaves the machine: a proxy that is not there.
    try (StandIn service = StandIn.vending()) {
      var result =
          calling(Shell.any(), service, "")
              .with("AWS_ROLE_ARN", role)
              .with("AWS_REGION", region)
              .with("HTTPS_PROXY", "http://127.0.0.1:1")
              .result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains("web identity", url + ":");
    }
  }

  @Test
  void cache_isKeptByRoleAndTokenFile() throws Exception {
    try (StandIn service = StandIn.vending();
        StandIn sts = new StandIn(request -> StandIn.Answer.json(JSON))) {
      calling(Shell.any(), service, sts.url(), "--cache").result();
      var second = calling(Shell.any(), service, sts.url(), "--cache").result();
      assertThat(second.exit()).isZero();
      assertThat(service.requests).hasSize(1);
      assertThat(sts.requests).hasSize(1);

      calling(Shell.any(), service, sts.url(), "--cache")
          .with("AWS_ROLE_ARN", "arn:aws:iam::111122223333:role/Other")
          .result();
      assertThat(service.requests).hasSize(2);
    }
  }
}
