package vended.report.make;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vended.allowlist.AllowListException;
import vended.allowlist.AllowListPages;
import vended.allowlist.AllowListPages.GrantKey;
import vended.allowlist.AllowListPages.Page;
import vended.allowlist.AllowListPages.Selection;
import vended.allowlist.Client;
import vended.allowlist.Grant;
import vended.allowlist.Stored;

/** Reads the allow-list page by page until its end or a limit. */
final class ReadAllowList {
  private static final int PAGE = 200;

  private final AllowListPages pages;
  private final int maxRows;

  ReadAllowList(AllowListPages pages, int maxRows) {
    this.pages = pages;
    this.maxRows = maxRows;
  }

  /** Reads at least one page of clients and one of grants, regardless of the limits. */
  AllowListNow read(Budget budget) throws AllowListException {
    int size = Math.min(PAGE, maxRows);
    List<Client> clients = new ArrayList<>();
    List<Stored<Grant>> grants = new ArrayList<>();
    List<String> corrupt = new ArrayList<>();
    int left = maxRows;
    @Nullable String client = null;
    do {
      Page<Client, String> page = pages.clients(client, size);
      page.rows().forEach(stored -> clients.add(stored.value()));
      corrupt.addAll(page.corrupt());
      client = page.last();
      left -= size;
    } while (client != null && left > 0 && !budget.isUp());
    @Nullable GrantKey grant = null;
    do {
      Page<Grant, GrantKey> page = pages.grants(new Selection.All(), grant, size);
      grants.addAll(page.rows());
      corrupt.addAll(page.corrupt());
      grant = page.last();
      left -= size;
    } while (grant != null && left > 0 && !budget.isUp());
    return new AllowListNow(
        pages.vendingSwitch(), clients, grants, corrupt, client == null, grant == null);
  }
}
