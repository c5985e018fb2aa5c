package vended.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import vended.iam.AccessRequest;
import vended.iam.Policy;

/**
 * What must hold of the schedule: whom it may invoke, and that it holds back and does not give up.
 */
final class MachineChecks {
  private static final int MAX_CONCURRENCY = 10;

  /** Seconds that an Express execution may take (Step Functions Developer Guide, "Quotas"). */
  private static final int MAX_EXPRESS = 300;

  private final Template template;
  private final List<String> findings = new ArrayList<>();

  /** Who invokes which functions past API Gateway. */
  private static final Map<String, Set<String>> INVOKERS =
      Map.of(
          "ReprobeMachineRole", Set.of("ReprobeFunction", "SettleFunction"),
          "WatchTimerRole", Set.of("WatchFunction"));

  private MachineChecks(Template template) {
    this.template = template;
  }

  static List<String> findings(Template template) {
    var checks = new MachineChecks(template);
    template.ofType("AWS::IAM::Role").forEach(checks::checkInvocations);
    for (var machine : template.ofType("AWS::Serverless::StateMachine")) {
      var definition = Tree.mapAt(template.properties(machine), "Definition");
      checks.expect(definition.containsKey("TimeoutSeconds"), machine + " could run for ever");
      checks.checkStates(machine, definition, false);
      checks.checkAlarm(machine);
    }
    checks.checkTrust("ReprobeMachineRole", "states.amazonaws.com");
    checks.checkTrust("ReprobeTimerRole", "scheduler.amazonaws.com");
    checks.checkTrust("WatchTimerRole", "scheduler.amazonaws.com");
    checks.checkTrust("WakeMachineRole", "states.amazonaws.com");
    checks.checkTrust("WakeTimerRole", "scheduler.amazonaws.com");
    return checks.findings;
  }

  private void expect(boolean ok, String finding) {
    if (!ok) {
      findings.add(finding);
    }
  }

  /** Who invokes a function of the API directly can name any caller to it. */
  private void checkInvocations(String role) {
    var policies = template.roles().policies(role).stream().map(Policy::identity).toList();
    var routed = template.routes().stream().map(Route::function).toList();
    for (var function : template.ofType("AWS::Serverless::Function")) {
      var arn = template.arn(function);
      for (var qualifier : List.of("", ":live", ":1", ":$LATEST")) {
        var request =
            AccessRequest.of(template.arn(role), "lambda:InvokeFunction", arn + qualifier);
        boolean scheduled =
            INVOKERS.getOrDefault(role, Set.of()).contains(function)
                && !routed.contains(function)
                && qualifier.equals(":live");
        expect(
            Policy.evaluate(policies, request).allowed() == scheduled,
            "%s and the invocation of %s%s".formatted(role, function, qualifier));
      }
    }
  }

  private void checkStates(String machine, Object definition, boolean isItem) {
    Tree.mapAt(definition, "States")
        .forEach(
            (name, state) -> {
              var place = machine + "." + name;
              switch (Tree.requiredAt(state, "Type")) {
                case "Task" -> checkTask(place, state, isItem);
                case "Map" -> checkMap(place, state);
                default -> {}
              }
            });
  }

  private void checkTask(String place, Object state, boolean isItem) {
    var retried =
        Tree.listAt(state, "Retry").stream()
            .flatMap(retry -> Tree.listAt(retry, "ErrorEquals").stream())
            .map(Object::toString)
            .toList();
    expect(
        retried.contains("Lambda.TooManyRequestsException") || retried.contains("States.ALL"),
        place + " gives up when throttled");
    expect(
        retried.contains("Lambda.SnapStartNotReadyException") || retried.contains("States.ALL"),
        place + " gives up while Lambda makes a snapshot");
    retried.stream()
        .filter(error -> error.startsWith("vended."))
        .forEach(error -> expect(isInTheCode(error), place + " retries what nobody throws"));
    expect(!isItem || catchesAll(state), place + " would end the run for the other roles");
  }

  private void checkMap(String place, Object state) {
    var concurrency = Tree.textAt(state, "MaxConcurrency");
    expect(
        concurrency != null
            && Integer.parseInt(concurrency) >= 1
            && Integer.parseInt(concurrency) <= MAX_CONCURRENCY,
        place + " takes what callers need of the account's limits");
    expect(
        "DISTRIBUTED".equals(Tree.textAt(state, "ItemProcessor", "ProcessorConfig", "Mode")),
        place + " would fill the run's history");
    expect(catchesAll(state), place + " would end the run for the other pages");
    checkStates(place, Tree.mapAt(state, "ItemProcessor"), true);
    double longest =
        Tree.mapAt(state, "ItemProcessor", "States").values().stream()
            .mapToDouble(this::longest)
            .sum();
    expect(longest < MAX_EXPRESS, place + " would be cut off after %s s".formatted(longest));
  }

  /**
   * How many seconds a Task takes at most: each retrier has a number of attempts of its own. What
   * Lambda answers while it makes a snapshot comes at once.
   */
  private double longest(Object state) {
    if (!"Task".equals(Tree.textAt(state, "Type"))) {
      return 0;
    }
    String resource = Tree.requiredAt(state, "Resource");
    double timeOut =
        template.ofType("AWS::Serverless::Function").stream()
            .filter(function -> resource.equals(template.reference(function + ".Alias")))
            .mapToDouble(
                function ->
                    Double.parseDouble(Tree.requiredAt(template.properties(function), "Timeout")))
            .sum();
    double seconds = timeOut;
    for (Object retry : Tree.listAt(state, "Retry")) {
      int attempts = Integer.parseInt(Tree.requiredAt(retry, "MaxAttempts"));
      double pause = Double.parseDouble(Tree.requiredAt(retry, "IntervalSeconds"));
      boolean runs = !Tree.listAt(retry, "ErrorEquals").contains("Lambda.SnapStartException");
      for (int i = 0; i < attempts; i++) {
        seconds += pause + (runs ? timeOut : 0);
        pause *= Double.parseDouble(Tree.requiredAt(retry, "BackoffRate"));
      }
    }
    return seconds;
  }

  private static boolean catchesAll(Object state) {
    return Tree.listAt(state, "Catch").stream()
        .anyMatch(catcher -> Tree.listAt(catcher, "ErrorEquals").contains("States.ALL"));
  }

  private static boolean isInTheCode(String exception) {
    try {
      return Throwable.class.isAssignableFrom(
          Class.forName(exception, false, MachineChecks.class.getClassLoader()));
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private void checkAlarm(String machine) {
    var watched =
        template.ofType("AWS::CloudWatch::Alarm").stream()
            .flatMap(alarm -> Tree.listAt(template.properties(alarm), "Metrics").stream())
            .map(metric -> Tree.mapAt(metric, "MetricStat", "Metric"))
            .filter(
                metric ->
                    Tree.listAt(metric, "Dimensions")
                        .contains(
                            Map.of(
                                "Name", "StateMachineArn", "Value", template.reference(machine))))
            .map(metric -> metric.get("Namespace") + " " + metric.get("MetricName"))
            .toList();
    expect(
        Stream.of("Failed", "TimedOut", "Aborted")
                .allMatch(end -> watched.contains("AWS/States Executions" + end))
            || missesSuccess(machine),
        "nobody is told when " + machine + " does not end well");
  }

  /** Whether an alarm goes off if no run of a machine succeeds. */
  private boolean missesSuccess(String machine) {
    return template.ofType("AWS::CloudWatch::Alarm").stream()
        .map(template::properties)
        .anyMatch(
            alarm ->
                "ExecutionsSucceeded".equals(alarm.get("MetricName"))
                    && "breaching".equals(alarm.get("TreatMissingData"))
                    && "LessThanThreshold".equals(alarm.get("ComparisonOperator"))
                    && Tree.listAt(alarm, "Dimensions")
                        .contains(
                            Map.of(
                                "Name", "StateMachineArn", "Value", template.reference(machine))));
  }

  private void checkTrust(String role, String service) {
    if (!template.resources().containsKey(role)) {
      return;
    }
    var trust = Policy.trust(template.roles().trustPolicy(role));
    var own = template.pseudo("AccountId");
    for (var account : Set.of(own, "999988887777")) {
      var request =
          AccessRequest.of(service, "sts:AssumeRole", template.arn(role))
              .with("aws:SourceAccount", account);
      expect(
          trust.evaluate(request).allowed() == account.equals(own),
          role + " and " + service + " of " + account);
    }
  }
}
