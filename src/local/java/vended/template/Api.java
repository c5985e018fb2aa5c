package vended.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

  public List<Route> routes() {
    var routes = new ArrayList<Route>();
    for (var function : template.ofType("AWS::Serverless::Function")) {
      for (var event : Tree.mapAt(template.properties(function), "Events").values()) {
        if ("Api".equals(Tree.textAt(event, "Type"))) {
          routes.add(route(function, Tree.at(event, "Properties")));
        }
      }
    }
    return routes;
  }

  private Route route(String function, @Nullable Object event) {
    if (!template.reference(logicalId).equals(Tree.textAt(event, "RestApiId"))) {
      // SAM would make a second API for it, without any of this one's settings.
      throw new IllegalArgumentException("a route of " + function + " names another API");
    }
    var own = Tree.textAt(event, "Auth", "Authorizer");
    var otherwise = Tree.textAt(properties, "Auth", "DefaultAuthorizer");
    return new Route(
        Tree.requiredAt(event, "Method").toUpperCase(Locale.ROOT),
        Tree.requiredAt(event, "Path"),
        function,
        Tree.requiredAt(template.properties(function), "Handler"),
        own != null ? own : otherwise != null ? otherwise : "NONE");
  }

  /** The resource policy, with the full ARNs that API Gateway makes of the short ones. */
  public Map<String, Object> resourcePolicy() {
    var api = stageArn().substring(0, stageArn().length() - stage().length());
    var statements = new ArrayList<Object>();
    for (var statement : Tree.listAt(properties, "Auth", "ResourcePolicy", "CustomStatements")) {
      var expanded = new LinkedHashMap<>(Tree.map(statement));
      expanded.computeIfPresent(
          "Resource", (key, arn) -> arn.toString().replaceFirst("^execute-api:/", api));
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
