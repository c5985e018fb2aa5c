package vended.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.ProxyRequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.RequestIdentity;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vended.audit.Requester;
import vended.audit.Trace;
import vended.audit.VendId;
import vended.identity.Caller;
import vended.identity.Caller.Identified;
import vended.identity.FunctionArn;
import vended.identity.GatewayIdentity;
import vended.json.JsonObject;
import vended.text.VisibleText;

/**
 * A request to one of the API's functions. Who calls comes from {@code requestContext}, which no
 * client can write, and from nowhere else.
 */
public final class ApiRequest {
  private static final int MAX_TEXT = 256;

  private final APIGatewayProxyRequestEvent event;
  private final Context context;
  private final Caller.Identification identification;
  private final Trace trace;

  ApiRequest(APIGatewayProxyRequestEvent event, Context context, VendId vendId) {
    this.event = event;
    this.context = context;
    GatewayIdentity identity = identity(event.getRequestContext());
    this.identification = Caller.identify(identity);
    this.trace = new Trace(vendId, requester(event, identity, identification));
  }

  private static GatewayIdentity identity(@Nullable ProxyRequestContext context) {
    if (context == null || context.getIdentity() == null) {
      return new GatewayIdentity(null, null, null, null, false, null, null, null);
    }
    RequestIdentity identity = context.getIdentity();
    return new GatewayIdentity(
        identity.getUserArn(),
        identity.getCaller(),
        identity.getAccountId(),
        identity.getAccessKey(),
        hasCognito(identity),
        context.getStage(),
        identity.getSourceIp(),
        identity.getUserAgent());
  }

  private static boolean hasCognito(RequestIdentity identity) {
    return identity.getCognitoIdentityId() != null
        || identity.getCognitoIdentityPoolId() != null
        || identity.getCognitoAuthenticationProvider() != null
        || identity.getCognitoAuthenticationType() != null;
  }

  /** For a refused identity, the requester is whatever API Gateway reported. */
  private static Requester requester(
      APIGatewayProxyRequestEvent event,
      GatewayIdentity identity,
      Caller.Identification identification) {
    ProxyRequestContext context = event.getRequestContext();
    Caller caller = identification instanceof Identified(Caller identified) ? identified : null;
    return new Requester(
        caller == null ? plain(identity.userArn()) : caller.arn().value(),
        caller == null ? plain(identity.caller()) : caller.uniqueId(),
        caller == null ? null : caller.session(),
        caller == null ? plain(identity.accountId()) : caller.arn().account(),
        plain(identity.accessKey()),
        plain(identity.sourceIp()),
        plain(identity.userAgent()),
        context == null ? null : plain(context.getExtendedRequestId()));
  }

  /** Short, and without control characters: terminals and spreadsheets show it to people. */
  private static @Nullable String plain(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    String printable = VisibleText.oneLine(text);
    return printable.length() <= MAX_TEXT ? printable : printable.substring(0, MAX_TEXT);
  }

  Caller.Identification identification() {
    return identification;
  }

  /** The request's ID and who sent it, for the records. */
  public Trace trace() {
    return trace;
  }

  /** The request's ID, which every error response carries. */
  public VendId vendId() {
    return trace.vendId();
  }

  /** Method and path, for example {@code POST /credentials}. */
  public String route() {
    // The template's route, not the path: behind a custom domain the path has a prefix.
    return event.getHttpMethod() + " " + event.getResource();
  }

  /** The body as a JSON object of at most 8 KiB. */
  private Body<JsonObject> body() {
    return body(Body.MAX_BYTES);
  }

  /**
   * The body as a JSON object.
   *
   * @param maxBytes its largest size, in bytes of UTF-8
   */
  public Body<JsonObject> body(int maxBytes) {
    return Body.read(event, maxBytes, JsonObject::read);
  }

  /** The same for a body with documents of other services in it, which may nest deeper. */
  public Body<JsonObject> foreignBody(int maxBytes) {
    return Body.read(event, maxBytes, JsonObject::readForeign);
  }

  /**
   * Answers with what {@code use} makes of the body, or with the errors of an invalid one.
   *
   * @throws E if {@code use} does
   */
  public <T, E extends Exception> Response answer(
      Function<JsonObject, Body<T>> read, Body.Use<T, E> use) throws E {
    return body().then(read).answer(vendId(), use);
  }

  /** The account that the function runs in, the vendor's own; empty if Lambda does not say. */
  public String ownAccount() {
    return FunctionArn.parse(context.getInvokedFunctionArn()).map(FunctionArn::account).orElse("");
  }

  /** How long the function may still run. */
  public Duration remainingTime() {
    return Duration.ofMillis(context.getRemainingTimeInMillis());
  }

  /** Writes a line to the function's log. */
  public void log(String line) {
    context.getLogger().log(line, LogLevel.INFO);
  }

  /** Writes a warning to the function's log. */
  public void warn(String line) {
    context.getLogger().log(line, LogLevel.WARN);
  }

  /**
   * Logs a fault of the program.
   *
   * @param vendId the ID that its response carries
   */
  public void logFault(VendId vendId, Throwable fault) {
    FaultLog.log(context, vendId, fault);
  }
}
