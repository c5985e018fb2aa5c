package vended.admin;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vended.admin.change.AdminResult;
import vended.admin.change.Refusal;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.Grant;
import vended.allowlist.Hold;
import vended.allowlist.Rotation;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.Vending;
import vended.allowlist.read.AllowListPages;
import vended.allowlist.read.AllowListPages.GrantKey;
import vended.allowlist.read.AllowListPages.Page;
import vended.allowlist.read.AllowListPages.Selection;
import vended.allowlist.read.HoldPages;
import vended.allowlist.write.AllowListEditor;
import vended.identity.RoleArn;

/** Shows clients and grants to administrators. Nothing is recorded, since nothing changes. */
public final class ListAllowList {
  private final AllowListEditor editor;
  private final AllowListPages pages;

  public ListAllowList(AllowListEditor editor, AllowListPages pages) {
    this.editor = editor;
    this.pages = pages;
  }

  /**
   * The current client of an account, read consistently.
   *
   * @param account twelve digits
   */
  public AdminResult<Listed> client(String account) {
    return AdminResult.reading(
        () ->
            Refusal.orUse(
                editor.client(account),
                Refusal.NO_CLIENT,
                AdminResult.Refused::new,
                client -> listed(client, editor.rotation(account))));
  }

  private AdminResult<Listed> listed(Stored<Client> client, Row<Stored<Rotation>> rotation)
      throws AllowListException {
    boolean held = Hold.stands(editor.hold(client.value().account()).map(Stored::value));
    return switch (rotation) {
      case Row.Missing<Stored<Rotation>> none ->
          new AdminResult.Done<>(new Listed(client, held, null));
      case Row.Found<Stored<Rotation>>(Stored<Rotation> found) ->
          new AdminResult.Done<>(new Listed(client, held, found));
      case Row.Corrupt<Stored<Rotation>> corrupt -> new AdminResult.Refused<>(Refusal.CORRUPT_ROW);
    };
  }

  /**
   * A client.
   *
   * @param suspendedByClient whether it has suspended itself
   * @param rotation of its ExternalId; null if there is none
   */
  public record Listed(
      Stored<Client> client, boolean suspendedByClient, @Nullable Stored<Rotation> rotation) {}

  /**
   * A page of the clients.
   *
   * @param vending the switch of all vending
   * @param held the accounts of clients that have suspended themselves
   * @param rotations those that have not ended, by account
   */
  public record Clients(
      Page<Client, String> page,
      Row<Stored<Vending>> vending,
      Set<String> held,
      Map<String, Row<Stored<Rotation>>> rotations) {
    public Clients {
      held = Set.copyOf(held);
      rotations = Map.copyOf(rotations);
    }
  }

  /**
   * A page of the clients.
   *
   * @param after the account that the previous page ended with; null for the first page
   * @param limit 1–200
   */
  public AdminResult<Clients> clients(@Nullable String after, int limit) {
    return AdminResult.reading(
        () ->
            new AdminResult.Done<>(
                new Clients(
                    pages.clients(after, limit),
                    pages.vendingSwitch(),
                    HoldPages.standing(pages.holds()),
                    pages.rotations())));
  }

  /**
   * A page of the grants.
   *
   * @param dangling those of its roles that no client has
   */
  public record Grants(Page<Grant, GrantKey> page, Set<RoleArn> dangling) {}

  /**
   * A page of the grants.
   *
   * @param after what the previous page ended with; null for the first page
   * @param limit 1–200
   */
  public AdminResult<Grants> grants(Selection of, @Nullable GrantKey after, int limit) {
    return AdminResult.reading(
        () -> {
          Page<Grant, GrantKey> page = pages.grants(of, after, limit);
          Set<RoleArn> roles =
              page.rows().stream().map(grant -> grant.value().role()).collect(Collectors.toSet());
          return new AdminResult.Done<>(new Grants(page, pages.dangling(roles)));
        });
  }
}
