package vended.audit.dynamo;

import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.audit.ChangeRecord;
import vended.audit.ChangeRecord.Result;
import vended.audit.ChangeRecord.Subject;

/** The form of a record about the allow-list in the table. What is not known is left out. */
final class DynamoAdminItem {
  private DynamoAdminItem() {}

  /**
   * The item of a record.
   *
   * @param retention how long DynamoDB keeps it
   */
  static Map<String, AttributeValue> of(ChangeRecord adminRecord, Duration retention) {
    DynamoAuditItem item =
        DynamoAuditItem.head(
            adminRecord.vendId(), adminRecord.kind().code(), adminRecord.at(), retention);
    item.requester(adminRecord.requester());
    Subject subject = adminRecord.subject();
    item.text("action", subject.action());
    item.text("target", subject.target());
    item.text("roleArn", subject.roleArn());
    item.text("clientAccount", subject.clientAccount());
    item.text("clientName", subject.clientName());
    item.text("before", subject.before());
    item.text("after", subject.after());
    Result result = adminRecord.result();
    if (result != null) {
      item.text("outcome", result.outcome().code());
      item.text("reason", result.reason());
    }
    return item.attributes();
  }
}
