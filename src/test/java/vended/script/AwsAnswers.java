package vended.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vended.json.Json;

/** STAND-IN answers of the AWS CLI, by question: service, operation, and what it is about. */
abstract class AwsAnswers {
  private final Map<String, String> answers = new LinkedHashMap<>();

  /** What AWS answers, where the AWS CLI prints a part of it (--query). */
  private final Map<String, String> whole = new LinkedHashMap<>();

  final void put(String question, Map<String, ?> answer) {
    answers.put(question, "0\n" + Json.write(answer));
  }

  /** The AWS CLI prints nothing for an empty answer. */
  final void empty(String question) {
    answers.put(question, "0\n");
  }

  /** Of the form of AWS CLI 1 and 2. */
  final void refuse(String question, String code, String message) {
    StringBuilder operation = new StringBuilder();
    for (String word : question.split(" ", 3)[1].split("-", -1)) {
      operation.append(word.substring(0, 1).toUpperCase(Locale.ROOT));
      operation.append(word.substring(1));
    }
    answers.put(
        question,
        "254\n"
            + "\nAn error occurred (%s) when calling the %s operation: %s\n"
                .formatted(code, operation, message));
  }

  /** An answer of which the script asks for a part. */
  final void part(String question, Map<String, ?> answer, List<String> printed) {
    answers.put(question, "0\n" + Json.text(printed));
    whole.put(question, Json.write(answer));
  }

  /** Refuses all questions but those that everything else depends on. */
  final void refuseReads() {
    for (String question : List.copyOf(answers.keySet())) {
      if (!question.startsWith("sts ")
          && !question.startsWith("cloudformation describe")
          && !question.startsWith("cloudformation list")) {
        refuse(question, "AccessDenied", "because no identity-based policy allows it");
      }
    }
  }

  /** Writes them where the stand-in for the AWS CLI looks, and returns the folder. */
  Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (var answer : answers.entrySet()) {
      Files.writeString(folder.resolve(answer.getKey().replace('/', '%')), answer.getValue());
    }
    for (var answer : whole.entrySet()) {
      Files.writeString(
          folder.resolve(answer.getKey().replace('/', '%') + ".whole"), answer.getValue());
    }
    return folder;
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> object(@Nullable Object tree) {
    return (Map<String, Object>) Objects.requireNonNull(tree);
  }
}
