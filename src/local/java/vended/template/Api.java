package vended.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import vended.iam.AccessRequest;
import vended.iam.Policy;

/** The API of a template: its routes and how it decides and refuses before a function is called. */
public final class Api {
  private final Template template;
  private final String logicalId;
  private final Map<String, Object> properties;

  Api(Template template, String logicalId) {
    this.template = template;
    this.logicalId = logicalId;
    this.properties = template.properties(logicalId);
  }

  public String stage() {
    return Tree.requiredAt(properties, "StageName");
  }

  /** What {@code /METHOD/path} is added to, for execute-api:Invoke. */
  public String stageArn() {
    return "arn:%s:execute-api:%s:%s:%s/%s"
        .formatted(
            template.pseudo("Partition"),
            template.pseudo("Region"),
            template.pseudo("AccountId"),
            template.reference(logicalId),
            stage());
  }

  /** The routes of the definition. */
  public List<Route> routes() {
    var routes = new ArrayList<Route>();
    Tree.mapAt(properties, "DefinitionBody", "paths")
        .forEach(
            (path, methods) ->
                Tree.map(methods)
                    .forEach(
                        (method, operation) ->
                            routes.add(
                                route(
                                    method.toUpperCase(Locale.ROOT), path, Tree.map(operation)))));
    return routes;
  }

  private Route route(String method, String path, Map<String, Object> operation) {
    var integration = Tree.mapAt(operation, "x-amazon-apigateway-integration");
    var function = function(Tree.requiredAt(integration, "uri"));
    // Anything but a proxy could write the caller's identity into the event by itself.
    if (!"aws_proxy".equals(integration.get("type"))
        || !"POST".equals(integration.get("httpMethod"))) {
      throw new IllegalArgumentException(
          method + " " + path + " is not a Lambda proxy integration");
    }
    return new Route(
        method,
        path,
        function,
        Tree.requiredAt(template.properties(function), "Handler"),
        authorizer(operation));
  }

  private String function(String uri) {
    return template.ofType("AWS::Serverless::Function").stream()
        .filter(id -> uri.endsWith("/functions/" + aliasArn(id) + "/invocations"))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("an integration with " + uri));
  }

  private String aliasArn(String function) {
    return template.arn(function)
        + ":"
        + Tree.requiredAt(template.properties(function), "AutoPublishAlias");
  }

  private String authorizer(Map<String, Object> operation) {
    if (operation.containsKey("security")) {
      return "its own: " + operation.get("security");
    }
    var otherwise = Tree.textAt(properties, "Auth", "DefaultAuthorizer");
    return otherwise == null ? "NONE" : otherwise;
  }

  /**
   * Whether Lambda lets the API call a route's function.
   *
   * @param stage the stage of the call: API Gateway's own test of a method has {@code
   *     test-invoke-stage}
   */
  public boolean mayInvoke(Route route, String stage) {
    var source = apiArn() + "/" + stage + "/" + route.method() + route.path();
    var request =
        AccessRequest.of(
                "apigateway.amazonaws.com", "lambda:InvokeFunction", aliasArn(route.function()))
            .with("aws:SourceArn", source);
    return Policy.resource(Map.of("Version", "2012-10-17", "Statement", permissions()))
        .evaluate(request)
        .allowed();
  }

  /** The statements that Lambda makes of the permissions. */
  private List<Object> permissions() {
    return template.ofType("AWS::Lambda::Permission").stream()
        .map(template::properties)
        .<Object>map(
            permission ->
                Map.of(
                    "Effect", "Allow",
                    "Principal", Map.of("Service", Tree.requiredAt(permission, "Principal")),
                    "Action", Tree.requiredAt(permission, "Action"),
                    "Resource", Tree.requiredAt(permission, "FunctionName"),
                    "Condition",
                        Map.of(
                            "ArnLike",
                            Map.of("AWS:SourceArn", Tree.requiredAt(permission, "SourceArn")))))
        .toList();
  }

  private String apiArn() {
    return stageArn().substring(0, stageArn().length() - stage().length() - 1);
  }

  /** The resource policy, with the full ARNs that API Gateway makes of the short ones. */
  public Map<String, Object> resourcePolicy() {
    var statements = new ArrayList<Object>();
    for (var statement : Tree.listAt(properties, "Auth", "ResourcePolicy", "CustomStatements")) {
      var expanded = new LinkedHashMap<>(Tree.map(statement));
      expanded.put(
          "Resource",
          Tree.listAt(statement, "Resource").stream()
              .map(arn -> arn.toString().replaceFirst("^execute-api:/", apiArn() + "/"))
              .toList());
      statements.add(expanded);
    }
    return Map.of("Version", "2012-10-17", "Statement", statements);
  }

  /** The types of refusals that the template words. */
  public List<String> gatewayResponseTypes() {
    return List.copyOf(Tree.mapAt(properties, "GatewayResponses").keySet());
  }

  /** What the API answers by itself, for example {@code ACCESS_DENIED} or {@code DEFAULT_4XX}. */
  public GatewayResponse gatewayResponse(String type) {
    var response = Tree.at(properties, "GatewayResponses", type);
    if (response == null) {
      throw new IllegalArgumentException("the template doesn't word " + type);
    }
    var headers = new LinkedHashMap<String, String>();
    Tree.mapAt(response, "ResponseParameters", "Headers")
        .forEach((name, value) -> headers.put(name, value.toString().replaceAll("^'|'$", "")));
    var status = Tree.textAt(response, "StatusCode");
    return new GatewayResponse(
        type,
        status != null ? Integer.parseInt(status) : type.equals("DEFAULT_5XX") ? 500 : 400,
        headers,
        Tree.requiredAt(response, "ResponseTemplates", "application/json"));
  }
}
