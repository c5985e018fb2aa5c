package vended.audit.query;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vended.audit.AuditException;
import vended.audit.AuditIndex;
import vended.audit.Outcome;
import vended.audit.query.AuditFilter.KindFilter;

/**
 * Finds the client roles that a caller was vended, and under which names: what is needed to end its
 * sessions, and nothing else of the audit.
 */
public final class FindVended {
  private static final AuditFilter GRANTED =
      new AuditFilter(KindFilter.VEND, Outcome.GRANTED.code());

  private final AskAudit askAudit;

  /** Reads by {@code askAudit}, which bounds the work of a page. */
  public FindVended(AskAudit askAudit) {
    this.askAudit = askAudit;
  }

  /**
   * A client role that was vended.
   *
   * @param roleArn its ARN
   * @param sourceIdentities the source identities of its sessions; empty if the role takes none
   * @param sessionNames the names of its sessions, newest first
   */
  public record Vended(String roleArn, List<String> sourceIdentities, List<String> sessionNames) {
    private static Vended of(String roleArn, List<AuditRow> rows) {
      return new Vended(roleArn, texts(rows, "sourceIdentity"), texts(rows, "sessionName"));
    }

    private static List<String> texts(List<AuditRow> rows, String name) {
      return rows.stream().map(row -> row.text(name)).filter(Objects::nonNull).distinct().toList();
    }
  }

  /**
   * A page of the answer.
   *
   * @param roles the roles of this page; a later page can have the same role with other sessions
   * @param next where the next page starts; null if this is the last
   */
  public record Part(List<Vended> roles, @Nullable Position next) {}

  /**
   * Reads up to 1,000 vends, newest first.
   *
   * @param caller the canonical ARN
   * @param from where the previous page ended; null for the first
   * @throws AuditException if the audit could not be read
   */
  public Part find(String caller, Period period, @Nullable Position from) throws AuditException {
    AuditKey key = new AuditKey.Indexed(AuditIndex.BY_CALLER, caller);
    Slice page = askAudit.ask(new AuditQuestion(key, period, GRANTED), from, AuditRows.MAX_STEP);
    Map<String, List<AuditRow>> byRole =
        page.rows().stream()
            .filter(row -> row.text("roleArn") != null)
            .collect(
                Collectors.groupingBy(
                    row -> Objects.requireNonNull(row.text("roleArn")),
                    LinkedHashMap::new,
                    Collectors.toList()));
    List<Vended> roles =
        byRole.entrySet().stream().map(role -> Vended.of(role.getKey(), role.getValue())).toList();
    return new Part(roles, page.next());
  }
}
