package vended.canary;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import vended.local.AcceptedIds;
import vended.local.Demonstration;
import vended.local.Keys;
import vended.local.LocalStack;

/** The routes that rotate a client's ExternalId and remove it, and those of the client itself. */
final class ClientLife {
  private final Plot plot;
  private final Keys.Key administrator;
  private final String role;
  private final String own;

  ClientLife(Plot plot) {
    this.plot = plot;
    this.administrator = plot.stack.people().administrator();
    this.role = plot.stack.demonstration().roleArn();
    this.own = plot.stack.demonstration().externalId();
  }

  void askAll() throws IOException, InterruptedException {
    askAsTheClient();
    rotateAndBack();
    rotateToTheEnd(plot.stack.newClient().account());
    remove(Demonstration.CLIENT_ACCOUNT);
    remove(plot.stack.newClient().account());
    remove(Plot.CORRUPT);
  }

  private void askAsTheClient() throws IOException, InterruptedException {
    LocalStack stack = plot.stack;
    for (Keys.Key who : List.of(stack.people().client(), stack.people().pipeline())) {
      for (String format : List.of("json", "jsonl", "table")) {
        plot.ask(who, "/mine/audit", Map.of("format", format));
        plot.ask(who, "/mine/grants", Map.of("format", format));
      }
      plot.ask(who, "/mine/audit", Map.of("cursor", own));
      plot.ask(who, "/mine/suspend", Map.of("suspended", true, "version", 7));
      plot.ask(who, "/mine/suspend", Map.of("suspended", true));
      plot.ask(stack.people().pipeline(), "/credentials", Map.of("roleArn", role));
      plot.ask(who, "/mine/suspend", Map.of("suspended", false));
    }
  }

  private void rotateAndBack() throws IOException, InterruptedException {
    String next = next(rotate(Demonstration.CLIENT_ACCOUNT, "start"));
    rotate(Demonstration.CLIENT_ACCOUNT, "start");
    probe();
    rotate(Demonstration.CLIENT_ACCOUNT, "switch");
    plot.ask(administrator, "/clients/list", Map.of("format", "table"));
    plot.ask(administrator, "/access/status", Map.of());
    AcceptedIds.accept(plot.stack, own, next);
    probe();
    rotate(Demonstration.CLIENT_ACCOUNT, "switch");
    plot.ask(plot.stack.people().pipeline(), "/credentials", Map.of("roleArn", role));
    rotate(Demonstration.CLIENT_ACCOUNT, "finish");
    probe();
    rotate(Demonstration.CLIENT_ACCOUNT, "back");
    rotate(Demonstration.CLIENT_ACCOUNT, "cancel");
    var client = plot.stack.demonstration();
    plot.stack.sts().addRole(role, client.trustPolicy(), client.maxSession());
  }

  /** Of a client none of whose roles is vended, so that nobody has to accept anything. */
  private void rotateToTheEnd(String account) throws IOException, InterruptedException {
    for (String step : List.of("finish", "start", "switch")) {
      rotate(account, step);
    }
    plot.ask(administrator, "/clients/list", Map.of("account", account));
    plot.ask(administrator, "/probes", Map.of("roleArn", plot.stack.newClient().roleArn()));
    rotate(account, "finish");
    rotate("000000000000", "start");
  }

  private void probe() throws IOException, InterruptedException {
    plot.ask(administrator, "/probes", Map.of("roleArn", role));
  }

  private HttpResponse<String> rotate(String account, String step)
      throws IOException, InterruptedException {
    return plot.ask(administrator, "/clients/rotate", Map.of("account", account, "step", step));
  }

  private void remove(String account) throws IOException, InterruptedException {
    plot.ask(administrator, "/clients/remove", Map.of("account", account, "version", 77));
    plot.ask(administrator, "/clients/remove", Map.of("account", account));
  }

  private static String next(HttpResponse<String> started) {
    return Plot.members(started).get("rotation") instanceof Map<?, ?> rotation
        ? String.valueOf(rotation.get("nextExternalId"))
        : "";
  }
}
