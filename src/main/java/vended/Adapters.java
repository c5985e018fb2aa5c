package vended;

import java.time.Clock;
import vended.allowlist.dynamo.DynamoAllowList;
import vended.allowlist.dynamo.DynamoAllowListEditor;
import vended.allowlist.dynamo.DynamoAllowListEntries;
import vended.allowlist.dynamo.DynamoAllowListPages;
import vended.allowlist.read.AllowList;
import vended.allowlist.read.AllowListEntries;
import vended.allowlist.read.AllowListPages;
import vended.allowlist.read.StoredEntries;
import vended.allowlist.write.AllowListEditor;
import vended.audit.AuditLog;
import vended.audit.ProbeRecords;
import vended.audit.ReprobeRuns;
import vended.audit.dynamo.DynamoAuditLog;
import vended.audit.dynamo.DynamoAuditRows;
import vended.audit.dynamo.DynamoAuditSweep;
import vended.audit.dynamo.DynamoLastUse;
import vended.audit.dynamo.DynamoProbeRecords;
import vended.audit.dynamo.DynamoReprobeRuns;
import vended.audit.query.AuditRows;
import vended.audit.query.AuditSweep;
import vended.audit.query.LastUse;
import vended.sts.RoleAssumer;
import vended.sts.StsRoleAssumer;

/**
 * The adapters of the ports, each built when it is asked for: a function has the settings only of
 * those that it uses.
 */
final class Adapters {
  private final Settings settings;
  private final AwsClients clients;
  private final Observed observed;
  private final Clock clock;

  Adapters(AwsClients clients, Observed observed, Clock clock) {
    this.settings = clients.settings();
    this.clients = clients;
    this.observed = observed;
    this.clock = clock;
  }

  RoleAssumer roleAssumer() {
    return observed.roleAssumer(new StsRoleAssumer(clients.sts()));
  }

  AllowList allowList() {
    return observed.allowList(dynamoAllowList());
  }

  StoredEntries storedEntries() {
    return dynamoAllowList();
  }

  private DynamoAllowList dynamoAllowList() {
    return new DynamoAllowList(clients.dynamoDb(), settings.allowListTable(), clients.again());
  }

  AllowListEditor editor() {
    return new DynamoAllowListEditor(
        clients.dynamoDb(), settings.allowListTable(), clients.again());
  }

  AllowListPages pages() {
    return new DynamoAllowListPages(clients.dynamoDb(), settings.allowListTable(), clients.again());
  }

  AllowListEntries entries() {
    return new DynamoAllowListEntries(
        clients.dynamoDb(), settings.allowListTable(), clients.again());
  }

  AuditLog auditLog() {
    return observed.auditLog(
        new DynamoAuditLog(
            clients.dynamoDb(), settings.auditTable(), settings.auditRetention(), clients.again()));
  }

  AuditRows auditRows() {
    return new DynamoAuditRows(clients.dynamoDb(), settings.auditTable());
  }

  AuditSweep auditSweep() {
    return new DynamoAuditSweep(clients.dynamoDb(), settings.auditTable());
  }

  LastUse lastUse() {
    return new DynamoLastUse(clients.dynamoDb(), settings.auditTable(), clock);
  }

  ProbeRecords probeRecords() {
    return new DynamoProbeRecords(clients.dynamoDb(), settings.auditTable());
  }

  ReprobeRuns reprobeRuns() {
    return new DynamoReprobeRuns(clients.dynamoDb(), settings.auditTable());
  }
}
