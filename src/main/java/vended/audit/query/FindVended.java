package vended.audit.query;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vended.audit.AuditException;
import vended.audit.AuditIndex;
import vended.audit.Outcome;
import vended.audit.query.AuditFilter.KindFilter;

/**
 * Finds the client roles that a caller was vended, and under which names: what it takes to end its
 * sessions, and nothing else that is in the audit.
 */
public final class FindVended {
  private static final AuditFilter GRANTED =
      new AuditFilter(Map.of(), KindFilter.VEND, Outcome.GRANTED.code());

  private final AskAudit askAudit;

  /** Reads by {@code askAudit}, which bounds the work of a page. */
  public FindVended(AskAudit askAudit) {
    this.askAudit = askAudit;
  }

  /**
   * A client role that was vended.
   *
   * @param roleArn its ARN
   * @param sourceIdentities the source identities of its sessions; none where the role takes none
   * @param sessionNames the names of its sessions, the newest first
   */
  public record Vended(String roleArn, List<String> sourceIdentities, List<String> sessionNames) {
    /** Makes the lists immutable. */
    public Vended {
      sourceIdentities = List.copyOf(sourceIdentities);
      sessionNames = List.copyOf(sessionNames);
    }
  }

  /**
   * A part of the answer.
   *
   * @param roles those of this part; the same role can be in the next one with other sessions
   * @param next where the next part starts; null if this is the last
   */
  public record Part(List<Vended> roles, @Nullable Position next) {
    /** Copies the roles. */
    public Part {
      roles = List.copyOf(roles);
    }
  }

  /**
   * Reads up to 1,000 vends, the newest first.
   *
   * @param caller the canonical ARN
   * @param from where the part before ended; null for the first
   * @throws AuditException if the audit could not be read
   */
  public Part find(String caller, Period period, @Nullable Position from) throws AuditException {
    AuditKey key = new AuditKey.Indexed(AuditIndex.BY_CALLER, caller);
    Slice page = askAudit.ask(new AuditQuestion(key, period, GRANTED), from, AuditRows.MAX_STEP);
    Map<String, Set<String>> identities = new LinkedHashMap<>();
    Map<String, Set<String>> names = new LinkedHashMap<>();
    for (AuditRow row : page.rows()) {
      String role = row.text("roleArn");
      if (role != null) {
        add(identities, role, row.text("sourceIdentity"));
        add(names, role, row.text("sessionName"));
      }
    }
    return new Part(
        names.keySet().stream()
            .map(
                role ->
                    new Vended(
                        role,
                        List.copyOf(identities.getOrDefault(role, Set.of())),
                        List.copyOf(names.getOrDefault(role, Set.of()))))
            .toList(),
        page.next());
  }

  private static void add(Map<String, Set<String>> to, String role, @Nullable String value) {
    Set<String> values = to.computeIfAbsent(role, r -> new LinkedHashSet<>());
    if (value != null) {
      values.add(value);
    }
  }
}
