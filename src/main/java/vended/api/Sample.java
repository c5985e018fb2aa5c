package vended.api;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vended.Priming;
import vended.Wiring;
import vended.priming.SampleRows;

/**
 * Runs an API's function on a sample request, to prime it: from the bytes of the event to those of
 * the response, through the serializer that Lambda's runtime uses too.
 *
 * @see <a
 *     href="https://github.com/aws/aws-lambda-java-libs/tree/main/aws-lambda-java-serialization">
 *     aws-lambda-java-serialization, which the runtime interface client brings along</a>
 */
public final class Sample implements Priming.Path {
  private static final String EVENT =
      """
      {"resource": "PATH", "path": "PATH", "httpMethod": "POST",
       "headers": {"Content-Type": "application/json", "Host": "priming"},
       "multiValueHeaders": {"Content-Type": ["application/json"], "Host": ["priming"]},
       "queryStringParameters": null, "multiValueQueryStringParameters": null,
       "pathParameters": null, "stageVariables": null,
       "requestContext": {"resourceId": "priming", "resourcePath": "PATH", "httpMethod": "POST",
        "extendedRequestId": "priming=", "requestTime": "01/Jan/2026:00:00:00 +0000",
        "path": "/v1PATH", "accountId": "VENDOR", "protocol": "HTTP/1.1", "stage": "v1",
        "domainPrefix": "priming", "requestTimeEpoch": 1767225600000, "requestId": "priming",
        "identity": {"accountId": "VENDOR", "caller": "CALLER_ID:priming", "sourceIp": "192.0.2.1",
         "accessKey": "ASIAPRIMINGPRIMING00", "userAgent": "priming", "user": "CALLER_ID:priming",
         "userArn": "arn:aws:sts::VENDOR:assumed-role/ROLE/priming"},
        "domainName": "priming", "apiId": "priming"},
       "body": BODY, "isBase64Encoded": false}
      """;

  private final Function<Wiring, ApiHandler> function;
  private final boolean mayBeRefused;
  private final byte[] event;
  private @Nullable Serializers serializers;

  /**
   * A request of the caller in {@link SampleRows}.
   *
   * @param function makes the function of an object graph
   * @param path the route's
   * @param body a JSON object
   */
  public Sample(Function<Wiring, ApiHandler> function, String path, String body) {
    this(function, path, body, SampleRows.VENDOR, "Priming", false);
  }

  private Sample(
      Function<Wiring, ApiHandler> function,
      String path,
      String body,
      String account,
      String role,
      boolean mayBeRefused) {
    this.function = function;
    this.mayBeRefused = mayBeRefused;
    String quoted = '"' + body.replace("\"", "\\\"") + '"';
    this.event =
        EVENT
            .replace("PATH", path)
            .replace("VENDOR", account)
            .replace("ROLE", role)
            .replace("CALLER_ID", SampleRows.CALLER_ID)
            .replace("BODY", quoted)
            .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * A request of a principal in the account of the client in {@link SampleRows}. Where there is no
   * such client, a refusal is a success: it has read the allow-list.
   */
  public static Sample ofClient(Function<Wiring, ApiHandler> function, String path, String body) {
    return new Sample(function, path, body, SampleRows.CLIENT, "Clerk", true);
  }

  @Override
  public boolean run(Wiring wiring) {
    // Not in the constructor: where the runtime lacks them, that would fail the start.
    if (serializers == null) {
      serializers = Serializers.ofRuntime();
    }
    APIGatewayProxyRequestEvent request =
        serializers.events.fromJson(new ByteArrayInputStream(event));
    APIGatewayProxyResponseEvent response =
        function.apply(wiring).handleRequest(request, new SampleContext());
    serializers.responses.toJson(response, new ByteArrayOutputStream());
    return response.getStatusCode() == 200 || (mayBeRefused && response.getStatusCode() < 500);
  }

  private record Serializers(
      PojoSerializer<APIGatewayProxyRequestEvent> events,
      PojoSerializer<APIGatewayProxyResponseEvent> responses) {
    static Serializers ofRuntime() {
      ClassLoader loader = Sample.class.getClassLoader();
      return new Serializers(
          LambdaEventSerializers.serializerFor(APIGatewayProxyRequestEvent.class, loader),
          LambdaEventSerializers.serializerFor(APIGatewayProxyResponseEvent.class, loader));
    }
  }
}
