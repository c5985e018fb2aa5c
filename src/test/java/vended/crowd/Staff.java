package vended.crowd;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import vended.crowd.Standing.Change;
import vended.json.Json;
import vended.json.JsonObject;
import vended.local.Reprobes;
import vended.local.StateMachine.StateFailed;
import vended.probe.Pause;

/** The administrators, the clients that change their trust policies, and the schedule. */
final class Staff {
  /** How often somebody tries again what the network kept from being made. */
  private static final int TRIES = 30;

  /**
   * Of so many changes one is a stop, and of so many a drift. The rest is of grants and clients.
   */
  private static final int STOP = 50;

  private static final int DRIFT = 300;

  /** Of so many grants or clients one is revoked or suspended at a time. */
  private static final int SHARE = 10;

  private final World world;
  private final Ledger ledger;
  private final Findings findings;
  private final Desk desk;
  private final Reprobes schedule;
  private final AtomicLong steps = new AtomicLong();
  private final ReentrantLock drifting = new ReentrantLock();
  private final ReentrantLock stopping = new ReentrantLock();
  private final Set<Seat> revoked = ConcurrentHashMap.newKeySet();
  private final Set<House> suspended = ConcurrentHashMap.newKeySet();

  final AtomicLong revocations = new AtomicLong();
  final AtomicLong suspensions = new AtomicLong();
  final AtomicLong stops = new AtomicLong();
  final AtomicLong drifts = new AtomicLong();

  /** Where callers ask for credentials. */
  interface Desk {
    void ask(Seat seat) throws IOException, InterruptedException;
  }

  Staff(World world, Ledger ledger, Findings findings, Desk desk) {
    this.world = world;
    this.ledger = ledger;
    this.findings = findings;
    this.desk = desk;
    this.schedule = new Reprobes(world.stack, Clock.systemUTC(), Pause.sleeping());
  }

  /** One of them makes a change, and whom it concerns asks just before it and just after. */
  void act() throws IOException, InterruptedException {
    long step = steps.incrementAndGet();
    if (step % DRIFT == 3) {
      alone(drifting, this::drift);
    } else if (step % STOP == 7) {
      alone(stopping, this::stop);
    } else if (step % 4 == 0) {
      suspendOrResume();
    } else {
      revokeOrRestore();
    }
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private static void alone(ReentrantLock lock, Work work)
      throws IOException, InterruptedException {
    if (lock.tryLock()) {
      try {
        work.run();
      } finally {
        lock.unlock();
      }
    }
  }

  private static <T> T any(List<T> all) {
    return all.get(ThreadLocalRandom.current().nextInt(all.size()));
  }

  private void revokeOrRestore() throws IOException, InterruptedException {
    if (revoked.size() > world.granted.size() / SHARE) {
      restore(any(List.copyOf(revoked)));
      return;
    }
    Seat seat = any(world.granted);
    desk.ask(seat);
    Change change = Objects.requireNonNull(seat.grant()).begin(false);
    int status =
        make(
            change,
            "/grants/remove",
            Map.of("caller", seat.who().arn(), "roleArn", seat.role().arn()));
    revoked.add(seat);
    if (status == 200) {
      revocations.incrementAndGet();
      desk.ask(seat);
    }
  }

  private void restore(Seat seat) throws IOException, InterruptedException {
    Change change = Objects.requireNonNull(seat.grant()).begin(true);
    int status =
        make(
            change,
            "/grants/put",
            Map.of(
                "caller",
                seat.who().arn(),
                "roleArn",
                seat.role().arn(),
                "callerId",
                seat.who().uniqueId()));
    // 409: it is there.
    if (status < 500) {
      revoked.remove(seat);
      desk.ask(seat);
    }
  }

  private void suspendOrResume() throws IOException, InterruptedException {
    boolean resume = suspended.size() > world.houses.size() / SHARE;
    House house = any(resume ? List.copyOf(suspended) : world.houses);
    Optional<Seat> seat = seatOf(house.roles().getFirst());
    ask(seat);
    Change change = house.standing().begin(resume);
    int status =
        make(change, "/clients/suspend", Map.of("account", house.account(), "suspended", !resume));
    if (!resume) {
      suspended.add(house);
      suspensions.addAndGet(status == 200 ? 1 : 0);
    } else if (status == 200) {
      suspended.remove(house);
    }
    ask(seat);
  }

  private void stop() throws IOException, InterruptedException {
    Seat seat = any(world.granted);
    desk.ask(seat);
    int status = make(world.vending.begin(false), "/clients/suspend", all(true));
    stops.addAndGet(status == 200 ? 1 : 0);
    desk.ask(seat);
    for (int i = 0; i < TRIES; i++) {
      if (make(world.vending.begin(true), "/clients/suspend", all(false)) == 200) {
        return;
      }
    }
    findings.add("vending can't be started again");
  }

  private static Map<String, Object> all(boolean stopped) {
    return Map.of("all", true, "stopped", stopped);
  }

  /** A client opens its role, the schedule finds it, and an administrator verifies it again. */
  private void drift() throws IOException, InterruptedException {
    House house = any(world.houses);
    House.Role role = any(house.roles());
    Optional<Seat> seat = seatOf(role);
    ask(seat);
    Change opened = role.standing().begin(false);
    role.open(world.stack.sts(), world.vendor());
    boolean run = probeAll();
    if (run && !isVerified(house, role)) {
      opened.made();
      drifts.incrementAndGet();
      ask(seat);
    } else {
      opened.unsure();
    }
    role.close(world.stack.sts(), world.vendor());
    Change verified = role.standing().begin(true);
    for (int i = 0; i < TRIES; i++) {
      if (verify(role)) {
        verified.made();
        return;
      }
    }
    verified.unsure();
  }

  /** Whether the schedule has come to its end, within the functions' own time limits. */
  private boolean probeAll() {
    try {
      schedule.run();
      return true;
    } catch (StateFailed e) {
      return false;
    }
  }

  private boolean isVerified(House house, House.Role role)
      throws IOException, InterruptedException {
    for (int i = 0; i < TRIES; i++) {
      var answer = post("/clients/list", Map.of("account", house.account()));
      if (answer.statusCode() == 200) {
        String text = answer.body();
        int at = text.indexOf("\"" + role.arn() + "\"");
        return text.startsWith("\"verified\":true", text.indexOf("\"verified\":", at));
      }
    }
    return true;
  }

  private boolean verify(House.Role role) throws IOException, InterruptedException {
    var probe = post("/probes", Map.of("roleArn", role.arn()));
    Object probeId = members(probe).get("probeId");
    if (probe.statusCode() != 200 || probeId == null) {
      return false;
    }
    var answer = post("/clients/activate", Map.of("probeId", probeId));
    note(answer);
    return answer.statusCode() == 200;
  }

  private Optional<Seat> seatOf(House.Role role) {
    return world.granted.stream().filter(seat -> seat.role().equals(role)).findAny();
  }

  private void ask(Optional<Seat> seat) throws IOException, InterruptedException {
    if (seat.isPresent()) {
      desk.ask(seat.get());
    }
  }

  /** Makes a change, and notes what is known of it afterwards; answers the status. */
  private int make(Change change, String path, Map<String, ?> body)
      throws IOException, InterruptedException {
    var answer = post(path, body);
    int status = answer.statusCode();
    if (status == 200) {
      change.made();
      note(answer);
    } else if (status >= 500) {
      change.unsure();
    } else {
      change.refused();
    }
    return status;
  }

  private void note(HttpResponse<String> answer) {
    if (answer.statusCode() == 200) {
      ledger.changed(String.valueOf(members(answer).get("vendId")));
    }
  }

  private HttpResponse<String> post(String path, Map<String, ?> body)
      throws IOException, InterruptedException {
    return world.connections.post(path, Json.write(body));
  }

  private static Map<String, ?> members(HttpResponse<String> answer) {
    return ((JsonObject.Read) JsonObject.read(answer.body())).object().members();
  }
}
