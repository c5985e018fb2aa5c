package vended.api.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import vended.allowlist.ClientNames;
import vended.api.Body;
import vended.json.JsonError;

/** The accounts of the clients that a question names. */
final class AskedClients {
  private AskedClients() {}

  /** The accounts, in order; or an error for each name that does not stand for one account. */
  static Body<List<String>> accounts(List<String> names, ClientNames clients) {
    TreeSet<String> accounts = new TreeSet<>();
    List<JsonError> errors = new ArrayList<>();
    for (String name : names) {
      switch (clients.find(name)) {
        case ClientNames.Match.Account(String account) -> accounts.add(account);
        case ClientNames.Match.Refused(String detail) ->
            errors.add(new JsonError("/client", "\"%s\" %s".formatted(name, detail)));
      }
    }
    return errors.isEmpty() ? new Body.Valid<>(List.copyOf(accounts)) : Body.Invalid.of(errors);
  }
}
