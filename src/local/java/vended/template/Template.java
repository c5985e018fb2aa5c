package vended.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A CloudFormation or SAM template, resolved: no functions are left, resources whose condition
 * doesn't hold are gone, names and ARNs are realistic.
 */
public final class Template {
  private final Map<String, Map<String, Object>> resources = new LinkedHashMap<>();
  private final Map<String, String> outputs = new LinkedHashMap<>();
  private final PhysicalIds ids;
  private final Parameters parameters;

  private Template(Map<String, Object> tree, Map<String, String> given) {
    parameters = new Parameters(Tree.mapAt(tree, "Parameters"), given);
    var declared = new LinkedHashMap<>(Tree.mapAt(tree, "Resources"));
    declared.replaceAll((_, resource) -> withGlobals(tree, resource));
    var intrinsics = new Intrinsics(parameters, Tree.mapAt(tree, "Conditions"), declared);
    ids = new PhysicalIds(parameters, declared, intrinsics);
    declared.forEach(
        (id, resource) -> {
          if (isWanted(intrinsics, resource)) {
            resources.put(id, Tree.map(intrinsics.resolve(resource)));
          }
        });
    Tree.mapAt(tree, "Outputs")
        .forEach(
            (name, output) -> {
              if (isWanted(intrinsics, output)) {
                outputs.put(name, intrinsics.text(Tree.at(output, "Value")));
              }
            });
  }

  private static boolean isWanted(Intrinsics intrinsics, Object tree) {
    var condition = Tree.textAt(tree, "Condition");
    return condition == null || intrinsics.holds(condition);
  }

  /**
   * SAM's Globals are properties of every function. Maps are merged; of anything else the
   * resource's own wins (SAM specification, "Globals section").
   */
  private static Object withGlobals(Map<String, Object> tree, Object resource) {
    if (!"AWS::Serverless::Function".equals(Tree.textAt(resource, "Type"))) {
      return resource;
    }
    var result = new LinkedHashMap<>(Tree.map(resource));
    result.put(
        "Properties",
        merged(Tree.mapAt(tree, "Globals", "Function"), Tree.mapAt(resource, "Properties")));
    return result;
  }

  private static Map<String, Object> merged(Map<String, Object> global, Map<String, Object> own) {
    var result = new LinkedHashMap<>(global);
    own.forEach(
        (name, value) ->
            result.merge(
                name,
                value,
                (shared, wanted) ->
                    shared instanceof Map<?, ?> map && wanted instanceof Map<?, ?> more
                        ? merged(Tree.map(map), Tree.map(more))
                        : wanted));
    return result;
  }

  /**
   * Reads a template.
   *
   * @param given values of parameters without a default, or other ones; also of pseudo parameters,
   *     such as {@code AWS::Region} and {@code AWS::AccountId}
   */
  public static Template read(Path file, Map<String, String> given) {
    try {
      return parse(Files.readString(file), given);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Template parse(String text, Map<String, String> given) {
    return new Template(Yaml.parse(text), given);
  }

  public Map<String, Map<String, Object>> resources() {
    return Collections.unmodifiableMap(resources);
  }

  public Map<String, Object> resource(String logicalId) {
    var resource = resources.get(logicalId);
    if (resource == null) {
      throw new IllegalArgumentException("no resource " + logicalId);
    }
    return resource;
  }

  public Map<String, Object> properties(String logicalId) {
    return Tree.mapAt(resource(logicalId), "Properties");
  }

  /** The logical ids of the resources of a type, in the template's order. */
  public List<String> ofType(String type) {
    return resources.keySet().stream()
        .filter(id -> type.equals(Tree.textAt(resource(id), "Type")))
        .toList();
  }

  public Map<String, String> outputs() {
    return Collections.unmodifiableMap(outputs);
  }

  /** What {@code !Ref} gives: a table's or a role's name, a managed policy's ARN. */
  public String reference(String logicalId) {
    return ids.reference(logicalId);
  }

  public String arn(String logicalId) {
    return ids.attribute(logicalId, "Arn");
  }

  public List<Table> tables() {
    return ofType("AWS::DynamoDB::Table").stream().map(this::table).toList();
  }

  public Table table(String logicalId) {
    return Table.of(logicalId, ids.reference(logicalId), arn(logicalId), resource(logicalId));
  }

  /** A function's environment variables, with this template's names of the tables. */
  public Map<String, String> environment(String function) {
    var result = new LinkedHashMap<String, String>();
    Tree.mapAt(properties(function), "Environment", "Variables")
        .forEach((name, value) -> result.put(name, value.toString()));
    return result;
  }

  /** The one API of the template. */
  public Api api() {
    var apis = ofType("AWS::Serverless::Api");
    if (apis.size() != 1) {
      throw new IllegalArgumentException("not one API but " + apis);
    }
    return new Api(this, apis.getFirst());
  }

  public List<Route> routes() {
    return api().routes();
  }

  /** What the API answers by itself, for example {@code ACCESS_DENIED}. */
  public GatewayResponse gatewayResponse(String type) {
    return api().gatewayResponse(type);
  }

  /** A policy document, for {@code vended.iam.Policy.identity}. */
  public Object managedPolicy(String logicalId) {
    return Tree.map(properties(logicalId).get("PolicyDocument"));
  }

  public Roles roles() {
    return new Roles(this);
  }

  /** The policy documents of the role that a function runs as. */
  public List<Object> functionPolicies(String function) {
    return roles().functionPolicies(function);
  }

  /** A pseudo parameter, for example {@code AccountId}. */
  public String pseudo(String name) {
    return parameters.pseudo(name);
  }
}
