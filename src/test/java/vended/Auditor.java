package vended;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vended.Administrator.Answer;
import vended.json.Json;
import vended.json.JsonObject;
import vended.local.LocalStack;
import vended.local.SignedClient;

/** An auditor at the local stack. */
final class Auditor implements AutoCloseable {
  private final SignedClient client;

  Auditor(LocalStack stack) {
    this.client = stack.caller(stack.people().auditor());
  }

  /** The answer as it came. */
  HttpResponse<String> raw(Map<String, ?> question) throws IOException, InterruptedException {
    return post("/audit/query", question);
  }

  HttpResponse<String> post(String path, Map<String, ?> body)
      throws IOException, InterruptedException {
    return client.post(path, Json.write(body));
  }

  Answer ask(Map<String, ?> question) throws IOException, InterruptedException {
    HttpResponse<String> answer = raw(question);
    return new Answer(
        answer.statusCode(), ((JsonObject.Read) JsonObject.read(answer.body())).object().members());
  }

  Answer reconcile(Map<String, ?> body) throws IOException, InterruptedException {
    return reconcile(Json.write(body));
  }

  Answer reconcile(String body) throws IOException, InterruptedException {
    HttpResponse<String> answer = client.post("/audit/reconcile", body);
    return new Answer(
        answer.statusCode(), ((JsonObject.Read) JsonObject.read(answer.body())).object().members());
  }

  /** All pages, each row as {@link #name}. */
  List<String> all(Map<String, ?> question) throws IOException, InterruptedException {
    return all(question, () -> {});
  }

  List<String> all(Map<String, ?> question, Runnable between)
      throws IOException, InterruptedException {
    List<String> names = new ArrayList<>();
    Map<String, Object> next = new HashMap<>(question);
    while (true) {
      Answer page = ask(next);
      if (page.status() != 200) {
        throw new AssertionError(page.toString());
      }
      names.addAll(names(page));
      between.run();
      @Nullable Object cursor = page.body().get("cursor");
      if (cursor == null) {
        return names;
      }
      next.put("cursor", cursor);
    }
  }

  static List<String> names(Answer page) {
    return ((List<?>) Objects.requireNonNull(page.at("records")))
        .stream().map(record -> (Map<?, ?>) record).map(Auditor::name).toList();
  }

  private static String name(Map<?, ?> record) {
    return record.get("at") + " " + record.get("vendId") + " " + record.get("kind");
  }

  @Override
  public void close() {
    client.close();
  }
}
