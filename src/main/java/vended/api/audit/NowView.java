package vended.api.audit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vended.allowlist.Grant;
import vended.allowlist.GrantMembers;
import vended.allowlist.Stored;
import vended.report.now.AllowListNow;
import vended.report.now.Listing;

/** The current allow-list of a report as JSON. */
final class NowView {
  private NowView() {}

  static Map<String, @Nullable Object> of(AllowListNow now) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("vending", now.vending().state().name().toLowerCase(Locale.ROOT));
    members.put("vendingChangedAt", now.vending().at());
    members.put("vendingChangedBy", now.vending().by());
    members.put("clients", now.clients());
    members.put("grants", now.grants());
    members.put("disabled", now.disabled());
    members.put(
        "suspended",
        listed(
            now.suspended(),
            c -> Map.of("account", c.account(), "name", c.name(), "byClient", c.byClient())));
    members.put("drifted", listed(now.drifted(), NowView::drifted));
    members.put("corrupt", listed(now.corrupt(), row -> row));
    members.put("unpinned", listed(now.unpinned(), NowView::grant));
    members.put("expired", listed(now.expired(), NowView::grant));
    members.put("expiring", listed(now.expiring(), NowView::grant));
    members.put("unused", listed(now.unused(), NowView::unused));
    members.put("young", now.young());
    members.put("names", now.names());
    return members;
  }

  private static Map<String, Object> drifted(AllowListNow.Drifted role) {
    return Map.of("roleArn", role.roleArn(), "client", role.client(), "probeId", role.probeId());
  }

  private static Map<String, @Nullable Object> grant(Stored<Grant> stored) {
    Map<String, @Nullable Object> members = GrantMembers.of(stored);
    members.remove("policy");
    return members;
  }

  private static Map<String, @Nullable Object> unused(AllowListNow.Unused unused) {
    Map<String, @Nullable Object> members = grant(unused.grant());
    members.put("lastUsed", unused.lastUsed());
    return members;
  }

  private static <T> Map<String, @Nullable Object> listed(
      Listing<T> listing, Function<T, Object> one) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("count", listing.count());
    members.put("shown", List.copyOf(listing.shown().stream().map(one).toList()));
    return members;
  }
}
