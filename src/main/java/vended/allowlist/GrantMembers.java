package vended.allowlist;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A grant's members as JSON, for requests, responses, files and audit records alike. */
public final class GrantMembers {
  private GrantMembers() {}

  /** What an administrator sets, in a fixed order; a member that is not set is null. */
  public static Map<String, @Nullable Object> of(Grant grant) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("callerId", grant.callerId());
    members.put("unpinned", grant.callerId() == null ? true : null);
    members.put("maxDurationSeconds", grant.maxDurationSeconds());
    members.put("policy", grant.policy());
    members.put("policyArns", grant.policyArns().isEmpty() ? null : grant.policyArns());
    members.put("tags", grant.tags().isEmpty() ? null : new TreeMap<>(grant.tags()));
    members.put("notBefore", grant.notBefore() == null ? null : grant.notBefore().toString());
    members.put("expiresAt", grant.expiresAt() == null ? null : grant.expiresAt().toString());
    members.put("disabled", grant.disabled());
    members.put("description", grant.description());
    return members;
  }

  /** A stored grant as administrators and auditors see it. */
  public static Map<String, @Nullable Object> of(Stored<Grant> stored) {
    Grant grant = stored.value();
    Map<String, @Nullable Object> members = key(grant);
    members.put("clientAccount", grant.role().account());
    members.putAll(of(grant));
    members.put("version", grant.version());
    members.putAll(stored.stamps());
    return members;
  }

  /** Which grant it is: {@code caller} and {@code roleArn}. */
  public static Map<String, @Nullable Object> key(Grant grant) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("caller", grant.caller().value());
    members.put("roleArn", grant.role().value());
    return members;
  }
}
