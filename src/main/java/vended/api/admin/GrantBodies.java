package vended.api.admin;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vended.allowlist.Grant;
import vended.allowlist.SessionTags;
import vended.allowlist.read.AllowListPages.GrantKey;
import vended.api.Body;
import vended.api.Fields;
import vended.api.PolicyCheck;
import vended.api.RequestFields;
import vended.api.RequestFields.Asked;
import vended.api.SessionPolicyFields;
import vended.identity.CallerArn;
import vended.identity.RoleArn;
import vended.json.JsonObject;

/** The bodies of {@code /grants/put} and {@code /grants/remove}. */
final class GrantBodies {
  private static final int MAX_DESCRIPTION = 256;

  private GrantBodies() {}

  /** What a body, or a line of {@code /grants/apply}, asks for. */
  sealed interface Line {
    /** The grant that it is about. */
    GrantKey key();
  }

  /**
   * A grant to put.
   *
   * @param grant with its next version
   */
  record Put(Grant grant) implements Line {
    @Override
    public GrantKey key() {
      return new GrantKey(grant.caller(), grant.role());
    }

    /** The expected version; null for a new grant. */
    @Nullable Long version() {
      return grant.version() == 1 ? null : grant.version() - 1;
    }
  }

  /**
   * A grant to remove.
   *
   * @param version the expected version; null for any
   */
  record Removal(GrantKey key, @Nullable Long version) implements Line {}

  /**
   * {@code {caller, roleArn, callerId? | unpinned?, maxDurationSeconds?, policy?, policyArns?,
   * tags?, notBefore?, expiresAt?, disabled?, description?, version?}}.
   */
  static Body<Asked<Put>> put(JsonObject object) {
    return put(new RequestFields(object));
  }

  /** The same for a line of {@code /grants/apply}. */
  static Body<Asked<Put>> put(RequestFields body) {
    CallerArn caller = body.caller();
    RoleArn role = body.role();
    String callerId = callerId(body, caller);
    Integer seconds = SessionPolicyFields.seconds(body, "maxDurationSeconds");
    String policy = policy(body);
    List<String> policyArns = SessionPolicyFields.policyArnsFor(role, body, policy);
    Map<String, String> tags = tags(body);
    Instant notBefore = body.time("notBefore");
    Instant expiresAt = body.time("expiresAt");
    boolean disabled = body.optionalFlag("disabled");
    String description = description(body);
    Long version = body.version();
    return body.asked(
        () ->
            new Put(
                new Grant(
                    Objects.requireNonNull(caller),
                    Objects.requireNonNull(role),
                    callerId,
                    seconds == null ? Grant.MAX_SECONDS : seconds,
                    policy,
                    policyArns,
                    tags,
                    notBefore,
                    expiresAt,
                    disabled,
                    description,
                    version == null ? 1 : version + 1)));
  }

  /** Every vend would fail with a policy that IAM refuses. Stored rows may still have one. */
  private static @Nullable String policy(Fields fields) {
    String policy = SessionPolicyFields.policy(fields);
    if (policy != null) {
      PolicyCheck.faults(policy).forEach(fault -> fields.error("policy", fault));
    }
    return policy;
  }

  private static @Nullable String description(Fields fields) {
    return fields.optionalText(
        "description",
        text -> RequestFields.isPlain(text, MAX_DESCRIPTION),
        "must be 1 to 256 characters, no control characters");
  }

  /**
   * A role that is deleted and created again must not inherit the grant, unless somebody says so.
   */
  private static @Nullable String callerId(Fields fields, @Nullable CallerArn caller) {
    String rule =
        "must be the unique ID of the caller, AROA… of a role or AIDA… of a user: aws iam"
            + " get-role or get-user tells it";
    String callerId =
        fields.optionalText("callerId", text -> caller == null || caller.takesId(text), rule);
    boolean unpinned = fields.optionalFlag("unpinned");
    if (unpinned && fields.isThere("callerId")) {
      fields.error("unpinned", "must not be true with a callerId");
    }
    if (!unpinned && !fields.isThere("callerId")) {
      fields.error("callerId", "is missing: " + rule + "; or say \"unpinned\": true");
    }
    return callerId;
  }

  private static Map<String, String> tags(Fields fields) {
    Map<String, String> tags =
        fields.optionalTextMap("tags", "must be an object whose values are strings");
    try {
      SessionTags.check(tags);
    } catch (IllegalArgumentException e) {
      fields.error("tags", SessionTags.RULE);
    }
    return tags;
  }

  /** {@code {caller, roleArn, version?}}. */
  static Body<Asked<Removal>> remove(JsonObject object) {
    return remove(new RequestFields(object));
  }

  /** The same for a line of {@code /grants/apply}. */
  static Body<Asked<Removal>> remove(RequestFields body) {
    CallerArn caller = body.caller();
    RoleArn role = body.role();
    Long version = body.version();
    return body.asked(
        () ->
            new Removal(
                new GrantKey(Objects.requireNonNull(caller), Objects.requireNonNull(role)),
                version));
  }
}
