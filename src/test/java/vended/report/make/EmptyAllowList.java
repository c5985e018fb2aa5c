package vended.report.make;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vended.allowlist.Client;
import vended.allowlist.ClientNames;
import vended.allowlist.Grant;
import vended.allowlist.Hold;
import vended.allowlist.Rotation;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.Vending;
import vended.allowlist.read.AllowListPages;
import vended.identity.RoleArn;

/** An allow-list without rows. */
record EmptyAllowList() implements AllowListPages {
  @Override
  public Page<Client, String> clients(@Nullable String after, int limit) {
    return new Page<>(List.of(), List.of(), null);
  }

  @Override
  public Page<Grant, GrantKey> grants(Selection of, @Nullable GrantKey after, int limit) {
    return new Page<>(List.of(), List.of(), null);
  }

  @Override
  public ClientNames clientNames() {
    throw new UnsupportedOperationException("a report asks for no names");
  }

  @Override
  public boolean hasExternalId(String externalId) {
    return false;
  }

  @Override
  public Set<RoleArn> dangling(Set<RoleArn> roles) {
    return Set.of();
  }

  @Override
  public Map<String, Row<Stored<Hold>>> holds() {
    return Map.of();
  }

  @Override
  public Map<String, Row<Stored<Rotation>>> rotations() {
    return Map.of();
  }

  @Override
  public Row<Stored<Vending>> vendingSwitch() {
    return new Row.Missing<>();
  }
}
