package vended.admin;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vended.allowlist.Client;
import vended.identity.RoleArn;
import vended.text.Sha256;

/**
 * What a client needs to create its role from {@code client-role.yaml}.
 *
 * @param vendorRole the role that clients trust
 * @param region where the link opens CloudFormation; the role itself has no region
 * @param templateUrl where the vendor keeps {@code client-role.yaml} in S3; null for no link
 * @param probed whether a schedule probes roles that are new
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-console-create-stacks-quick-create-links.html">quick-create
 *     links</a>
 */
public record Onboarding(
    RoleArn vendorRole, String region, @Nullable String templateUrl, boolean probed) {
  private static final String STACK_NAME = "vended-role";

  /** The template's defaults. */
  private static final String ROLE_NAME = "vended-deploy";

  private static final String ROLE_PATH = "/vended/";

  /** A stack's name has letters, digits and hyphens, and a role's name has more. */
  private static final Pattern STACK_WORD = Pattern.compile("[A-Za-z0-9-]{1,64}");

  /**
   * How the client creates one of its roles.
   *
   * @param stackName a stack for this role alone
   * @param roleName the parameter RoleName
   * @param rolePath the parameter RolePath: begins and ends with a slash
   * @param quickCreateUrl opens CloudFormation with all parameters filled in; null without a
   *     template, and for the vendor's own account, which has no ExternalId to fill in
   */
  public record Steps(
      String stackName, String roleName, String rolePath, @Nullable String quickCreateUrl) {}

  /** The parameters of the template that the vendor determines. */
  public Map<String, String> templateParameters(Client client) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("VendorRoleArn", vendorRole.value());
    if (client.externalId() != null) {
      parameters.put("ExternalId", client.externalId());
    }
    return parameters;
  }

  /** How the client creates this role; null for the role that the template makes by default. */
  public Steps steps(Client client, @Nullable RoleArn role) {
    String name = role == null ? ROLE_NAME : role.name();
    String path = role == null ? ROLE_PATH : path(role);
    String stack = stackName(name);
    return new Steps(stack, name, path, quickCreateUrl(client, stack, name, path));
  }

  private static String path(RoleArn role) {
    String resource = role.value().substring(role.value().indexOf(":role/") + ":role".length());
    return resource.substring(0, resource.length() - role.name().length());
  }

  private static String stackName(String roleName) {
    if (roleName.equals(ROLE_NAME)) {
      return STACK_NAME;
    }
    String word =
        STACK_WORD.matcher(roleName).matches() ? roleName : Sha256.sha256(roleName).substring(0, 8);
    return STACK_NAME + "-" + word;
  }

  private @Nullable String quickCreateUrl(Client client, String stack, String name, String path) {
    if (templateUrl == null || client.externalId() == null) {
      return null;
    }
    Map<String, String> query = new LinkedHashMap<>();
    query.put("templateURL", templateUrl);
    query.put("stackName", stack);
    templateParameters(client)
        .forEach((parameter, value) -> query.put("param_" + parameter, value));
    query.put("param_RoleName", name);
    query.put("param_RolePath", path);
    return "https://%s/cloudformation/home?region=%s#/stacks/create/review?%s"
        .formatted(
            console(),
            encoded(region),
            query.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&")));
  }

  private String console() {
    return switch (vendorRole.partition()) {
      case "aws-cn" -> "console.amazonaws.cn";
      case "aws-us-gov" -> "console.amazonaws-us-gov.com";
      default -> "console.aws.amazon.com";
    };
  }

  private static String encoded(String text) {
    // In a fragment, a plus sign does not mean a space.
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
