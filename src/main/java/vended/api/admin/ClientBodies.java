package vended.api.admin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vended.admin.PutClient;
import vended.admin.verification.RotateExternalId;
import vended.allowlist.Client;
import vended.api.Body;
import vended.api.RequestFields;
import vended.api.RequestFields.Asked;
import vended.audit.VendId;
import vended.identity.RoleArn;
import vended.json.JsonObject;

/** The bodies of {@code /clients/…}. */
final class ClientBodies {
  private static final int MAX_NAME = 128;

  /** STS accepts 2–1224 characters; fewer than 16 could be guessed. */
  private static final Pattern EXTERNAL_ID = Pattern.compile("[A-Za-z0-9_+=,.@:/-]{16,1224}");

  private ClientBodies() {}

  /**
   * {@code {account, name, roles?, ownAccount?, importExternalId?, activateWhenSafe?, version?}}.
   */
  static Body<Asked<PutClient.Request>> put(JsonObject object) {
    RequestFields body = new RequestFields(object);
    String account = body.account();
    String name =
        body.requiredText(
            "name",
            text -> RequestFields.isPlain(text, MAX_NAME),
            "must be 1 to 128 characters, no control characters");
    List<RoleArn> roles = roles(body, account);
    boolean ownAccount = body.optionalFlag("ownAccount");
    String imported =
        body.optionalText(
            "importExternalId",
            EXTERNAL_ID.asMatchPredicate(),
            "must have 16 to 1224 of A-Z a-z 0-9 _+=,.@:/-");
    boolean activate = body.optionalFlag("activateWhenSafe");
    Boolean activateWhenSafe = body.isThere("activateWhenSafe") ? activate : null;
    Long version = body.version();
    return body.asked(
        () ->
            new PutClient.Request(
                Objects.requireNonNull(account),
                Objects.requireNonNull(name),
                roles,
                ownAccount,
                imported,
                activateWhenSafe,
                version));
  }

  private static @Nullable List<RoleArn> roles(RequestFields body, @Nullable String account) {
    boolean there = body.isThere("roles");
    List<RoleArn> roles = new ArrayList<>();
    for (String text : body.optionalTexts("roles", "must be a list of ARNs of roles")) {
      RoleArn role = RoleArn.parse(text).orElse(null);
      String place = "roles/" + roles.size();
      if (role == null) {
        body.error(place, RequestFields.ROLE_RULE);
        return null;
      }
      if (account != null && !role.account().equals(account)) {
        body.error(place, "must be in the client's account");
      }
      roles.add(role);
    }
    if (roles.size() > Client.MAX_ROLES) {
      body.error("roles", "must have at most " + Client.MAX_ROLES + " ARNs");
    }
    if (new HashSet<>(roles).size() < roles.size()) {
      body.error("roles", "must name each role once");
    }
    return there ? roles : null;
  }

  /**
   * What to suspend or resume.
   *
   * @param account the client's account, twelve digits; null for all vending
   * @param stopped whether to suspend or stop it, or else to resume it
   * @param version the expected version; null for any
   */
  record Suspension(@Nullable String account, boolean stopped, @Nullable Long version) {}

  /** {@code {account, suspended, version?}} or {@code {all: true, stopped}}. */
  static Body<Asked<Suspension>> suspend(JsonObject object) {
    RequestFields body = new RequestFields(object);
    if (body.isThere("all")) {
      if (!body.requiredFlag("all")) {
        body.error("all", "must be true if given");
      }
      boolean stopped = body.requiredFlag("stopped");
      return body.asked(() -> new Suspension(null, stopped, null));
    }
    String account = body.account();
    boolean suspended = body.requiredFlag("suspended");
    Long version = body.version();
    return body.asked(() -> new Suspension(account, suspended, version));
  }

  /**
   * Which client to remove.
   *
   * @param account twelve digits
   * @param version the expected version; null for any
   */
  record Removal(String account, @Nullable Long version) {}

  /** {@code {account, version?}}. */
  static Body<Asked<Removal>> remove(JsonObject object) {
    RequestFields body = new RequestFields(object);
    String account = body.account();
    Long version = body.version();
    return body.asked(() -> new Removal(Objects.requireNonNull(account), version));
  }

  /**
   * Which step of a rotation to take.
   *
   * @param account twelve digits
   * @param version the client's expected version; null for any
   */
  record Rotate(String account, RotateExternalId.Step step, @Nullable Long version) {}

  /** {@code {account, step, version?}}. */
  static Body<Asked<Rotate>> rotate(JsonObject object) {
    RequestFields body = new RequestFields(object);
    String account = body.account();
    RotateExternalId.Step step =
        body.required("step", ClientBodies::step, "must be start, switch, back, finish or cancel");
    Long version = body.version();
    return body.asked(
        () -> new Rotate(Objects.requireNonNull(account), Objects.requireNonNull(step), version));
  }

  private static Optional<RotateExternalId.Step> step(String word) {
    return Arrays.stream(RotateExternalId.Step.values())
        .filter(step -> step.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst();
  }

  /** {@code {probeId}}. */
  static Body<Asked<VendId>> activate(JsonObject object) {
    RequestFields body = new RequestFields(object);
    VendId probeId =
        body.required("probeId", VendId::parse, "must be a probeId from /probes, 26 characters");
    return body.asked(() -> Objects.requireNonNull(probeId));
  }
}
