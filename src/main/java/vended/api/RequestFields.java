package vended.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vended.identity.AccountId;
import vended.identity.CallerArn;
import vended.identity.RoleArn;
import vended.json.JsonObject;
import vended.text.VisibleText;

/** Reads what bodies about the allow-list have in common. */
public final class RequestFields extends Fields {
  private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59Z");
  private static final String TIME_RULE =
      "must be a time to the second, from 1970 to 9999, like 2026-01-31T00:00:00Z";

  public static final String ROLE_RULE =
      "must be the ARN of an IAM role, arn:aws:iam::ACCOUNT:role/PATH/NAME, no wildcards";
  public static final String CALLER_RULE =
      "must be the ARN of an IAM role or user, not of a session, no wildcards";

  private final Form form;

  /** For a body that can ask for JSON or a table. */
  public RequestFields(JsonObject object) {
    this(object, List.of(Form.JSON, Form.TABLE));
  }

  /**
   * For a body that can ask for other forms.
   *
   * @param forms the first is the default; empty for an object that is not a body
   */
  public RequestFields(JsonObject object, List<Form> forms) {
    super(object);
    this.form = forms.isEmpty() ? Form.JSON : form(forms);
  }

  private Form form(List<Form> forms) {
    Form wanted =
        optional(
            "format",
            text -> forms.stream().filter(one -> one.word().equals(text)).findAny(),
            "must be " + forms.stream().map(Form::word).collect(Collectors.joining(" or ")));
    return wanted == null ? forms.getFirst() : wanted;
  }

  /** The forms of responses. */
  public enum Form {
    /** JSON, for programs. */
    JSON,
    /** Text in columns, for people. */
    TABLE,
    /** A string for each row, as {@code /grants/apply} takes them. */
    LINES;

    /** The word for it in bodies. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A request, and the form in which its response is wanted. */
  public record Asked<T>(T request, Form form) {}

  /** The request with its form, or all errors if there are any. */
  public <T> Body<Asked<T>> asked(Supplier<T> request) {
    return body(() -> new Asked<>(request.get(), form));
  }

  public @Nullable String account() {
    return requiredText("account", AccountId::matches, "must be an AWS account ID, 12 digits");
  }

  public @Nullable RoleArn role() {
    return required("roleArn", RoleArn::parse, ROLE_RULE);
  }

  public @Nullable RoleArn optionalRole() {
    return optional("roleArn", RoleArn::parse, ROLE_RULE);
  }

  public @Nullable CallerArn caller() {
    return required("caller", RequestFields::parsedCaller, CALLER_RULE);
  }

  public @Nullable CallerArn optionalCaller() {
    return optional("caller", RequestFields::parsedCaller, CALLER_RULE);
  }

  /** IAM allows * and ? in a user's path, where they would look like wildcards. */
  private static Optional<CallerArn> parsedCaller(String text) {
    return text.contains("*") || text.contains("?") ? Optional.empty() : CallerArn.parse(text);
  }

  /** The version that the change expects, from 1. */
  public @Nullable Long version() {
    Integer version =
        optionalInteger(
            "version", 1, Integer.MAX_VALUE, "must be the version that you read, from 1");
    return version == null ? null : Long.valueOf(version);
  }

  public @Nullable Instant time(String name) {
    return optional(name, RequestFields::parsedTime, TIME_RULE);
  }

  private static Optional<Instant> parsedTime(String text) {
    try {
      return Optional.of(Instant.parse(text))
          .filter(time -> time.getEpochSecond() >= 0 && time.getNano() == 0)
          .filter(time -> !time.isAfter(LAST_TIME));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether a text for people is short, not blank, and one line, so that it can't forge another.
   */
  public static boolean isPlain(String text, int most) {
    return text.length() <= most && VisibleText.isOneLine(text) && !text.isBlank();
  }

  /** The constant that a word names, in lower case. */
  public static <E extends Enum<E>> Optional<E> word(E[] constants, String text) {
    return Arrays.stream(constants)
        .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(text))
        .findAny();
  }
}
