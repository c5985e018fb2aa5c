package vended.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.ProxyRequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.RequestIdentity;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vended.audit.VendRecord.Requester;
import vended.identity.Caller;
import vended.identity.Caller.Identified;
import vended.identity.FunctionArn;
import vended.identity.GatewayIdentity;

/**
 * What a proxy event says beside its body: taken from requestContext, which no client can write.
 */
public final class Requests {
  private static final int MAX_TEXT = 256;
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]");

  private Requests() {}

  public static GatewayIdentity identity(APIGatewayProxyRequestEvent event) {
    ProxyRequestContext context = event.getRequestContext();
    RequestIdentity identity = context == null ? null : context.getIdentity();
    if (identity == null) {
      return new GatewayIdentity(null, null, null, null, false, null, null);
    }
    return new GatewayIdentity(
        identity.getUserArn(),
        identity.getCaller(),
        identity.getAccountId(),
        identity.getAccessKey(),
        hasCognito(identity),
        identity.getSourceIp(),
        identity.getUserAgent());
  }

  private static boolean hasCognito(RequestIdentity identity) {
    return identity.getCognitoIdentityId() != null
        || identity.getCognitoIdentityPoolId() != null
        || identity.getCognitoAuthenticationProvider() != null
        || identity.getCognitoAuthenticationType() != null;
  }

  /** Who asks, for the records: also who was refused, as far as API Gateway named it. */
  public static Requester requester(
      APIGatewayProxyRequestEvent event, Caller.Identification identification) {
    GatewayIdentity identity = identity(event);
    ProxyRequestContext context = event.getRequestContext();
    String requestId = context == null ? null : plain(context.getExtendedRequestId());
    return identification instanceof Identified(Caller caller)
        ? new Requester(
            caller.arn().value(),
            caller.uniqueId(),
            caller.session(),
            caller.arn().account(),
            plain(identity.accessKey()),
            plain(identity.sourceIp()),
            plain(identity.userAgent()),
            requestId)
        : new Requester(
            plain(identity.userArn()),
            plain(identity.caller()),
            null,
            plain(identity.accountId()),
            plain(identity.accessKey()),
            plain(identity.sourceIp()),
            plain(identity.userAgent()),
            requestId);
  }

  /** The account that the function runs in: the vendor's own. Empty where that can't be told. */
  public static String ownAccount(Context context) {
    return FunctionArn.parse(context.getInvokedFunctionArn()).map(FunctionArn::account).orElse("");
  }

  /** Short, and without control characters: it is shown to people by terminals and spreadsheets. */
  private static @Nullable String plain(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    String printable = CONTROL.matcher(text).replaceAll("?");
    return printable.length() <= MAX_TEXT ? printable : printable.substring(0, MAX_TEXT);
  }
}
