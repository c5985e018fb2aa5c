package vended.audit.dynamo;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.audit.AuditRecord;
import vended.audit.AuditTime;
import vended.audit.ChangeRecord;
import vended.audit.EventName;
import vended.audit.ProbeIntent;
import vended.audit.ProbeRecord;
import vended.audit.Requester;
import vended.audit.VendId;
import vended.audit.VendRecord;
import vended.audit.VendRecord.Issued;
import vended.audit.VendRecord.Result;
import vended.audit.VendRecord.Subject;

/** An audit record as an item of the table. Unknown attributes are left out. */
final class DynamoAuditItem {
  private final Map<String, AttributeValue> attributes = new LinkedHashMap<>();

  private DynamoAuditItem() {}

  /**
   * The item of a record.
   *
   * @param retention how long DynamoDB keeps it
   */
  static Map<String, AttributeValue> of(AuditRecord auditRecord, Duration retention) {
    DynamoAuditItem item = new DynamoAuditItem();
    item.head(auditRecord, retention);
    item.requester(auditRecord.trace().requester());
    switch (auditRecord) {
      case VendRecord vend -> item.vend(vend);
      case ProbeIntent intent -> item.subject(intent.subject());
      case ProbeRecord probe -> item.probe(probe);
      case ChangeRecord change -> item.change(change);
    }
    return item.attributes;
  }

  /** What every row of the table begins with. */
  private void head(AuditRecord auditRecord, Duration retention) {
    VendId vendId = auditRecord.vendId();
    Instant at = auditRecord.at();
    text("pk", vendId.value());
    text("sk", auditRecord.kind().code());
    text("kind", auditRecord.kind().code());
    text("at", AuditTime.at(at));
    text("hourShard", AuditTime.hourShard(at, shard(vendId)));
    number("ttl", at.plus(retention).getEpochSecond());
    EventName.of(auditRecord).ifPresent(event -> text("event", event.code()));
  }

  private static int shard(VendId vendId) {
    return Math.floorMod(vendId.value().hashCode(), AuditTime.SHARDS);
  }

  private void vend(VendRecord auditRecord) {
    subject(auditRecord.subject());
    if (auditRecord.result() != null) {
      result(auditRecord.result());
    }
  }

  private void probe(ProbeRecord auditRecord) {
    ProbeRecord.Target target = auditRecord.target();
    text("roleArn", target.role().value());
    text("clientAccount", target.role().account());
    text("clientName", target.clientName());
    text("externalIdSha256", target.externalIdSha256());
    ProbeRecord.Result result = auditRecord.result();
    flag("passed", result.passed());
    text("withExternalId", result.withExternalId().code());
    text("withoutExternalId", result.withoutExternalId().code());
    text("withWrongExternalId", result.withWrongExternalId().code());
    // Not "sourceIdentity", which is the text of a vend.
    flag("allowsSourceIdentity", result.sourceIdentity());
    flag("allowsSessionTags", result.sessionTags());
    flag("ownAccount", result.ownAccount());
    flag("propagating", result.propagating());
    ProbeRecord.Other other = auditRecord.other();
    if (other != null) {
      text("otherExternalIdSha256", other.externalIdSha256());
      text("withOtherExternalId", other.answer().code());
      flag("otherAllowsSourceIdentity", other.sourceIdentity());
      flag("otherAllowsSessionTags", other.sessionTags());
    }
  }

  private void change(ChangeRecord auditRecord) {
    ChangeRecord.Subject subject = auditRecord.subject();
    text("action", subject.action());
    text("target", subject.target());
    text("roleArn", subject.roleArn());
    text("clientAccount", subject.clientAccount());
    text("clientName", subject.clientName());
    text("before", subject.before());
    text("after", subject.after());
    ChangeRecord.Result result = auditRecord.result();
    if (result != null) {
      text("outcome", result.outcome().code());
      text("reason", result.reason());
    }
  }

  private void requester(Requester requester) {
    text("caller", requester.caller());
    text("callerId", requester.callerId());
    text("callerSession", requester.callerSession());
    text("callerAccount", requester.callerAccount());
    text("callerAccessKeyId", requester.callerAccessKeyId());
    text("sourceIp", requester.sourceIp());
    text("userAgent", requester.userAgent());
    text("apiRequestId", requester.apiRequestId());
  }

  private void subject(Subject subject) {
    text("roleArn", subject.roleArn());
    text("clientAccount", subject.clientAccount());
    text("clientName", subject.clientName());
    number("durationSeconds", subject.durationSeconds());
    text("sessionName", subject.sessionName());
    text("sourceIdentity", subject.sourceIdentity());
    text("policySha256", subject.policySha256());
    number("grantVersion", subject.grantVersion());
    if (!subject.claimed().isEmpty()) {
      Map<String, AttributeValue> claimed = new LinkedHashMap<>();
      subject.claimed().forEach((key, value) -> claimed.put(key, AttributeValue.fromS(value)));
      attributes.put("claimed", AttributeValue.fromM(claimed));
    }
  }

  private void result(Result result) {
    text("outcome", result.outcome().code());
    text("reason", result.reason() == null ? null : result.reason().code());
    text("stsRequestId", result.stsRequestId());
    Issued issued = result.issued();
    if (issued != null) {
      text("accessKeyId", issued.accessKeyId());
      text("assumedRoleId", issued.assumedRoleId());
      text("expiration", issued.expiration() == null ? null : issued.expiration().toString());
      number("packedPolicySize", issued.packedPolicySize());
    }
  }

  private void text(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      attributes.put(name, AttributeValue.fromS(value));
    }
  }

  private void flag(String name, boolean value) {
    attributes.put(name, AttributeValue.fromBool(value));
  }

  private void number(String name, @Nullable Number value) {
    if (value != null) {
      attributes.put(name, AttributeValue.fromN(value.toString()));
    }
  }
}
