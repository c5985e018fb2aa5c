package vended.admin;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vended.allowlist.Client;
import vended.identity.RoleArn;

/**
 * What a client needs to create its role from {@code client-role.yaml}.
 *
 * @param vendorRole the role that clients trust
 * @param region where the link opens CloudFormation; the role itself has no region
 * @param templateUrl where the vendor keeps {@code client-role.yaml} in S3; null for no link
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-console-create-stacks-quick-create-links.html">quick-create
 *     links</a>
 */
public record Onboarding(RoleArn vendorRole, String region, @Nullable String templateUrl) {
  private static final String STACK_NAME = "vended-role";

  /** The parameters of the template that the vendor determines. */
  public Map<String, String> templateParameters(Client client) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("VendorRoleArn", vendorRole.value());
    if (client.externalId() != null) {
      parameters.put("ExternalId", client.externalId());
    }
    return parameters;
  }

  /** A link that opens CloudFormation with all parameters filled in; null without a template. */
  public @Nullable String quickCreateUrl(Client client) {
    if (templateUrl == null) {
      return null;
    }
    Map<String, String> query = new LinkedHashMap<>();
    query.put("templateURL", templateUrl);
    query.put("stackName", STACK_NAME);
    templateParameters(client).forEach((name, value) -> query.put("param_" + name, value));
    return "https://%s/cloudformation/home?region=%s#/stacks/quickcreate?%s"
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
