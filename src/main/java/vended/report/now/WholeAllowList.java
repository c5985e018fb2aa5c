package vended.report.now;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
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
import vended.allowlist.read.HoldPages;

/**
 * All rows of the allow-list.
 *
 * @param held the accounts of clients that have suspended themselves
 * @param corrupt keys and faults of the corrupt rows, without values
 */
public record WholeAllowList(
    Row<Stored<Vending>> vending,
    List<Client> clients,
    List<Stored<Grant>> grants,
    Set<String> held,
    List<String> corrupt) {
  /** As much as one query reads, 1 MB. */
  private static final int PAGE = 1000;

  public WholeAllowList {
    clients = List.copyOf(clients);
    grants = List.copyOf(grants);
    held = Set.copyOf(held);
    corrupt = List.copyOf(corrupt);
  }

  /** Rows of one kind. */
  private record Rows<T>(List<Stored<T>> valid, List<String> corrupt) {
    Rows() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    void add(Page<T, ?> page) {
      valid.addAll(page.rows());
      corrupt.addAll(page.corrupt());
    }
  }

  /**
   * Reads clients and grants at the same time: each is one page after the other, of which 20,000
   * grants have some 20.
   *
   * @throws AllowListException if they could not be read
   */
  public static WholeAllowList read(AllowListPages pages) throws AllowListException {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Rows<Grant>> reading = executor.submit(() -> grants(pages));
      Row<Stored<Vending>> vending = pages.vendingSwitch();
      Set<String> held = HoldPages.standing(pages.holds());
      Rows<Client> clients = clients(pages);
      Rows<Grant> grants = await(reading);
      List<String> corrupt = new ArrayList<>(clients.corrupt());
      corrupt.addAll(grants.corrupt());
      return new WholeAllowList(
          vending,
          clients.valid().stream().map(Stored::value).toList(),
          grants.valid(),
          held,
          corrupt);
    }
  }

  private static <T> T await(Future<T> reading) throws AllowListException {
    try {
      return reading.get();
    } catch (ExecutionException e) {
      throw new AllowListException("the allow-list could not be read", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AllowListException("the allow-list was not read to its end", e);
    }
  }

  private static Rows<Client> clients(AllowListPages pages) throws AllowListException {
    Rows<Client> rows = new Rows<>();
    @Nullable String last = null;
    do {
      Page<Client, String> page = pages.clients(last, PAGE);
      rows.add(page);
      last = page.last();
    } while (last != null);
    return rows;
  }

  private static Rows<Grant> grants(AllowListPages pages) throws AllowListException {
    Rows<Grant> rows = new Rows<>();
    @Nullable GrantKey last = null;
    do {
      Page<Grant, GrantKey> page = pages.grants(new Selection.All(), last, PAGE);
      rows.add(page);
      last = page.last();
    } while (last != null);
    return rows;
  }
}
