package vended.volume;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.ProxyRequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import vended.Wiring;
import vended.api.SampleContext;
import vended.api.audit.AuditHandler;
import vended.audit.query.Period;
import vended.clock.SteppingClock;
import vended.json.Json;
import vended.local.LocalStack;

/** Makes a report by calls of the handler, as many as it takes. */
final class SmallCalls {
  private static final Who AUDITOR =
      new Who("arn:aws:iam::111122223333:user/volume-auditor", "AIDAVOLUMEAUDITOR00");

  private SmallCalls() {}

  /** What came of it. */
  record Made(String body, int calls) {}

  /** In more calls than the deployed function would need. */
  static Made report(LocalStack stack, Period period) {
    // Each look at the clock takes a quarter of a second, so the time of a call is soon over.
    Clock hasty = new SteppingClock(Instant.now(), Duration.ofMillis(250));
    return report(new Wiring(stack.environment(), hasty), period);
  }

  static Made report(Wiring wiring, Period period) {
    AuditHandler handler = new AuditHandler(wiring);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("since", period.since().toString());
    body.put("until", period.until().toString());
    body.put("format", "json");
    int calls = 0;
    int failures = 0;
    while (true) {
      var event =
          new APIGatewayProxyRequestEvent()
              .withHttpMethod("POST")
              .withResource("/audit/report")
              .withBody(Json.write(body))
              .withRequestContext(
                  new ProxyRequestContext().withStage("v1").withIdentity(AUDITOR.identity("")));
      APIGatewayProxyResponseEvent answer = handler.handleRequest(event, new SampleContext());
      calls++;
      // As a client does: a busy machine can be slower than the function's time limits.
      if (answer.getStatusCode() == 503 && ++failures < 10) {
        continue;
      }
      if (answer.getStatusCode() == 200) {
        return new Made(answer.getBody(), calls);
      }
      assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(202);
      body.put("cursor", Objects.requireNonNull(Records.object(answer.getBody()).get("cursor")));
    }
  }
}
