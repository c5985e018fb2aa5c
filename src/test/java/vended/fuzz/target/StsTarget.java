package vended.fuzz.target;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.StsClient;
import vended.fuzz.Data;
import vended.fuzz.Target;
import vended.sts.AssumeRole;
import vended.sts.IssuedCredentials;
import vended.sts.RoleAssumer;
import vended.sts.StsAnswers;
import vended.sts.StsRoleAssumer;

/**
 * Responses of STS: no exception leaves the adapter, and what is handed out is exactly in the
 * response, of the session that was asked for, and expires in time.
 */
public final class StsTarget implements Target {
  private static final String SESSION = "Deployer@01JZ0000000000000000000000";
  private static final AssumeRole CALL =
      new AssumeRole(
          Rows.ROLE, SESSION, 900, "an-external-id-of-16", null, Map.of(), null, List.of());
  private static final String ARN = "arn:aws:sts::444455556666:assumed-role/deploy/" + SESSION;
  private static final String ISSUED =
      """
      <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>\
      <AssumedRoleUser><AssumedRoleId>AROAEXAMPLEDEPLOY001:%1$s</AssumedRoleId><Arn>%2$s</Arn>\
      </AssumedRoleUser><Credentials><AccessKeyId>ASIAEXAMPLEISSUED001</AccessKeyId>\
      <SecretAccessKey>secret/+=</SecretAccessKey><SessionToken>token</SessionToken>\
      <Expiration>2026-03-01T12:15:00Z</Expiration></Credentials><PackedPolicySize>1\
      </PackedPolicySize></AssumeRoleResult><ResponseMetadata><RequestId>r</RequestId>\
      </ResponseMetadata></AssumeRoleResponse>\
      """
          .formatted(SESSION, ARN);
  private static final String REFUSED =
      """
      <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>\
      <Code>AccessDenied</Code><Message>no</Message></Error><RequestId>r</RequestId></ErrorResponse>\
      """;

  private final Answers answers = new Answers();
  private final RoleAssumer assumer =
      new StsRoleAssumer(answers.client(StsClient.builder(), new StsAnswers()));

  @Override
  public void check(byte[] input) {
    Data data = new Data(input);
    int status = data.pick(List.of(200, 200, 200, 400, 403, 500, 503, 302, 204));
    String text = data.rest();
    answers.answer(status, "text/xml", text.getBytes(StandardCharsets.UTF_8));
    if (!(assumer.assume(CALL) instanceof RoleAssumer.Issued(IssuedCredentials issued))) {
      return;
    }
    Target.check(status / 100 == 2, "only a success issues", status, text);
    Target.check(!issued.toString().contains("secret/+="), "no secret is printed", text);
    if (issued.faultAgainst(CALL, Rows.NOW) != null) {
      return;
    }
    Target.check(ARN.equals(issued.assumedRoleArn()), "of the session asked for", text);
    Instant until = Objects.requireNonNull(issued.expiration());
    Target.check(
        until.isAfter(Rows.NOW) && !until.isAfter(Rows.NOW.plusSeconds(960)), "in time", text);
    Target.check(has(text, issued.accessKeyId()), "the key is in the response", text);
    Target.check(
        !("" + issued.secretAccessKey()).isBlank() && !("" + issued.sessionToken()).isBlank(),
        "complete",
        text);
    Target.check(text.contains("</Credentials>"), "not cut off", text);
  }

  private static boolean has(String text, @Nullable String value) {
    return value != null && text.contains(value);
  }

  @Override
  public List<String> seeds() {
    return List.of(
        "\0" + ISSUED, "\3" + REFUSED, "\5" + REFUSED, "\0<!DOCTYPE a [<!ENTITY b \"c\">]>");
  }

  @Override
  public List<String> words() {
    return List.of(
        "<Credentials>",
        "</Credentials>",
        "<AssumedRoleUser>",
        "</AssumedRoleUser>",
        "<Arn>",
        "</Arn>",
        "<Expiration>",
        "</Expiration>",
        "9999-12-31T23:59:59Z",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "&amp;",
        "&#0;",
        "&x;",
        "<?xml version=\"1.0\"?>",
        "<!DOCTYPE a>",
        "<PackedPolicySize>99999999999</PackedPolicySize>",
        "/>",
        ARN,
        SESSION);
  }
}
