package vended.api.vend;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.api.RequestFields.Form;
import vended.api.Response;
import vended.api.Responses;
import vended.api.Responses.Status;
import vended.audit.Reason;
import vended.audit.VendId;
import vended.identity.RoleArn;
import vended.json.JsonError;
import vended.probe.ProbeResult;
import vended.sts.IssuedCredentials;
import vended.vending.VendResult;

/** Maps the results of vends and probes to HTTP. */
final class VendResponses {
  private VendResponses() {}

  static Response vend(VendId vendId, VendResult result) {
    return switch (result) {
      case VendResult.Granted(RoleArn role, IssuedCredentials credentials) ->
          granted(vendId, role, credentials);
      case VendResult.Denied denied -> Responses.forbidden(vendId);
      case VendResult.BeyondGrant(List<JsonError> errors) ->
          Responses.invalid(
              vendId,
              "beyond_grant",
              "The request asks for more than its grant: see errors.",
              errors);
      case VendResult.Failed(Reason reason) ->
          Responses.problem(Status.BAD_GATEWAY, reason.code(), FailureText.of(reason), vendId);
      case VendResult.Unavailable unavailable -> Responses.unavailable(vendId);
    };
  }

  /** The document that credential_process of the AWS SDKs takes, with a few more members. */
  private static Response granted(VendId vendId, RoleArn role, IssuedCredentials credentials) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("Version", 1);
    document.put("AccessKeyId", credentials.accessKeyId());
    document.put("SecretAccessKey", credentials.secretAccessKey());
    document.put("SessionToken", credentials.sessionToken());
    // Whole seconds, as AWS writes them: some readers of this document take no fraction.
    Instant expiration = credentials.expiration();
    document.put(
        "Expiration",
        expiration == null ? null : expiration.truncatedTo(ChronoUnit.SECONDS).toString());
    document.put("AccountId", role.account());
    document.put("AssumedRoleArn", credentials.assumedRoleArn());
    document.put("VendId", vendId.value());
    return Response.json(document);
  }

  static Response probe(VendId probeId, ProbeResult result, Form form) {
    return switch (result) {
      case ProbeResult.Probed probed ->
          Response.json(
              form == Form.TABLE
                  ? ProbeAnswer.table(probeId, probed)
                  : ProbeAnswer.of(probeId, probed));
      case ProbeResult.Refused(Reason reason) ->
          Responses.problem(Status.CONFLICT, reason.code(), ProbeAnswer.refusal(reason), probeId);
      case ProbeResult.Unavailable unavailable -> Responses.unavailable(probeId);
    };
  }
}
