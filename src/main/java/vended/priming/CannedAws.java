package vended.priming;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * DynamoDB and STS in memory, for priming: an HTTP client that opens no connection. It answers as
 * the services would if {@link SampleRows} were the allow-list. Its credentials are made up.
 */
public class CannedAws implements SdkHttpClient {
  private static final Pattern SESSION_NAME = Pattern.compile("RoleSessionName=([^&]+)");

  /** BatchGetItem names the table that it reads. */
  private static final Pattern TABLE = Pattern.compile("\"RequestItems\":\\{\"([A-Za-z0-9_.-]+)\"");

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return answer(request);
      }

      @Override
      public void abort() {}
    };
  }

  private HttpExecuteResponse answer(HttpExecuteRequest request) throws IOException {
    SdkHttpRequest http = request.httpRequest();
    String body = body(request);
    return http.firstMatchingHeader("X-Amz-Target")
        .map(target -> response("application/x-amz-json-1.0", dynamoDb(target, body)))
        .orElseGet(() -> response("text/xml", sts(body)));
  }

  private static String dynamoDb(String target, String body) {
    return switch (target) {
      case "DynamoDB_20120810.BatchGetItem" ->
          "{\"Responses\":{\"%s\":%s},\"UnprocessedKeys\":{}}"
              .formatted(first(TABLE, body), SampleRows.JSON);
      case "DynamoDB_20120810.Query" -> "{\"Count\":0,\"Items\":[],\"ScannedCount\":0}";
      default -> "{}";
    };
  }

  private static String sts(String form) {
    String session = URLDecoder.decode(first(SESSION_NAME, form), UTF_8);
    return """
    <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>\
    <AssumedRoleUser><AssumedRoleId>%s:%s</AssumedRoleId>\
    <Arn>arn:aws:sts::%s:assumed-role/priming/%s</Arn></AssumedRoleUser>\
    <Credentials><AccessKeyId>ASIAPRIMINGPRIMING00</AccessKeyId>\
    <SecretAccessKey>made-up</SecretAccessKey><SessionToken>made-up</SessionToken>\
    <Expiration>%s</Expiration></Credentials><PackedPolicySize>1</PackedPolicySize>\
    </AssumeRoleResult><ResponseMetadata><RequestId>priming</RequestId></ResponseMetadata>\
    </AssumeRoleResponse>\
    """
        .formatted(
            SampleRows.CALLER_ID,
            session,
            SampleRows.CLIENT,
            session,
            SampleRows.AT.plusSeconds(SampleRows.DURATION_SECONDS));
  }

  private static String first(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    return found.find() ? found.group(1) : "none";
  }

  private static HttpExecuteResponse response(String contentType, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    return HttpExecuteResponse.builder()
        .response(
            SdkHttpFullResponse.builder()
                .statusCode(200)
                .putHeader("Content-Type", contentType)
                .putHeader("Content-Length", Integer.toString(bytes.length))
                .putHeader("x-amzn-RequestId", "priming")
                .build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(bytes)))
        .build();
  }

  private static String body(HttpExecuteRequest request) throws IOException {
    if (request.contentStreamProvider().isEmpty()) {
      return "";
    }
    try (InputStream content = request.contentStreamProvider().get().newStream()) {
      return new String(content.readAllBytes(), UTF_8);
    }
  }

  @Override
  public void close() {}
}
