package vended.local;

import java.util.List;
import java.util.Optional;
import vended.iam.AccessRequest;
import vended.iam.Decision;
import vended.iam.Policy;
import vended.template.Api;
import vended.template.GatewayResponse;
import vended.template.Route;
import vended.template.Template;

/** The API as template.yaml has it: its routes, who may call them, and what its refusals say. */
final class GatewayApi {
  private final Template template;
  private final Api api;
  private final List<Route> routes;
  private final Policy resourcePolicy;
  private final Attachments attachments;

  GatewayApi(Template template, Attachments attachments) {
    this.template = template;
    this.api = template.api();
    this.routes = api.routes();
    this.resourcePolicy = Policy.resource(api.resourcePolicy());
    this.attachments = attachments;
    for (Route route : routes) {
      if (!route.authorizer().equals("AWS_IAM")) {
        throw new IllegalArgumentException("Not behind AWS_IAM: " + route);
      }
      if (!api.mayInvoke(route, api.stage())) {
        throw new IllegalArgumentException("No permission of Lambda for " + route);
      }
    }
  }

  List<Route> routes() {
    return routes;
  }

  Optional<Route> route(String method, String path) {
    return routes.stream()
        .filter(route -> route.method().equals(method) && route.path().equals(path))
        .findFirst();
  }

  String account() {
    return api.stageArn().split(":", 6)[4];
  }

  String apiId() {
    return api.stageArn().split(":", 6)[5].replaceFirst("/.*", "");
  }

  String stage() {
    return api.stage();
  }

  int timeoutSeconds(Route route) {
    return Integer.parseInt(String.valueOf(template.properties(route.function()).get("Timeout")));
  }

  String functionArn(Route route) {
    return template.arn(route.function());
  }

  String resourceArn(Route route) {
    return route.arn(api.stageArn());
  }

  /**
   * A caller needs a policy of its own, since the API's names accounts, not callers. One of another
   * account needs the API's, too (API Gateway developer guide, "How API Gateway resource policies
   * affect authorization workflow").
   */
  boolean mayInvoke(Principal caller, Route route) {
    AccessRequest request =
        AccessRequest.of(caller.arn(), "execute-api:Invoke", resourceArn(route))
            .by(caller.identityArn())
            .with("aws:PrincipalArn", caller.identityArn())
            .with("aws:PrincipalAccount", caller.account());
    Decision own = Policy.evaluate(attachments.of(caller), request);
    Decision ofApi = resourcePolicy.evaluate(request);
    boolean sameAccount = account().equals(caller.account());
    if (own == Decision.EXPLICIT_DENY || ofApi == Decision.EXPLICIT_DENY) {
      return false;
    }
    return sameAccount ? own.allowed() || ofApi.allowed() : own.allowed() && ofApi.allowed();
  }

  /** The template's answer of a type, or else of the default that stands for it. */
  GatewayResponse response(String type, int status) {
    boolean worded = api.gatewayResponseTypes().contains(type);
    String standIn = status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX";
    return api.gatewayResponse(worded ? type : standIn);
  }
}
