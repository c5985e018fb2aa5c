package vended.api.admin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vended.allowlist.read.AllowListPages.GrantKey;
import vended.api.Body;
import vended.api.Fields;
import vended.api.RequestFields;
import vended.api.RequestFields.Asked;
import vended.api.admin.GrantBodies.Line;
import vended.api.admin.GrantBodies.Removal;
import vended.json.JsonError;
import vended.json.JsonObject;

/**
 * The body of {@code /grants/apply}: the lines of a file of grants, each one JSON object in a
 * string, so that a malformed line can't change what the next one means.
 *
 * @param plan whether only to tell what would change
 */
record ApplyBody(boolean plan, List<Line> lines) {
  /** 200 grants with a policy each. */
  static final int MAX_BYTES = 256 * 1024;

  private static final int MAX_LINES = 200;
  private static final String LINES_RULE =
      "must be a list of 1 to 200 strings, each a grant as a JSON object";

  ApplyBody {
    lines = List.copyOf(lines);
  }

  /** {@code {lines, plan?}}. */
  static Body<ApplyBody> read(JsonObject object) {
    Fields fields = new Fields(object);
    boolean plan = fields.optionalFlag("plan");
    boolean there = fields.isThere("lines");
    List<String> texts = fields.optionalTexts("lines", LINES_RULE);
    if (!there || texts.size() > MAX_LINES || (texts.isEmpty() && fields.errors().isEmpty())) {
      fields.error("lines", LINES_RULE);
    }
    return fields.body(() -> texts).then(valid -> read(plan, valid));
  }

  private static Body<ApplyBody> read(boolean plan, List<String> texts) {
    List<JsonError> errors = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    Map<GrantKey, Integer> seen = new HashMap<>();
    for (int i = 0; i < texts.size(); i++) {
      String place = "/lines/" + i;
      switch (line(texts.get(i), plan)) {
        case Body.Invalid<Line> invalid ->
            invalid
                .errors()
                .forEach(
                    error -> errors.add(new JsonError(place + error.pointer(), error.detail())));
        case Body.Valid<Line>(Line line) -> {
          Integer first = seen.putIfAbsent(line.key(), i);
          if (first != null) {
            errors.add(
                new JsonError(place, "has the same caller and role as /lines/%d".formatted(first)));
          }
          lines.add(line);
        }
      }
    }
    return errors.isEmpty()
        ? new Body.Valid<>(new ApplyBody(plan, lines))
        : Body.Invalid.of(errors);
  }

  private static Body<Line> line(String text, boolean plan) {
    return switch (JsonObject.read(text)) {
      case JsonObject.Unreadable(JsonError error) -> Body.Invalid.of(List.of(error));
      case JsonObject.Read(JsonObject object) -> {
        RequestFields fields = new RequestFields(object, List.of());
        // A plan compares a file, which has no versions.
        if (plan && fields.isThere("version")) {
          fields.error("version", "must be left out of a plan");
        }
        yield line(!plan && fields.isThere("remove") ? removal(fields) : GrantBodies.put(fields));
      }
    };
  }

  private static Body<Line> line(Body<? extends Asked<? extends Line>> body) {
    return body.then(asked -> new Body.Valid<>(asked.request()));
  }

  private static Body<Asked<Removal>> removal(RequestFields fields) {
    if (!fields.requiredFlag("remove")) {
      fields.error("remove", "must be true if given");
    }
    return GrantBodies.remove(fields);
  }
}
