package vended.api.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.admin.Onboarding;
import vended.allowlist.Client;
import vended.identity.RoleArn;

/** Shows administrators what a client needs to create its roles. */
final class OnboardingView {
  private OnboardingView() {}

  static Map<String, @Nullable Object> json(Onboarding onboarding, Client client) {
    List<RoleArn> roles = List.copyOf(client.roles().keySet());
    RoleArn first = roles.isEmpty() ? null : roles.getFirst();
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("region", onboarding.region());
    members.put("newRolesProbed", onboarding.probed());
    members.put("templateParameters", onboarding.templateParameters(client));
    members.put("quickCreateUrl", onboarding.steps(client, first).quickCreateUrl());
    List<Map<String, @Nullable Object>> steps = new ArrayList<>();
    roles.forEach(role -> steps.add(json(role, onboarding.steps(client, role))));
    members.put("roles", steps);
    return members;
  }

  private static Map<String, @Nullable Object> json(RoleArn role, Onboarding.Steps steps) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("roleArn", role.value());
    members.put("stackName", steps.stackName());
    members.put("roleName", steps.roleName());
    members.put("rolePath", steps.rolePath());
    members.put("quickCreateUrl", steps.quickCreateUrl());
    return members;
  }
}
