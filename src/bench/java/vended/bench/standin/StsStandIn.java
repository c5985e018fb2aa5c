package vended.bench.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import vended.lambda.HttpCall;
import vended.lambda.HttpReply;

/** STS's answer to AssumeRole, with made-up credentials of the role and session asked for. */
final class StsStandIn {
  private static final String TOKEN = "IQoJb3JpZ2luX2Vj" + "x".repeat(640);

  private StsStandIn() {}

  static HttpReply answer(HttpCall call) {
    Map<String, String> form = form(call.body());
    if (!"AssumeRole".equals(form.get("Action"))) {
      return HttpReply.of(400, "text/xml", "<ErrorResponse/>");
    }
    String id = UUID.randomUUID().toString();
    return HttpReply.of(200, "text/xml", document(form, id)).with("x-amzn-RequestId", id);
  }

  private static String document(Map<String, String> form, String requestId) {
    String[] arn = form.getOrDefault("RoleArn", "").split("[:/]", -1);
    String account = arn[4];
    String role = arn[arn.length - 1];
    String session = form.getOrDefault("RoleSessionName", "");
    long seconds = Long.parseLong(form.getOrDefault("DurationSeconds", "3600"));
    Instant end = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(seconds);
    return """
    <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
      <AssumeRoleResult>
        <SourceIdentity>%s</SourceIdentity>
        <AssumedRoleUser>
          <AssumedRoleId>AROAEXAMPLEDEPLOY0001:%s</AssumedRoleId>
          <Arn>arn:aws:sts::%s:assumed-role/%s/%s</Arn>
        </AssumedRoleUser>
        <Credentials>
          <AccessKeyId>ASIAEXAMPLEISSUED001</AccessKeyId>
          <SecretAccessKey>exampleSecretAccessKeyexampleSecretAcces</SecretAccessKey>
          <SessionToken>%s</SessionToken>
          <Expiration>%s</Expiration>
        </Credentials>
        <PackedPolicySize>6</PackedPolicySize>
      </AssumeRoleResult>
      <ResponseMetadata><RequestId>%s</RequestId></ResponseMetadata>
    </AssumeRoleResponse>
    """
        .formatted(
            form.getOrDefault("SourceIdentity", ""),
            session,
            account,
            role,
            session,
            TOKEN,
            end,
            requestId);
  }

  private static Map<String, String> form(String body) {
    Map<String, String> form = new HashMap<>();
    Arrays.stream(body.split("&", -1))
        .map(member -> member.split("=", 2))
        .filter(member -> member.length == 2)
        .forEach(member -> form.put(member[0], URLDecoder.decode(member[1], UTF_8)));
    return form;
  }
}
