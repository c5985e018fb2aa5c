package vended.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A template's text as maps, lists and scalars, with {@code !Ref x} in its long form. */
final class Yaml {
  private Yaml() {}

  static Map<String, Object> parse(String text) {
    var compose = new Compose(LoadSettings.builder().setParseComments(false).build());
    var root = compose.composeString(text).orElseThrow(() -> new IllegalArgumentException("empty"));
    return Tree.map(value(root));
  }

  private static @Nullable Object value(Node node) {
    var tag = node.getTag().getValue();
    if (!tag.startsWith("!") || tag.equals("!")) {
      return plain(node);
    }
    var name = tag.substring(1);
    return switch (name) {
      case "Ref", "Condition" -> mapOf(name, plain(node));
      case "GetAtt" -> mapOf("Fn::GetAtt", attribute(node));
      default -> mapOf("Fn::" + name, plain(node));
    };
  }

  private static Map<String, @Nullable Object> mapOf(String key, @Nullable Object value) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put(key, value);
    return map;
  }

  private static @Nullable Object attribute(Node node) {
    return node instanceof ScalarNode scalar
        ? List.of(scalar.getValue().split("\\.", 2))
        : plain(node);
  }

  private static @Nullable Object plain(Node node) {
    return switch (node) {
      case MappingNode mapping -> map(mapping);
      case SequenceNode sequence -> {
        var list = new ArrayList<@Nullable Object>();
        sequence.getValue().forEach(item -> list.add(value(item)));
        yield list;
      }
      case ScalarNode scalar -> scalar(scalar);
      default -> throw new IllegalArgumentException("aliases are not for templates: " + node);
    };
  }

  private static Map<String, @Nullable Object> map(MappingNode mapping) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    for (var tuple : mapping.getValue()) {
      var key = ((ScalarNode) tuple.getKeyNode()).getValue();
      if (map.containsKey(key)) {
        throw new IllegalArgumentException("twice in one mapping: " + key);
      }
      map.put(key, value(tuple.getValueNode()));
    }
    return map;
  }

  private static @Nullable Object scalar(ScalarNode scalar) {
    var text = scalar.getValue();
    var tag = scalar.getTag();
    if (tag.equals(Tag.BOOL)) {
      return Boolean.valueOf(text);
    }
    if (tag.equals(Tag.INT)) {
      return Long.valueOf(text);
    }
    if (tag.equals(Tag.FLOAT)) {
      return Double.valueOf(text);
    }
    return tag.equals(Tag.NULL) ? null : text;
  }
}
