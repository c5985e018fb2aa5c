package vended.allowlist.read;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.Grant;
import vended.allowlist.Hold;
import vended.allowlist.Rotation;
import vended.allowlist.Row;
import vended.allowlist.Vending;
import vended.identity.CallerArn;
import vended.identity.RoleArn;

/** Which caller may have which client role. Nothing is cached, and all reads are consistent. */
public interface AllowList {
  /**
   * The rows that decide a vend, in one consistent read.
   *
   * @throws AllowListException if they could not be read; then nothing may be granted
   */
  Entry find(CallerArn caller, RoleArn role) throws AllowListException;

  /**
   * The client whose account a role is in, in a consistent read. A probe needs it for a role of
   * which nobody has a grant yet.
   *
   * @throws AllowListException if it could not be read
   */
  Owner clientOf(RoleArn role) throws AllowListException;

  /**
   * A page of a caller's grants, in order of the roles' ARNs.
   *
   * @param after what the previous page ended with; null for the first page
   * @param limit 1–1,001
   * @return the page; it may have fewer rows than the limit without being the last
   * @throws AllowListException if they could not be read
   */
  GrantPage grantsOf(CallerArn caller, @Nullable String after, int limit) throws AllowListException;

  /** How many accounts {@link #clientsOf} accepts. */
  int MAX_ACCOUNTS = 49;

  /**
   * The switch of all vending, and the clients of accounts with their own suspensions, in one
   * consistent read: to tell callers which of their grants are usable.
   *
   * @param accounts 1–{@value #MAX_ACCOUNTS} of twelve digits each
   * @throws AllowListException if they could not be read
   */
  Clients clientsOf(Set<String> accounts) throws AllowListException;

  /**
   * What decides whether roles are usable, apart from grants.
   *
   * @param vending the switch of all vending
   * @param owners by account, of all accounts asked for
   */
  record Clients(Row<Vending> vending, Map<String, Owner> owners) {
    public Clients {
      owners = Map.copyOf(owners);
    }
  }

  /**
   * The owner of an account.
   *
   * @param client the client
   * @param hold the client's own suspension
   * @param rotation a change of its ExternalId that has not ended; only {@link #clientOf} reads it,
   *     since no vend depends on it
   */
  record Owner(Row<Client> client, Row<Hold> hold, Row<Rotation> rotation) {
    /** For a decision, which does not depend on a rotation. */
    public Owner(Row<Client> client, Row<Hold> hold) {
      this(client, hold, new Row.Missing<>());
    }

    /** The owner of an account that is no client's. */
    public static final Owner NOBODY = new Owner(new Row.Missing<>(), new Row.Missing<>());

    /** All rows, to look for corrupt ones. */
    public List<Row<?>> rows() {
      return List.of(client, hold, rotation);
    }
  }

  /**
   * A page of a caller's grants.
   *
   * @param rows valid or corrupt
   * @param last after which the next page starts; may not be a role's ARN and must not be shown to
   *     the caller; null on the last page
   */
  record GrantPage(List<Row<Grant>> rows, @Nullable String last) {
    public GrantPage {
      rows = List.copyOf(rows);
    }
  }

  /**
   * What decides a vend.
   *
   * @param vending the switch of all vending
   * @param client the client whose account the role is in
   * @param hold the client's own suspension
   * @param grant the grant of exactly this role to exactly this caller
   */
  record Entry(Row<Vending> vending, Row<Client> client, Row<Hold> hold, Row<Grant> grant) {
    /** All rows, to look for corrupt ones. */
    public List<Row<?>> rows() {
      return List.of(vending, client, hold, grant);
    }
  }
}
