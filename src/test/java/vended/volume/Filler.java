package vended.volume;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.RequestIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import vended.audit.Reason;
import vended.local.LocalStack;
import vended.volume.Book.Seat;
import vended.volume.Fact.Sender;
import vended.volume.FastSts.Fault;
import vended.volume.FastSts.Next;
import vended.volume.Vends.Trouble;
import vended.volume.World.Use;

/** Fills the audit in the order of time: changes at their times, and vends between them. */
final class Filler implements AutoCloseable {
  private static final List<Reason> OF_STS =
      Arrays.stream(Reason.values())
          .filter(reason -> reason.name().startsWith("STS_"))
          .filter(reason -> reason.compareTo(Reason.STS_WRONG_ROLE) < 0)
          .toList();

  private static final List<Fault> OF_ANSWERS =
      List.of(Fault.WRONG_ROLE, Fault.INCOMPLETE, Fault.WRONG_EXPIRY);

  final Scale scale;
  final World world;
  final Book book = new Book();
  final Facts facts = new Facts();

  private final Random random = new Random(20261001);
  private final Service service;
  private final Vends vends;
  private final Agenda agenda;

  Filler(Scale scale, LocalStack stack) {
    this.scale = scale;
    this.world = new World(scale);
    this.service = new Service(stack, random);
    this.vends = new Vends(service, book, facts, random);
    Changes changes = new Changes(service, book, facts, vends);
    this.agenda = new Agenda(scale, world, book, changes, vends, this::oneOfEach);
  }

  /** Writes everything. */
  void fill() {
    service.clock.set(scale.beginning());
    agenda.begin(service.clock);
    history();
    between(scale.previous().since(), scale.period().since(), scale.vendsOfPrevious());
    between(scale.period().since(), scale.period().until(), scale.vendsOfPeriod());
    atTheEdges();
    service.bulk.flush();
  }

  /** Grants that are used before both periods, some of them not for 90 days. */
  private void history() {
    for (int i = 0; i < world.seats.size(); i++) {
      Use use = World.use(i);
      if (use == Use.LONG_AGO || (use == Use.ALWAYS && i % 2 == 0)) {
        vendIn(i, scale.until().minus(Duration.ofDays(150)).plusSeconds(i));
      }
    }
    Instant before = scale.previous().since().minus(Duration.ofDays(2));
    for (int i = 0; i < world.seats.size(); i++) {
      if (World.use(i) == Use.BEFORE_PREVIOUS) {
        vendIn(i, before.plusSeconds(i));
      }
    }
  }

  private void vendIn(int seat, Instant at) {
    service.clock.set(at);
    Seat used = world.seats.get(seat);
    vends.vend(used.who, used.role, World.address(world.callers.indexOf(used.who), 0));
  }

  private void between(Instant since, Instant until, int count) {
    long[] times = new long[count];
    long length = Duration.between(since, until).toMillis();
    for (int i = 0; i < count; i++) {
      // More at the middle of the day, and now and then several at one millisecond.
      long at = (long) ((random.nextDouble() + random.nextDouble()) / 2 * 86_400_000);
      long day = random.nextLong(length / 86_400_000) * 86_400_000;
      times[i] = random.nextInt(30) == 0 ? day + 43_200_000 : day + at;
    }
    Arrays.sort(times);
    for (long time : times) {
      Instant at = since.plusMillis(time);
      agenda.until(at, service.clock);
      service.clock.set(at);
      request(!at.isBefore(scale.period().since()));
    }
    agenda.until(until.minusSeconds(60), service.clock);
  }

  private void request(boolean inPeriod) {
    int dice = random.nextInt(1000);
    if (dice < 935) {
      ordinary(inPeriod, Trouble.NONE, FastSts.SOUND);
    } else if (dice < 948) {
      special();
    } else if (dice < 960) {
      strange();
    } else if (dice < 965) {
      nobodies().get(random.nextInt(nobodies().size())).run();
    } else if (dice < 972) {
      ordinary(
          inPeriod, random.nextBoolean() ? Trouble.TOO_LONG : Trouble.OWN_POLICY, FastSts.SOUND);
    } else if (dice < 975) {
      ordinary(inPeriod, Trouble.ALLOW_LIST_DOWN, FastSts.SOUND);
    } else if (dice < 988) {
      Reason reason = OF_STS.get(random.nextInt(OF_STS.size()));
      ordinary(inPeriod, Trouble.STS, new Next(Fault.REFUSES, reason));
    } else if (dice < 993) {
      Fault fault = OF_ANSWERS.get(random.nextInt(OF_ANSWERS.size()));
      ordinary(inPeriod, Trouble.STS, new Next(fault, Reason.STS_REFUSED));
    } else if (dice < 995) {
      ordinary(inPeriod, Trouble.STS, new Next(Fault.CUT_OFF, Reason.STS_REFUSED));
    } else {
      probe();
    }
  }

  private void ordinary(boolean inPeriod, Trouble trouble, Next next) {
    int seat;
    Use use;
    do {
      // The square makes some callers busy and others rare, as they are.
      double share = random.nextDouble();
      seat = (int) (share * share * world.seats.size());
      use = World.use(seat);
    } while (!(use == Use.ALWAYS || use == (inPeriod ? Use.ONLY_IN_PERIOD : Use.ONLY_IN_PREVIOUS)));
    Seat used = world.seats.get(seat);
    vends.vend(used.who, used.role, address(used.who, inPeriod), trouble, next);
  }

  private String address(Who who, boolean inPeriod) {
    boolean late = inPeriod && service.clock.instant().isAfter(scale.at(0.5));
    return World.address(world.callers.indexOf(who), random.nextInt(late ? 5 : 3));
  }

  /** A grant that something is wrong with, most of the time. */
  private void special() {
    List<Seat> seats = agenda.special();
    Seat seat = seats.get(random.nextInt(seats.size()));
    vends.vend(seat.who, seat.role, address(seat.who, false));
  }

  /** A role that the caller has no grant of, or that nobody has. */
  private void strange() {
    Who who = world.callers.get(random.nextInt(world.callers.size()));
    String role =
        random.nextBoolean()
            ? world.roles.get(random.nextInt(world.roles.size()))
            : "arn:aws:iam::%012d:role/vended/=cmd,calc@A0+%d"
                .formatted(900_000_000_000L + random.nextInt(20), random.nextInt(5));
    vends.vend(who, role, address(who, false));
  }

  private void probe() {
    // The others are changed by the agenda, which needs their probes to be its own.
    String role = world.roles.get(world.roles.size() - 1 - random.nextInt(3));
    String asked = random.nextInt(8) == 0 ? role + "-unknown" : role;
    vends.probe(Changes.ADMINISTRATOR, asked, random.nextInt(5) > 0);
  }

  /** Everything that can go wrong besides the rows of the allow-list. */
  private List<Runnable> oneOfEach() {
    List<Runnable> all = new ArrayList<>(nobodies());
    OF_STS.forEach(reason -> all.add(() -> first(Trouble.STS, new Next(Fault.REFUSES, reason))));
    OF_ANSWERS.forEach(
        fault -> all.add(() -> first(Trouble.STS, new Next(fault, Reason.STS_REFUSED))));
    all.add(() -> first(Trouble.STS, new Next(Fault.CUT_OFF, Reason.STS_REFUSED)));
    all.add(() -> first(Trouble.ALLOW_LIST_DOWN, FastSts.SOUND));
    String unknown = world.roles.get(0) + "-unknown";
    all.add(() -> vends.probe(Changes.ADMINISTRATOR, unknown, true));
    all.add(() -> special(8, Trouble.OWN_POLICY));
    all.add(() -> special(9, Trouble.TOO_LONG));
    return all;
  }

  private void first(Trouble trouble, Next next) {
    Seat seat = world.seats.get(0);
    vends.vend(seat.who, seat.role, World.address(0, 0), trouble, next);
  }

  private void special(int which, Trouble trouble) {
    Seat seat = agenda.special().get(which);
    vends.vend(seat.who, seat.role, address(seat.who, false), trouble, FastSts.SOUND);
  }

  /** Requests of identities that are no callers, one of each kind. */
  private List<Runnable> nobodies() {
    String hostile = "arn:aws:sts::111122223333:assumed-role/<script>/\u202E";
    String session = "arn:aws:sts::111122223333:assumed-role/Builder0/b1";
    List<Runnable> all = new ArrayList<>();
    all.add(() -> vends.nobody(new RequestIdentity(), "v1", "identity_missing", nameless()));
    all.add(nobody("arn:aws:iam::111122223333:root", "111122223333", "identity_root"));
    all.add(
        nobody(
            "arn:aws:sts::111122223333:federated-user/x", "111122223333:x", "identity_federated"));
    all.add(nobody(hostile, "AROAVOLUMENOBODY:b1", "identity_malformed"));
    RequestIdentity other = identity(session, "AROAVOLUMEOTHER:b1").withAccountId("999988887777");
    all.add(
        () ->
            vends.nobody(
                other,
                "v1",
                "identity_account_mismatch",
                new Sender(session, "AROAVOLUMEOTHER:b1", null, null, null)));
    all.add(
        () ->
            vends.nobody(
                identity(session, "AROAVOLUMEOTHER:b1"),
                "test-invoke-stage",
                "identity_wrong_stage",
                new Sender(session, "AROAVOLUMEOTHER:b1", null, null, null)));
    RequestIdentity cognito = identity(session, "AROAVOLUMEOTHER:b1").withCognitoIdentityId("c");
    all.add(
        () ->
            vends.nobody(
                cognito,
                "v1",
                "identity_cognito",
                new Sender(session, "AROAVOLUMEOTHER:b1", null, null, null)));
    return all;
  }

  private Runnable nobody(String arn, String id, String reason) {
    return () ->
        vends.nobody(identity(arn, id), "v1", reason, new Sender(arn, id, null, null, null));
  }

  private static Sender nameless() {
    return new Sender(null, null, null, null, null);
  }

  private static RequestIdentity identity(String arn, String id) {
    return new RequestIdentity().withAccountId(Who.VENDOR).withUserArn(arn).withCaller(id);
  }

  /** Vends that begin in one period and end in the next, and records at the first moment. */
  private void atTheEdges() {
    Seat seat = world.seats.get(0);
    for (Instant edge : List.of(scale.period().since(), scale.period().until())) {
      for (int before : List.of(0, 1, 30, 900)) {
        service.clock.set(edge.minusMillis(before));
        vends.vend(seat.who, seat.role, World.address(0, 0));
      }
    }
  }

  long written() {
    return service.bulk.written();
  }

  @Override
  public void close() {
    service.close();
  }
}
