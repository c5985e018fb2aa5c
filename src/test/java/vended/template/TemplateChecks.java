package vended.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import vended.Settings;
import vended.allowlist.dynamo.AllowListIndex;
import vended.audit.AuditIndex;

/**
 * What must hold for every version of the vendor's template. Each finding is one sentence; none
 * means that the template may be deployed.
 */
final class TemplateChecks {
  private final Template template;
  private final List<String> findings = new ArrayList<>();

  private TemplateChecks(Template template) {
    this.template = template;
  }

  static List<String> findings(Template template) {
    var checks = new TemplateChecks(template);
    checks.checkApi();
    checks.checkGatewayResponses();
    template.ofType("AWS::Serverless::Function").forEach(checks::checkFunction);
    template.tables().forEach(checks::checkTable);
    checks.checkIndexes();
    checks.checkVendorRole();
    checks.checkAlarms();
    checks.findings.addAll(PolicyChecks.findings(template));
    checks.findings.addAll(MachineChecks.findings(template));
    return checks.findings;
  }

  private void expect(boolean ok, String finding) {
    if (!ok) {
      findings.add(finding);
    }
  }

  private void checkApi() {
    for (var route : template.routes()) {
      expect(
          route.authorizer().equals("AWS_IAM"),
          "%s has the authorizer %s".formatted(route.path(), route.authorizer()));
      expect(route.method().equals("POST"), route.path() + " is not a POST");
      expect(
          template.api().mayInvoke(route, template.api().stage()),
          "Lambda refuses the API's call for " + route.path());
      expect(
          !template.api().mayInvoke(route, "test-invoke-stage"),
          "a test of the API's method, which nobody signs, reaches " + route.path());
    }
    var api = template.properties("Api");
    for (var settings : Tree.listAt(api, "MethodSettings")) {
      expect(
          "false".equals(Tree.textAt(settings, "DataTraceEnabled")),
          "API Gateway would log bodies, and credentials with them");
    }
    expect(
        "NONE".equals(Tree.textAt(api, "Auth", "InvokeRole")),
        "API Gateway would call the functions as the caller");
    var format = String.valueOf(Tree.at(api, "AccessLogSetting", "Format"));
    expect(
        Stream.of("$context.authorizer", "header", "querystring", "body")
            .noneMatch(format::contains),
        "the access log would hold more than who, what and when");
  }

  private void checkGatewayResponses() {
    var types = template.api().gatewayResponseTypes();
    expect(types.contains("DEFAULT_4XX"), "DEFAULT_4XX is not worded");
    expect(types.contains("DEFAULT_5XX"), "DEFAULT_5XX is not worded");
    for (var type : types) {
      var response = template.gatewayResponse(type);
      expect(
          "application/problem+json".equals(response.headers().get("Content-Type")),
          type + " is not a problem document");
      expect("no-store".equals(response.headers().get("Cache-Control")), type + " could be cached");
      expect(
          "nosniff".equals(response.headers().get("X-Content-Type-Options")),
          type + " could be taken for another type");
      expect(
          response.body().replace("$context.extendedRequestId", "").indexOf('$') < 0,
          type + " echoes what the caller or the gateway said");
    }
  }

  private void checkFunction(String function) {
    var properties = template.properties(function);
    var handler = Tree.requiredAt(properties, "Handler");
    expect(isInTheCode(handler), function + " has a handler that the code lacks: " + handler);
    for (var name : template.environment(function).keySet()) {
      expect(
          Settings.VARIABLES.contains(name),
          "%s sets %s, which nothing reads".formatted(function, name));
    }
    var log = Tree.textAt(properties, "LoggingConfig", "LogGroup");
    expect(
        template.ofType("AWS::Logs::LogGroup").stream()
            .filter(group -> template.reference(group).equals(log))
            .anyMatch(group -> template.properties(group).containsKey("RetentionInDays")),
        function + " has no log group with a retention");
    expect(properties.containsKey("AutoPublishAlias"), function + " has no alias");
    // Lambda deletes a snapshot after two weeks without a call, and then refuses calls for minutes.
    expect(
        "PublishedVersions".equals(Tree.textAt(properties, "SnapStart", "ApplyOn"))
            == function.equals("VendFunction"),
        function.equals("VendFunction")
            ? "VendFunction has no snapshot to start from"
            : function + ", which is called rarely, starts from a snapshot");
  }

  private static boolean isInTheCode(String handler) {
    var parts = handler.split("::", -1);
    try {
      var type = Class.forName(parts[0], false, TemplateChecks.class.getClassLoader());
      return parts.length == 2
          && Arrays.stream(type.getMethods()).anyMatch(method -> method.getName().equals(parts[1]));
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private void checkTable(Table table) {
    var properties = Tree.mapAt(table.resource(), "Properties");
    var id = table.logicalId();
    checkRetained(id);
    expect(
        "true"
            .equals(
                Tree.textAt(
                    properties, "PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled")),
        id + " can't be restored to a point in time");
    expect(
        "true".equals(Tree.textAt(properties, "DeletionProtectionEnabled")),
        id + " can be deleted");
    expect(
        "true".equals(Tree.textAt(properties, "SSESpecification", "SSEEnabled")),
        id + " has no key of the account");
    expect(
        "PAY_PER_REQUEST".equals(Tree.textAt(properties, "BillingMode")), id + " is not on demand");
    expect(table.timeToLiveAttribute() != null, id + " keeps its rows for ever");
  }

  private void checkRetained(String id) {
    for (var policy : Set.of("DeletionPolicy", "UpdateReplacePolicy")) {
      // RetainExceptOnCreate keeps all but what a first deployment made that then failed.
      expect(
          Set.of("Retain", "RetainExceptOnCreate")
              .contains(String.valueOf(Tree.textAt(template.resource(id), policy))),
          "%s has no %s of Retain".formatted(id, policy));
    }
  }

  private void checkIndexes() {
    for (var needed : AllowListIndex.values()) {
      expect(
          template
              .table("AllowListTable")
              .indexes()
              .contains(new Table.Index(needed.indexName(), needed.hashKey(), "pk")),
          "the allow-list is asked by %s, which the table lacks".formatted(needed.indexName()));
    }
    var indexes = template.table("AuditTable").indexes();
    for (var needed : AuditIndex.values()) {
      expect(
          indexes.contains(
              new Table.Index(needed.indexName(), needed.hashKey(), needed.rangeKey())),
          "the audit is asked by %s, which the table lacks".formatted(needed.indexName()));
    }
  }

  /** What the functions count that somebody has to look at now. */
  private void checkAlarms() {
    for (var metric : List.of("CorruptRow", "AuditFailed", "RoleDrifted")) {
      expect(
          template.ofType("AWS::CloudWatch::Alarm").stream()
              .map(template::properties)
              .anyMatch(
                  alarm ->
                      "Vended".equals(alarm.get("Namespace"))
                          && metric.equals(alarm.get("MetricName"))
                          && alarm.containsKey("Threshold")),
          "nobody is told of " + metric);
    }
  }

  private void checkVendorRole() {
    checkRetained("VendorRole");
    expect(
        template.properties("VendorRole").containsKey("RoleName"),
        "the vendor role has no fixed name");
  }
}
