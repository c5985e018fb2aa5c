package vended.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vended.local.AcceptedIds;
import vended.local.LocalStack;
import vended.local.SignedClient;

/** The events of a rotation of an ExternalId, and of a client's removal. */
final class Rotating {
  private static final String ADMIN = Incident.handler("admin.AdminHandler");
  private static final Pattern NEXT = Pattern.compile("\"nextExternalId\":\"(\\w{32})\"");
  private static final Pattern CALLER = Pattern.compile("\"caller\":\"([^\"]+)\"");

  private Rotating() {}

  static List<Incident> all() {
    return List.of(
        new Incident("start a rotation", ADMIN, stack -> step("start")),
        new Incident(
            "switch a rotation",
            ADMIN,
            stack -> {
              accepted(stack);
              return step("switch");
            }),
        new Incident(
            "finish a rotation",
            ADMIN,
            stack -> {
              AcceptedIds.accept(stack, switched(stack));
              Incident.probe(stack);
              return step("finish");
            }),
        new Incident(
            "probe during a rotation",
            Incident.handler("vend.VendHandler"),
            stack -> {
              accepted(stack);
              return Incident.event(
                  "/probes", "{\"roleArn\":\"%s\"}".formatted(stack.demonstration().roleArn()));
            }),
        new Incident(
            "remove a client",
            ADMIN,
            stack -> {
              removeGrants(stack);
              return Incident.event("/clients/remove", "{\"account\":\"444455556666\"}");
            }));
  }

  private static String body(String step) {
    return "{\"account\":\"444455556666\",\"step\":\"%s\"}".formatted(step);
  }

  private static String step(String step) throws Exception {
    return Incident.event("/clients/rotate", body(step));
  }

  private static String accepted(LocalStack stack) throws Exception {
    String next = each(NEXT, ask(stack, "/clients/rotate", body("start"))).getFirst();
    AcceptedIds.accept(stack, stack.demonstration().externalId(), next);
    Incident.probe(stack);
    return next;
  }

  private static String switched(LocalStack stack) throws Exception {
    String next = accepted(stack);
    ask(stack, "/clients/rotate", body("switch"));
    return next;
  }

  private static void removeGrants(LocalStack stack) throws Exception {
    for (String caller : each(CALLER, ask(stack, "/grants/list", "{}"))) {
      ask(
          stack,
          "/grants/remove",
          "{\"caller\":\"%s\",\"roleArn\":\"%s\"}"
              .formatted(caller, stack.demonstration().roleArn()));
    }
  }

  private static List<String> each(Pattern pattern, String text) {
    List<String> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  private static String ask(LocalStack stack, String path, String body) throws Exception {
    try (SignedClient administrator = stack.caller(stack.people().administrator())) {
      var answer = administrator.post(path, body);
      if (answer.statusCode() != 200) {
        throw new AssertionError("not arranged: " + answer.body());
      }
      return answer.body();
    }
  }
}
