package vended.api.admin;

import java.util.function.Function;
import vended.admin.change.AdminResult;
import vended.admin.change.Refusal;
import vended.api.ApiRequest;
import vended.api.Body;
import vended.api.RequestFields.Asked;
import vended.api.Response;
import vended.json.JsonObject;

/**
 * One of the administrators' routes: everything about it that is not the same for all.
 *
 * @param path the template's path; the method is always {@code POST}
 * @param changes whether it changes the allow-list, so that a fault may leave a change behind
 * @param advice what administrators are told when it is refused
 * @param action reads the body and answers
 */
record AdminRoute(String path, boolean changes, AdminAdvice advice, Action action) {
  /** Answers a request, with the advice of the route. */
  interface Action {
    Response answer(ApiRequest request, AdminAdvice advice);
  }

  /** What a route does with a valid body. */
  interface Use<T> {
    AdminResult<View> of(ApiRequest request, T body);
  }

  static <T> AdminRoute changing(
      String path, Function<JsonObject, Body<Asked<T>>> read, Use<T> use) {
    return new AdminRoute(path, true, AdminAdvice.GENERAL, action(read, use));
  }

  static <T> AdminRoute reading(
      String path, Function<JsonObject, Body<Asked<T>>> read, Use<T> use) {
    return new AdminRoute(path, false, AdminAdvice.GENERAL, action(read, use));
  }

  private static <T> Action action(Function<JsonObject, Body<Asked<T>>> read, Use<T> use) {
    return (request, advice) ->
        request.answer(
            read,
            body -> {
              AdminResult<View> result = use.of(request, body.request());
              return AdminAnswers.of(advice, request.vendId(), result, body.form());
            });
  }

  /** The same route with advice of its own for a refusal. */
  AdminRoute advising(Refusal refusal, String text) {
    return new AdminRoute(path, changes, advice.with(refusal, text), action);
  }

  Response answer(ApiRequest request) {
    return action.answer(request, advice);
  }
}
