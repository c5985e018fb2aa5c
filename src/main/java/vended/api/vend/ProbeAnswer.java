package vended.api.vend;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vended.audit.ProbeRecord;
import vended.audit.Reason;
import vended.audit.VendId;
import vended.probe.ProbeResult.Probed;
import vended.text.Columns;

/** The response of {@code POST /probes}: what the trust policy allows, and what to change in it. */
final class ProbeAnswer {
  private ProbeAnswer() {}

  static Map<String, Object> of(VendId probeId, Probed probed) {
    ProbeRecord.Result result = probed.result();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("probeId", probeId.value());
    answer.put("roleArn", probed.role().value());
    answer.put("passed", result.passed());
    answer.put("withExternalId", result.withExternalId().code());
    answer.put("withoutExternalId", result.withoutExternalId().code());
    answer.put("withWrongExternalId", result.withWrongExternalId().code());
    if (probed.other() != null) {
      answer.put("withOtherExternalId", probed.other().answer().code());
    }
    answer.put("sourceIdentity", result.sourceIdentity());
    answer.put("sessionTags", result.sessionTags());
    answer.put("findings", probed.findings());
    answer.put("propagating", result.propagating());
    return answer;
  }

  /**
   * The same for people: the results in columns, and a line for each finding. The members beside it
   * are what a script acts on.
   */
  static Map<String, Object> table(VendId probeId, Probed probed) {
    ProbeRecord.Result result = probed.result();
    List<List<String>> columns = new ArrayList<>();
    columns.add(List.of("role", probed.role().value()));
    columns.add(List.of("passed", yesOrNo(result.passed())));
    columns.add(List.of("with its ExternalId", result.withExternalId().code()));
    columns.add(List.of("without an ExternalId", result.withoutExternalId().code()));
    columns.add(List.of("with a wrong ExternalId", result.withWrongExternalId().code()));
    if (probed.other() != null) {
      columns.add(List.of("with the rotation's other", probed.other().answer().code()));
    }
    columns.add(List.of("takes a SourceIdentity", yesOrNo(result.sourceIdentity())));
    columns.add(List.of("takes session tags", yesOrNo(result.sessionTags())));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("probeId", probeId.value());
    answer.put("passed", result.passed());
    answer.put("table", Columns.of(columns) + String.join("\n", probed.findings()) + "\n");
    answer.put("propagating", result.propagating());
    return answer;
  }

  private static String yesOrNo(boolean flag) {
    return flag ? "yes" : "no";
  }

  /**
   * Why a role was not probed. Administrators see the allow-list, so this tells them nothing new.
   */
  static String refusal(Reason reason) {
    return switch (reason) {
      case NO_CLIENT -> "The role's account has no client. Put the client first.";
      case ROLE_NOT_KNOWN ->
          "The client does not list this role. Put the client with this role first.";
      case CORRUPT_CLIENT ->
          "The client's row in the allow-list is invalid. The function's log says what is wrong"
              + " with it.";
      case SUSPENDED_BY_CLIENT ->
          "The client has suspended itself, so its roles are not probed either. Only the client can"
              + " end that, by vend mine resume.";
      case CORRUPT_HOLD ->
          "The row of the client's own suspension is invalid. The function's log says what is wrong"
              + " with it.";
      case NOT_OWN_ACCOUNT ->
          "The client is marked as the vendor's own account but is another account.";
      default -> "The role was not probed. The audit record with this vendId has the reason.";
    };
  }
}
