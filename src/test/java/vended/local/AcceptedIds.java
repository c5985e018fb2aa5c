package vended.local;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import vended.json.Json;

/** The trust policy of the demonstration's role, as a client writes it during a rotation. */
public final class AcceptedIds {
  private AcceptedIds() {}

  /** The role comes to let the vendor in with these ExternalIds, and nobody else. */
  public static void accept(LocalStack stack, String... externalIds) {
    Map<String, ?> vendor = Map.of("AWS", stack.people().vendor().principal().identityArn());
    Map<String, ?> enter =
        Map.of(
            "Effect",
            "Allow",
            "Principal",
            vendor,
            "Action",
            "sts:AssumeRole",
            "Condition",
            Map.of("StringEquals", Map.of("sts:ExternalId", List.of(externalIds))));
    Map<String, ?> speak =
        Map.of(
            "Effect",
            "Allow",
            "Principal",
            vendor,
            "Action",
            List.of("sts:SetSourceIdentity", "sts:TagSession"));
    stack
        .sts()
        .addRole(
            stack.demonstration().roleArn(),
            Json.write(Map.of("Version", "2012-10-17", "Statement", List.of(enter, speak))),
            Duration.ofHours(1));
  }
}
