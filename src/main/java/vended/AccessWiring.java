package vended;

import java.time.Clock;
import vended.access.ListAccess;
import vended.access.status.CheckStatus;
import vended.access.why.ExplainDecision;
import vended.allowlist.read.AllowListPages;

/** Builds the use cases behind {@code /access/…}. */
public final class AccessWiring {
  private final Settings settings;
  private final Adapters adapters;
  private final Clock clock;

  AccessWiring(Settings settings, Adapters adapters, Clock clock) {
    this.settings = settings;
    this.adapters = adapters;
    this.clock = clock;
  }

  /** The use case behind {@code /access/list}. */
  public ListAccess listAccess() {
    return new ListAccess(adapters.entries(), adapters.lastUse(), clock);
  }

  /** The use case behind {@code /access/why}. */
  public ExplainDecision explainDecision() {
    return new ExplainDecision(adapters.auditRows(), adapters.storedEntries(), clock);
  }

  /** The use case behind {@code /access/status}. */
  public CheckStatus checkStatus() {
    return new CheckStatus(
        adapters.pages(),
        adapters.auditSweep(),
        adapters.auditRows(),
        adapters.reprobeRuns(),
        clock,
        settings.reprobeOverdue());
  }

  /** Lists of the allow-list, which may be some seconds old. */
  public AllowListPages allowListPages() {
    return adapters.pages();
  }
}
