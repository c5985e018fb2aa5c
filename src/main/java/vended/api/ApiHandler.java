package vended.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.util.function.Supplier;
import vended.audit.Reason;
import vended.audit.VendId;
import vended.identity.Caller;
import vended.identity.Caller.Identified;
import vended.identity.Caller.Unidentified;

/** A function behind API Gateway: identifies the caller, answers, and logs faults. */
public abstract class ApiHandler
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Supplier<VendId> vendIds;

  /**
   * A door with its source of IDs.
   *
   * @param vendIds names each request
   */
  protected ApiHandler(Supplier<VendId> vendIds) {
    this.vendIds = vendIds;
  }

  @Override
  public final APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    Response response = respond(event, context, vendIds.get());
    return new APIGatewayProxyResponseEvent()
        .withStatusCode(response.status())
        .withHeaders(response.headers())
        .withBody(response.body())
        .withIsBase64Encoded(false);
  }

  private Response respond(APIGatewayProxyRequestEvent event, Context context, VendId vendId) {
    try {
      ApiRequest request = new ApiRequest(event, context, vendId);
      return switch (request.identification()) {
        case Unidentified(Caller.Fault fault) -> refuse(request, Reason.of(fault));
        case Identified(Caller caller) -> answered(request, caller);
      };
    } catch (RuntimeException e) {
      FaultLog.log(context, vendId, e);
      return Responses.internalError(vendId);
    }
  }

  private Response answered(ApiRequest request, Caller caller) {
    try {
      return answer(request, caller);
    } catch (Exception e) {
      request.logFault(request.vendId(), e);
      return fault(request, e);
    }
  }

  /** Refuses a request whose identity is no caller's. */
  protected abstract Response refuse(ApiRequest request, Reason reason);

  /**
   * Answers a request, by its route.
   *
   * @throws Exception for {@link #fault} to answer, once it is logged
   */
  protected abstract Response answer(ApiRequest request, Caller caller) throws Exception;

  /** The response after an exception. Nothing of the exception may be in it. */
  protected Response fault(ApiRequest request, Exception fault) {
    return Responses.internalError(request.vendId());
  }
}
