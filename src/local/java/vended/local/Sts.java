package vended.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import vended.iam.Policy;

/**
 * A stand-in for STS: AssumeRole and GetCallerIdentity of the AWS Query protocol. It verifies
 * signatures, checks every parameter, and enforces the policies on both sides. What it answers can
 * be broken on purpose by tests.
 */
public final class Sts implements AutoCloseable {
  private static final String VERSION = "2011-06-15";
  private static final int BODY_LIMIT = 1 << 20;
  private static final int CHAINED_LIMIT = 3600;

  private final Clock clock;
  private final Keys keys;
  private final SigV4 verifier;
  private final ClientRoles roles;
  private final LoopbackServer server;
  private final List<Map<String, String>> calls = new ArrayList<>();
  private final Queue<StsException> failures = new ConcurrentLinkedQueue<>();
  private final Queue<UnaryOperator<Issued>> changes = new ConcurrentLinkedQueue<>();
  private volatile Consumer<Map<String, String>> hook = parameters -> {};
  private volatile BiConsumer<Map<String, String>, Issued> issueHook = (parameters, issued) -> {};

  Sts(int port, SigV4 verifier, Clock clock, Keys keys, Attachments attachments)
      throws IOException {
    this.clock = clock;
    this.keys = keys;
    this.verifier = verifier;
    this.roles = new ClientRoles(attachments, clock);
    this.server = new LoopbackServer(port, BODY_LIMIT, this::answer);
  }

  public URI url() {
    return server.url();
  }

  /**
   * Makes a role in a client's account, or changes the one that is there.
   *
   * @param trustPolicy JSON text, or the same as maps and lists
   */
  public void addRole(String roleArn, Object trustPolicy, Duration maxSession) {
    Policy trust = Policy.trust(trustPolicy);
    roles.put(new ClientRoles.Role(roleArn, keys.uniqueId("AROA"), trust, maxSession));
  }

  public void removeRole(String roleArn) {
    roles.remove(roleArn);
  }

  /** Has the role deny until then, as a new one does until IAM has told all of STS. */
  public void denyUntil(String roleArn, Instant instant) {
    roles.denyUntil(roleArn, instant);
  }

  /** The next AssumeRole that is not failing yet answers this error. Call twice to fail two. */
  public void failNext(int status, String code) {
    failures.add(new StsException(status, code, "A message that must not reach a caller"));
  }

  /** Changes what the next successful AssumeRole answers; the issued key is the unchanged one. */
  public void changeNext(UnaryOperator<Issued> change) {
    changes.add(change);
  }

  /** Runs at each AssumeRole before it is answered: to wait, to throw, or to move a clock. */
  public void onAssumeRole(Consumer<Map<String, String>> hook) {
    this.hook = hook;
  }

  /** Runs whenever credentials are issued, with the call's parameters, before they are answered. */
  public void onIssue(BiConsumer<Map<String, String>, Issued> hook) {
    this.issueHook = hook;
  }

  /** The parameters of each AssumeRole that came with a good signature, oldest first. */
  public List<Map<String, String>> calls() {
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }

  /** Forgets the calls so far: for runs so long that they would fill the memory. */
  public void forgetCalls() {
    synchronized (calls) {
      calls.clear();
    }
  }

  /** Forgets everything: calls, failures, changes, the hooks, and the roles. */
  public void reset() {
    roles.clear();
    forgetCalls();
    failures.clear();
    changes.clear();
    hook = parameters -> {};
    issueHook = (parameters, issued) -> {};
  }

  @Override
  public void close() {
    server.close();
  }

  private LoopbackServer.Answer answer(RawRequest request, boolean tooLarge, String sourceIp) {
    String requestId = UUID.randomUUID().toString();
    try {
      if (tooLarge) {
        throw new StsException(413, "RequestEntityTooLarge", "Request is too large");
      }
      return xml(200, dispatch(request, requestId), requestId);
    } catch (StsException e) {
      return xml(e.status(), StsXml.error(e, requestId), requestId);
    }
  }

  private String dispatch(RawRequest request, String requestId) throws StsException {
    if (!request.method().equals("POST") || !request.path().equals("/")) {
      throw new StsException(404, "InvalidAction", "This stand-in serves POST / only");
    }
    Principal caller =
        switch (verifier.verify(request)) {
          case SigV4.Verified verified -> verified.principal();
          case SigV4.Refused refused -> throw StsException.of(refused);
        };
    Form form = Form.parse(request.body());
    String action = form.get("Action").orElse("");
    if (!form.get("Version").equals(Optional.of(VERSION))) {
      action = "";
    }
    return switch (action) {
      case "AssumeRole" -> StsXml.assumeRole(assumeRole(caller, form), requestId);
      case "GetCallerIdentity" -> StsXml.callerIdentity(caller, requestId);
      default ->
          throw new StsException(
              400, "InvalidAction", "Could not find that operation of version " + VERSION);
    };
  }

  private Issued assumeRole(Principal caller, Form form) throws StsException {
    synchronized (calls) {
      calls.add(form.parameters());
    }
    hook.accept(form.parameters());
    StsException failure = failures.poll();
    if (failure != null) {
      throw failure;
    }
    AssumeRoleCall call = AssumeRoleCall.parse(form);
    ClientRoles.Role role = roles.authorize(caller, call);
    checkDuration(caller, call, role);
    Optional<Integer> packed = packedPolicySize(call);
    Issued issued = issue(call, role, packed);
    issueHook.accept(form.parameters(), issued);
    UnaryOperator<Issued> change = changes.poll();
    return change == null ? issued : change.apply(issued);
  }

  private static void checkDuration(Principal caller, AssumeRoleCall call, ClientRoles.Role role)
      throws StsException {
    if (caller.roleArn().isPresent() && call.durationSeconds() > CHAINED_LIMIT) {
      throw StsException.validation(
          "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role"
              + " chaining");
    }
    if (call.durationSeconds() > role.maxSession().toSeconds()) {
      throw StsException.validation(
          "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    }
  }

  /**
   * Per cent of a limit that AWS doesn't publish, of a packed form that it doesn't publish either:
   * 2048 characters of policy text are the one number known, and tags share the space.
   */
  private static Optional<Integer> packedPolicySize(AssumeRoleCall call) throws StsException {
    int policies = call.policyArns().stream().mapToInt(String::length).sum();
    if (call.policy().isPresent()) {
      SessionPolicy.check(call.policy().get());
      policies += call.policy().get().length();
    }
    int tags =
        call.tags().entrySet().stream()
            .mapToInt(tag -> tag.getKey().length() + tag.getValue().length())
            .sum();
    int percent = Math.ceilDiv(100 * (policies + tags / 4), 2048);
    if (percent > 100) {
      throw new StsException(
          400,
          "PackedPolicyTooLarge",
          "Packed size of session policies and tags consumes %d%% of allotted space."
              .formatted(percent));
    }
    return percent == 0 ? Optional.empty() : Optional.of(percent);
  }

  private Issued issue(AssumeRoleCall call, ClientRoles.Role role, Optional<Integer> packed) {
    Principal session = Principal.session(role.arn(), role.uniqueId(), call.sessionName());
    Instant end =
        clock.instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(call.durationSeconds());
    Keys.Key key = keys.issue(session, end);
    return new Issued(
        key.id(),
        key.secret(),
        key.token().orElseThrow(),
        end,
        session.arn(),
        session.userId(),
        packed.map(String::valueOf).orElse(null),
        call.sourceIdentity().orElse(null));
  }

  private static LoopbackServer.Answer xml(int status, String document, String requestId) {
    return new LoopbackServer.Answer(
        status,
        Map.of("Content-Type", List.of("text/xml"), "x-amzn-RequestId", List.of(requestId)),
        new LoopbackServer.Content(document.getBytes(UTF_8)));
  }
}
