package vended.access.status;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import vended.access.status.Finding.Kind;
import vended.access.status.Finding.Run;
import vended.access.status.Finding.Switch;
import vended.access.status.Finding.Words;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.Grant;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.Vending;
import vended.allowlist.read.AllowListPages;
import vended.allowlist.read.AllowListPages.GrantKey;
import vended.allowlist.read.AllowListPages.Page;
import vended.allowlist.read.AllowListPages.Selection;
import vended.audit.AuditException;
import vended.audit.AuditTime;
import vended.audit.ReprobeRuns;
import vended.audit.query.AuditRows;
import vended.audit.query.AuditSweep;

/** Looks at everything that can need attention: the allow-list, the audit, and the schedule. */
public final class CheckStatus {
  /** As much as one query reads, 1 MB. */
  private static final int PAGE = 1000;

  /**
   * No page is read after this, so that the function's 28 s suffice for reads that have begun and
   * for looking up outcomes.
   */
  private static final Duration READS = Duration.ofSeconds(16);

  private final AllowListPages pages;
  private final FindOpen findOpen;
  private final ReprobeRuns runs;
  private final Clock clock;
  private final @Nullable Duration overdue;

  /**
   * The use case on its ports.
   *
   * @param overdue how long ago the schedule may have probed all roles; null without a schedule
   */
  public CheckStatus(
      AllowListPages pages,
      AuditSweep sweep,
      AuditRows rows,
      ReprobeRuns runs,
      Clock clock,
      @Nullable Duration overdue) {
    this.pages = pages;
    this.findOpen = new FindOpen(sweep, rows, clock);
    this.runs = runs;
    this.clock = clock;
    this.overdue = overdue;
  }

  /** The findings in the allow-list. */
  private record Listed(Census census, List<Words> unread) {}

  /**
   * Looks once. Reads the allow-list and the audit at the same time.
   *
   * @throws AuditException if the audit could not be read
   * @throws AllowListException if the allow-list could not be read
   */
  public Status look() throws AuditException, AllowListException {
    Instant now = clock.instant();
    Instant end = now.plus(READS);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Listed> listed = executor.submit(() -> listed(now, end));
      FindOpen.Found open = findOpen.until(end);
      Instant lastRun = runs.lastEnded().orElse(null);
      return status(now, pages.vendingSwitch(), lastRun, await(listed), open);
    }
  }

  private static <T> T await(Future<T> result) throws AllowListException {
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw new AllowListException("the allow-list could not be read", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AllowListException("the allow-list was not read to its end", e);
    }
  }

  private Status status(
      Instant now,
      Row<Stored<Vending>> vending,
      @Nullable Instant lastRun,
      Listed listed,
      FindOpen.Found open) {
    Census census = listed.census();
    List<Words> unread = new ArrayList<>(listed.unread());
    if (!open.whole()) {
      unread.add(new Words("records from before " + AuditTime.at(open.since())));
    }
    if (open.unknown() > 0) {
      unread.add(new Words("how %d vends, probes and changes ended".formatted(open.unknown())));
    }
    List<Finding> findings = new ArrayList<>(census.findings());
    findings.add(Finding.of(Kind.VENDING_STOPPED, stopped(vending)));
    findings.add(new Finding(Kind.OPEN_INTENTS, open.count(), List.of()));
    findings.add(Finding.of(Kind.REPROBE_OVERDUE, overdue(now, lastRun, census)));
    findings.add(Finding.of(Kind.NOT_READ, unread));
    findings.removeIf(finding -> finding.count() == 0);
    findings.sort(Comparator.comparing(Finding::kind));
    return new Status(now, census.clients(), census.grants(), open.since(), lastRun, findings);
  }

  private static List<Switch> stopped(Row<Stored<Vending>> row) {
    boolean runs =
        switch (row) {
          case Row.Missing<Stored<Vending>> never -> true;
          case Row.Found<Stored<Vending>>(Stored<Vending> stored) -> !stored.value().stopped();
          case Row.Corrupt<Stored<Vending>> corrupt -> false;
        };
    return runs ? List.of() : List.of(new Switch(row));
  }

  /** Before the first run, the roles themselves say how long none has probed them. */
  private List<Run> overdue(Instant now, @Nullable Instant lastRun, Census census) {
    if (overdue == null) {
      return List.of();
    }
    Instant latest = now.minus(overdue);
    Instant last = lastRun == null ? census.oldestVerified() : lastRun;
    return last.isBefore(latest) ? List.of(new Run(lastRun)) : List.of();
  }

  /** Reads clients and grants at the same time: each is one query after the other. */
  private Listed listed(Instant now, Instant end) throws AllowListException {
    Census census = new Census(now);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<List<Words>> grants = executor.submit(() -> grants(census, end));
      census.holds(pages.holds());
      census.rotations(pages.rotations());
      List<Words> unread = new ArrayList<>(clients(census, end));
      unread.addAll(await(grants));
      return new Listed(census, unread);
    }
  }

  private List<Words> clients(Census census, Instant end) throws AllowListException {
    String last = null;
    do {
      Page<Client, String> page = pages.clients(last, PAGE);
      census.clients(page);
      last = page.last();
    } while (last != null && clock.instant().isBefore(end));
    return last == null ? List.of() : List.of(new Words("clients after " + last));
  }

  private List<Words> grants(Census census, Instant end) throws AllowListException {
    GrantKey last = null;
    do {
      Page<Grant, GrantKey> page = pages.grants(new Selection.All(), last, PAGE);
      census.grants(page);
      last = page.last();
    } while (last != null && clock.instant().isBefore(end));
    return last == null ? List.of() : List.of(new Words("grants after those of " + last.caller()));
  }
}
