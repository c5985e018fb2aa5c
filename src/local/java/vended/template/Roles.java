package vended.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The roles of a template and all that they may do. */
public final class Roles {
  private final Template template;

  Roles(Template template) {
    this.template = template;
  }

  /** The policy documents of the role that a function runs as. */
  public List<Object> functionPolicies(String function) {
    return policies(functionRole(function));
  }

  public String functionRole(String function) {
    var arn = Tree.requiredAt(template.properties(function), "Role");
    return template.ofType("AWS::IAM::Role").stream()
        .filter(role -> template.arn(role).equals(arn))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the template doesn't make " + arn));
  }

  public Map<String, Object> trustPolicy(String role) {
    return Tree.map(template.properties(role).get("AssumeRolePolicyDocument"));
  }

  /** Inline ones, and those that other resources of the template attach. */
  public List<Object> policies(String role) {
    var documents = new ArrayList<Object>();
    for (var inline : Tree.listAt(template.properties(role), "Policies")) {
      documents.add(Tree.map(Tree.at(inline, "PolicyDocument")));
    }
    var name = template.reference(role);
    for (var type :
        List.of("AWS::IAM::Policy", "AWS::IAM::RolePolicy", "AWS::IAM::ManagedPolicy")) {
      for (var policy : template.ofType(type)) {
        var properties = template.properties(policy);
        boolean attached =
            Tree.listAt(properties, "Roles").contains(name)
                || name.equals(Tree.textAt(properties, "RoleName"))
                || (type.equals("AWS::IAM::ManagedPolicy")
                    && managedPolicies(role).contains(template.reference(policy)));
        if (attached) {
          documents.add(Tree.map(properties.get("PolicyDocument")));
        }
      }
    }
    return documents;
  }

  /** The ARNs of the managed policies that the role names. */
  public List<String> managedPolicies(String role) {
    return Tree.listAt(template.properties(role), "ManagedPolicyArns").stream()
        .map(Object::toString)
        .toList();
  }
}
