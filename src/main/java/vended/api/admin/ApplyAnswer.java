package vended.api.admin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vended.admin.ApplyGrants;
import vended.admin.ApplyGrants.Step;
import vended.admin.change.AdminResult;
import vended.admin.change.Refusal;
import vended.allowlist.Grant;
import vended.allowlist.read.AllowListPages.GrantKey;
import vended.api.ApiRequest;
import vended.api.Response;
import vended.audit.Trace;
import vended.audit.VendId;
import vended.json.JsonError;

/**
 * Applies the lines of {@code /grants/apply}, several at once, each with its own audit records. No
 * two lines of a request are of the same caller and role, so none waits for another. It starts none
 * that might not finish in the function's time: then the response has fewer results than the
 * request has lines, and the caller sends the rest again.
 */
final class ApplyAnswer {
  /**
   * How many lines run at once. Together they stay below the 1,000 write units a second of the
   * partition that the index by kind has for grants.
   */
  private static final int AT_ONCE = 8;

  /** How long one grant takes at worst, when all of its calls hang or are throttled. */
  private static final Duration ONE_GRANT = Duration.ofSeconds(22);

  private final ApplyGrants applyGrants;
  private final Supplier<VendId> vendIds;
  private final ApiRequest request;
  private final AdminAdvice advice;

  ApplyAnswer(
      ApplyGrants applyGrants, Supplier<VendId> vendIds, ApiRequest request, AdminAdvice advice) {
    this.applyGrants = applyGrants;
    this.vendIds = vendIds;
    this.request = request;
    this.advice = advice;
  }

  /** What became of a line. */
  private record Tried(
      GrantBodies.Line line,
      VendId vendId,
      AdminResult<Step> result,
      @Nullable RuntimeException fault) {
    /** If the tables failed, they would fail the next line too. */
    boolean goesOn() {
      return !(result instanceof AdminResult.Unavailable || result instanceof AdminResult.Unsure);
    }
  }

  /** Applies the lines, or plans them. The first line's records have the request's own ID. */
  Response of(ApplyBody body) {
    List<Supplier<Tried>> tasks = new ArrayList<>();
    for (GrantBodies.Line line : body.lines()) {
      boolean first = tasks.isEmpty();
      tasks.add(
          () -> {
            Trace trace = request.trace();
            return tried(first ? trace : trace.withId(vendIds.get()), line, body.plan());
          });
    }
    List<Map<String, @Nullable Object>> results = new ArrayList<>();
    for (Tried tried : new Lanes<>(AT_ONCE, this::hasTime, Tried::goesOn).run(tasks)) {
      if (tried.fault() != null) {
        request.logFault(tried.vendId(), tried.fault());
      }
      results.add(json(tried.line().key(), tried.vendId(), body.plan(), tried.result()));
    }
    return Response.json(Map.of("results", results));
  }

  private boolean hasTime() {
    return request.remainingTime().compareTo(ONE_GRANT) >= 0;
  }

  /** An unexpected exception must not lose the results of other lines. */
  private Tried tried(Trace trace, GrantBodies.Line line, boolean plan) {
    VendId vendId = trace.vendId();
    try {
      return new Tried(line, vendId, step(trace, line, plan), null);
    } catch (RuntimeException e) {
      AdminResult<Step> result =
          plan ? new AdminResult.Unavailable<>() : new AdminResult.Unsure<>();
      return new Tried(line, vendId, result, e);
    }
  }

  private AdminResult<Step> step(Trace trace, GrantBodies.Line line, boolean plan) {
    return switch (line) {
      case GrantBodies.Put put ->
          plan ? applyGrants.plan(put.grant()) : applyGrants.put(trace, put.grant(), put.version());
      case GrantBodies.Removal(GrantKey(var caller, var role), Long version) ->
          applyGrants.remove(trace, caller, role, version);
    };
  }

  private Map<String, @Nullable Object> json(
      GrantKey key, VendId vendId, boolean plan, AdminResult<Step> result) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("caller", key.caller().value());
    members.put("roleArn", key.role().value());
    members.put("vendId", plan || !isRecorded(result) ? null : vendId.value());
    switch (result) {
      case AdminResult.Done<Step>(Step step, _) -> putStep(members, plan, step);
      case AdminResult.Refused<Step>(Refusal refusal) ->
          putFault(members, "refused", refusal.code(), advice.of(refusal));
      case AdminResult.Invalid<Step>(List<JsonError> errors) ->
          putFault(members, "refused", "invalid_body", sentence(errors));
      case AdminResult.Conflict<Step>(long currentVersion) ->
          putFault(members, "refused", "version_conflict", advice.conflict(currentVersion));
      case AdminResult.Forbidden<Step> forbidden ->
          throw new IllegalStateException("identities are refused before lines are read");
      case AdminResult.Unavailable<Step> unavailable ->
          putFault(members, "failed", "unavailable", "Nothing was changed. Try again.");
      case AdminResult.Unsure<Step> unsure ->
          putFault(
              members, "failed", "unsure", "The change may have been made. Try again to find out.");
    }
    return members;
  }

  /** Whether the audit has a record: not if nothing changed, or if it could not be written. */
  private static boolean isRecorded(AdminResult<Step> result) {
    return switch (result) {
      case AdminResult.Done<Step>(_, boolean recorded) -> recorded;
      case AdminResult.Invalid<Step> _, AdminResult.Unavailable<Step> _ -> false;
      case AdminResult.Conflict<Step> _,
          AdminResult.Refused<Step> _,
          AdminResult.Forbidden<Step> _,
          AdminResult.Unsure<Step> _ ->
          true;
    };
  }

  private static void putStep(Map<String, @Nullable Object> members, boolean plan, Step step) {
    members.put("action", step.action().name().toLowerCase(Locale.ROOT));
    // The current version in a plan, else the new one.
    Grant counted = plan ? step.before() : step.after();
    members.put("version", counted == null ? null : counted.version());
    Grant after = step.action() == ApplyGrants.Action.KEEP ? null : step.after();
    members.put("differences", after == null ? null : GrantLine.differences(step.before(), after));
  }

  private static void putFault(
      Map<String, @Nullable Object> members, String action, String code, String detail) {
    members.put("action", action);
    members.put("code", code);
    members.put("detail", detail);
  }

  private static String sentence(List<JsonError> errors) {
    return errors.stream()
        .map(error -> "%s %s.".formatted(error.pointer().substring(1), error.detail()))
        .collect(Collectors.joining(" "));
  }
}
