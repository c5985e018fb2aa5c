package vended.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vended.identity.AccountId;
import vended.identity.CallerArn;
import vended.identity.RoleArn;
import vended.json.JsonError;
import vended.json.JsonObject;
import vended.text.VisibleText;

/** Takes what the bodies of the administrators' routes have in common. */
public final class RequestFields {
  private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59Z");
  private static final String TIME_RULE =
      "must be a time to the second, from 1970 to 9999, like 2026-01-31T00:00:00Z";

  public static final String ROLE_RULE =
      "must be the ARN of an IAM role, arn:aws:iam::ACCOUNT:role/PATH/NAME, no wildcards";

  private static final String CALLER_RULE =
      "must be the ARN of an IAM role or user, not of a session, no wildcards";

  private final Fields fields;
  private final Form form;

  public RequestFields(JsonObject object) {
    this(object, List.of(Form.JSON, Form.TABLE));
  }

  /**
   * Of a body.
   *
   * @param forms in which its answer can be had; the first is that of a body that names none. None
   *     for an object that is no body and has no answer of its own.
   */
  public RequestFields(JsonObject object, List<Form> forms) {
    this.fields = new Fields(object);
    this.form = forms.isEmpty() ? Form.JSON : form(fields, forms);
  }

  private static Form form(Fields fields, List<Form> forms) {
    Form wanted =
        fields.optional(
            "format",
            text -> forms.stream().filter(form -> form.word().equals(text)).findAny().orElse(null),
            "must be " + forms.stream().map(Form::word).collect(Collectors.joining(" or ")));
    return wanted == null ? forms.getFirst() : wanted;
  }

  /** The forms of answers. */
  public enum Form {
    /** JSON, for programs. */
    JSON,
    /** Text in columns, for people. */
    TABLE,
    /** One text for each row, as {@code /grants/apply} reads them. */
    LINES;

    /** The word for it in bodies. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A request, and the form in which its answer is wanted.
   *
   * @param <T> what is asked for
   */
  public record Asked<T>(T request, Form form) {}

  public Fields fields() {
    return fields;
  }

  /** The request, unless anything was wrong. */
  public <T> Body<Asked<T>> done(Supplier<T> request) {
    List<JsonError> errors = fields.errors();
    return errors.isEmpty()
        ? new Body.Valid<>(new Asked<>(request.get(), form))
        : Body.Invalid.of(errors);
  }

  public @Nullable String account() {
    return fields.required(
        "account",
        text -> AccountId.matches(text) ? text : null,
        "must be an AWS account's ID, a string of twelve digits");
  }

  public @Nullable RoleArn role() {
    return fields.required("roleArn", RequestFields::role, ROLE_RULE);
  }

  public @Nullable RoleArn optionalRole() {
    return fields.optional("roleArn", RequestFields::role, ROLE_RULE);
  }

  private static @Nullable RoleArn role(String text) {
    return RoleArn.parse(text).orElse(null);
  }

  public @Nullable CallerArn caller() {
    return fields.required("caller", RequestFields::caller, CALLER_RULE);
  }

  public @Nullable CallerArn optionalCaller() {
    return fields.optional("caller", RequestFields::caller, CALLER_RULE);
  }

  /** IAM allows * and ? in a user's path, where they would look like wildcards and be none. */
  private static @Nullable CallerArn caller(String text) {
    return text.contains("*") || text.contains("?") ? null : CallerArn.parse(text).orElse(null);
  }

  /** The version that is changed, from 1 on. */
  public @Nullable Long version() {
    Integer version =
        fields.optionalInteger(
            "version", 1, Integer.MAX_VALUE, "must be the version that you have read, from 1 on");
    return version == null ? null : Long.valueOf(version);
  }

  public @Nullable Instant time(String name) {
    return fields.optional(name, RequestFields::parsedTime, TIME_RULE);
  }

  private static @Nullable Instant parsedTime(String text) {
    try {
      Instant time = Instant.parse(text);
      boolean inRange = time.getEpochSecond() >= 0 && !time.isAfter(LAST_TIME);
      return time.getNano() == 0 && inRange ? time : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** A text for people: one line, so that it can't forge another in a terminal. */
  public static @Nullable String plain(String text, int most) {
    return text.length() <= most && VisibleText.isOneLine(text) && !text.isBlank() ? text : null;
  }
}
