package vended.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vended.allowlist.AllowListException;
import vended.allowlist.AllowListPages;
import vended.allowlist.AllowListPages.GrantKey;
import vended.allowlist.AllowListPages.Page;
import vended.allowlist.AllowListPages.Selection;
import vended.allowlist.Grant;
import vended.allowlist.Kept;
import vended.allowlist.KnownClient;
import vended.allowlist.VendingState;

/** Reads the allow-list, page by page, as far as there is time. */
final class ReadAllowList {
  private static final int PAGE = 200;

  /** 10,000 rows, which are some megabytes. */
  private static final int MAX_PAGES = 50;

  private final AllowListPages pages;
  private final VendingState state;

  ReadAllowList(AllowListPages pages, VendingState state) {
    this.pages = pages;
    this.state = state;
  }

  AllowListNow read(Budget budget) throws AllowListException {
    List<KnownClient> clients = new ArrayList<>();
    List<Kept<Grant>> grants = new ArrayList<>();
    List<String> corrupt = new ArrayList<>();
    int left = MAX_PAGES;
    @Nullable String client = null;
    do {
      Page<KnownClient, String> page = pages.clients(client, PAGE);
      page.rows().forEach(kept -> clients.add(kept.value()));
      corrupt.addAll(page.corrupt());
      client = page.last();
    } while (client != null && --left > 0 && !budget.isUp());
    @Nullable GrantKey grant = null;
    do {
      Page<Grant, GrantKey> page = pages.grants(new Selection.All(), grant, PAGE);
      grants.addAll(page.rows());
      corrupt.addAll(page.corrupt());
      grant = page.last();
    } while (grant != null && --left > 0 && !budget.isUp());
    return new AllowListNow(
        state.vendingSwitch(), clients, grants, corrupt, client == null && grant == null);
  }
}
