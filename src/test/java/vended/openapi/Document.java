package vended.openapi;

import static java.util.Objects.requireNonNull;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import vended.json.Json;

/** The OpenAPI document. */
final class Document {
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final Map<?, ?> root;
  private final Map<String, Schema> schemas = new TreeMap<>();

  private Document(Map<?, ?> root) {
    this.root = root;
  }

  static Document read() throws IOException {
    Object root =
        new Load(LoadSettings.builder().build())
            .loadFromString(Files.readString(Path.of("docs", "openapi.yaml")));
    return new Document((Map<?, ?>) requireNonNull(root));
  }

  /** A route: what it takes, and the names of the schemas of its answers by status. */
  record Route(String path, String tag, String request, Map<?, ?> responses) {}

  List<Route> routes() {
    return ((Map<?, ?>) at(root, "paths"))
        .entrySet().stream().map(path -> route((String) path.getKey(), path.getValue())).toList();
  }

  private static Route route(String path, Object item) {
    Object post = at(item, "post");
    return new Route(
        path,
        at(post, "tags", 0).toString(),
        name(at(post, "requestBody", "content", "application/json", "schema", "$ref")),
        (Map<?, ?>) at(post, "responses"));
  }

  /** The schema of a JSON answer with this status; empty if the route does not document it. */
  String answer(Route route, int status) {
    Object response = requireNonNull(route.responses().get(String.valueOf(status)));
    return ((Map<?, ?>) response).containsKey("$ref")
        ? "/components/responses/"
            + name(at(response, "$ref"))
            + "/content/application~1problem+json/schema"
        : "/components/schemas/"
            + name(at(response, "content", "application/json", "schema", "$ref"));
  }

  private static String name(Object ref) {
    return ref.toString().replaceFirst(".*/", "");
  }

  /** Bodies that the document shows. */
  List<?> examples(String schema) {
    return (List<?>) at(root, "components", "schemas", schema, "examples");
  }

  /** The names of all members that a body may have. */
  Set<String> members(String schema) {
    TreeSet<String> names = new TreeSet<>();
    Map<?, ?> body = (Map<?, ?>) at(root, "components", "schemas", schema);
    if (body.get("properties") instanceof Map<?, ?> properties) {
      properties.keySet().forEach(name -> names.add((String) name));
    }
    if (!body.containsKey("properties")) {
      for (Object branch : (List<?>) at(body, "oneOf")) {
        ((Map<?, ?>) at(branch, "properties")).keySet().forEach(name -> names.add((String) name));
      }
    }
    return names;
  }

  /** The codes of problems, by status. */
  Map<Integer, Set<String>> codes() {
    Map<Integer, Set<String>> codes = new TreeMap<>();
    ((Map<?, ?>) at(root, "components", "responses"))
        .values()
        .forEach(
            response -> {
              Object schema = at(response, "content", "application/problem+json", "schema");
              Object properties = at(schema, "allOf", 1, "properties");
              TreeSet<String> of = new TreeSet<>();
              ((List<?>) at(properties, "code", "enum")).forEach(code -> of.add((String) code));
              codes.put((Integer) at(properties, "status", "const"), of);
            });
    return codes;
  }

  /** What is wrong with a text by a schema of this document. */
  List<String> faults(String pointer, String json) {
    return faults(schemas.computeIfAbsent(pointer, this::schema), json);
  }

  static List<String> faults(Schema schema, String json) {
    return schema.validate(json, InputFormat.JSON).stream().map(Object::toString).toList();
  }

  private Schema schema(String pointer) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("$ref", "#" + pointer);
    document.put("components", requireNonNull(root.get("components")));
    return SCHEMAS.getSchema(Json.write(document));
  }

  static Schema ofFile(Path file) throws IOException {
    return SCHEMAS.getSchema(Files.readString(file));
  }

  static Object at(Object node, Object... path) {
    for (Object step : path) {
      node =
          requireNonNull(
              step instanceof Integer index
                  ? ((List<?>) node).get(index)
                  : ((Map<?, ?>) node).get(step),
              () -> "no " + step);
    }
    return node;
  }
}
