package vended.report.page;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.report.ReportDocument;
import vended.report.html.ArnParts;
import vended.report.html.Html;
import vended.report.html.HtmlTable;

/** The clients' names, which come before their accounts wherever a client is shown. */
final class Names {
  private final Map<String, String> byAccount;

  /** The names in the period's records win, since these are what the report is about. */
  Names(ReportDocument report) {
    byAccount = new HashMap<>(report.now().names());
    report
        .period()
        .clients()
        .forEach(
            client -> {
              if (client.name() != null) {
                byAccount.put(client.account(), client.name());
              }
            });
  }

  /** A client's name, or its account if it has none on record. */
  String of(String account) {
    return byAccount.getOrDefault(account, account);
  }

  /** Writes a client's name, and below it the account. */
  void client(Html html, @Nullable String account) {
    String name = account == null ? null : byAccount.get(account);
    if (account == null || name == null) {
      html.data(account);
    } else {
      HtmlTable.named(html, name, account);
    }
  }

  /** Writes the client of a role. */
  void clientOf(Html html, @Nullable String roleArn) {
    client(html, roleArn == null ? null : ArnParts.accountOf(roleArn));
  }
}
