package vended;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vended.identity.AssumableRoles;
import vended.identity.RoleArn;
import vended.identity.RolePattern;

/**
 * A function's settings: the only reader of the environment. A setting is checked when it is asked
 * for, since each function has only those that it needs; the exception names the variable.
 */
public final class Settings {
  /** The environment variables that are read. */
  public static final Set<String> VARIABLES =
      Set.of(
          "STACK_NAME",
          "ALLOW_LIST_TABLE",
          "AUDIT_TABLE",
          "AUDIT_RETENTION_DAYS",
          "REPROBE_OVERDUE_HOURS",
          "NEW_ROLES_PROBED",
          "VENDOR_ROLE_ARN",
          "VENDOR_ROLE_ID",
          "CLIENT_TEMPLATE_URL",
          "CLIENT_ROLE_PATTERN",
          "ALLOW_OWN_ACCOUNT",
          "CLIENT_VIEW",
          "AWS_LAMBDA_INITIALIZATION_TYPE",
          "AWS_REGION",
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "AWS_CONTAINER_CREDENTIALS_FULL_URI",
          "AWS_CONTAINER_AUTHORIZATION_TOKEN",
          "AWS_ENDPOINT_URL_STS",
          "AWS_ENDPOINT_URL_DYNAMODB");

  /** Seven years, which is what auditors ask for most often. */
  private static final String DEFAULT_RETENTION_DAYS = "2557";

  private static final Pattern STACK_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,127}");
  private static final Pattern TABLE_NAME = Pattern.compile("[A-Za-z0-9_.-]{3,255}");
  private static final Pattern ROLE_ID = Pattern.compile("AROA[A-Z0-9]{12,124}");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,4}");

  private final Map<String, String> environment;

  Settings(Map<String, String> environment) {
    // A variable that is read without being listed in VARIABLES is never set.
    this.environment =
        VARIABLES.stream()
            .filter(environment::containsKey)
            .collect(Collectors.toUnmodifiableMap(name -> name, environment::get));
  }

  /** The process's own environment. */
  static Map<String, String> environment() {
    return System.getenv();
  }

  /** The name of the CloudFormation stack, which each metric has as a dimension. */
  String stackName() {
    String name = required("STACK_NAME");
    if (!STACK_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("STACK_NAME is not the name of a CloudFormation stack");
    }
    return name;
  }

  String allowListTable() {
    return table("ALLOW_LIST_TABLE");
  }

  String auditTable() {
    return table("AUDIT_TABLE");
  }

  /** How long DynamoDB keeps a record: 1–99999 days. */
  Duration auditRetention() {
    String days = environment.getOrDefault("AUDIT_RETENTION_DAYS", DEFAULT_RETENTION_DAYS);
    if (!NUMBER.matcher(days).matches()) {
      throw new IllegalArgumentException("AUDIT_RETENTION_DAYS must be a number from 1 to 99999");
    }
    return Duration.ofDays(Long.parseLong(days));
  }

  /** How long ago the schedule may have probed all roles; null without a schedule. */
  @Nullable Duration reprobeOverdue() {
    String hours = optional("REPROBE_OVERDUE_HOURS");
    if (hours == null) {
      return null;
    }
    if (!NUMBER.matcher(hours).matches()) {
      throw new IllegalArgumentException("REPROBE_OVERDUE_HOURS must be a number from 1 to 99999");
    }
    return Duration.ofHours(Long.parseLong(hours));
  }

  /** The role that clients trust. */
  RoleArn vendorRole() {
    return RoleArn.parse(required("VENDOR_ROLE_ARN"))
        .orElseThrow(
            () -> new IllegalArgumentException("VENDOR_ROLE_ARN is not the ARN of a role"));
  }

  @Nullable String vendorRoleId() {
    String uniqueId = optional("VENDOR_ROLE_ID");
    if (uniqueId != null && !ROLE_ID.matcher(uniqueId).matches()) {
      throw new IllegalArgumentException("VENDOR_ROLE_ID is not the unique ID of a role");
    }
    return uniqueId;
  }

  /** Which roles the vendor role's own policy lets it assume. */
  AssumableRoles assumableRoles() {
    String pattern = optional("CLIENT_ROLE_PATTERN");
    boolean own = flag("ALLOW_OWN_ACCOUNT", true);
    try {
      return new AssumableRoles(pattern == null ? null : new RolePattern(pattern), own);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "CLIENT_ROLE_PATTERN must be like arn:aws:iam::*:role/vended/*", e);
    }
  }

  /** Where the vendor has put {@code client-role.yaml}. */
  @Nullable String clientTemplateUrl() {
    String templateUrl = optional("CLIENT_TEMPLATE_URL");
    if (templateUrl != null && !templateUrl.startsWith("https://")) {
      throw new IllegalArgumentException("CLIENT_TEMPLATE_URL must begin with https://");
    }
    return templateUrl;
  }

  /** Whether clients may see their records and grants, and suspend themselves. */
  boolean clientView() {
    return flag("CLIENT_VIEW", false);
  }

  /** Whether a schedule probes roles that are new. */
  boolean newRolesAreProbed() {
    return flag("NEW_ROLES_PROBED", true);
  }

  String region() {
    return required("AWS_REGION");
  }

  /** Whether Lambda takes a snapshot of this process once it is initialized. */
  boolean startsFromSnapshot() {
    return "snap-start".equals(optional("AWS_LAMBDA_INITIALIZATION_TYPE"));
  }

  /** Whether the function gets its credentials from an endpoint, as with SnapStart. */
  boolean hasCredentialsEndpoint() {
    return optional("AWS_CONTAINER_CREDENTIALS_FULL_URI") != null;
  }

  String accessKeyId() {
    return required("AWS_ACCESS_KEY_ID");
  }

  String secretAccessKey() {
    return required("AWS_SECRET_ACCESS_KEY");
  }

  @Nullable String sessionToken() {
    return optional("AWS_SESSION_TOKEN");
  }

  /**
   * The endpoint of an AWS service, null for the region's own.
   *
   * @param service {@code STS} or {@code DYNAMODB}
   */
  @Nullable String endpoint(String service) {
    return optional("AWS_ENDPOINT_URL_" + service);
  }

  private String table(String variable) {
    String name = required(variable);
    if (!TABLE_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(variable + " is not the name of a DynamoDB table");
    }
    return name;
  }

  private boolean flag(String variable, boolean otherwise) {
    String value = optional(variable);
    if (value != null && !value.equals("true") && !value.equals("false")) {
      throw new IllegalArgumentException(variable + " must be true or false");
    }
    return value == null ? otherwise : value.equals("true");
  }

  private String required(String variable) {
    String value = optional(variable);
    if (value == null) {
      throw new IllegalArgumentException(variable + " is not set");
    }
    return value;
  }

  private @Nullable String optional(String variable) {
    String value = environment.get(variable);
    return value == null || value.isEmpty() ? null : value;
  }
}
