package vended.admin;

import vended.admin.change.AuditedChanges;
import vended.admin.verification.ActivateRole;
import vended.allowlist.AllowListPages;
import vended.allowlist.DanglingRoles;

/**
 * All that administrators can ask for.
 *
 * @param putClient behind {@code /clients/put}
 * @param findClient behind {@code /clients/list} of one account
 * @param suspendClient behind {@code /clients/suspend}
 * @param activateRole behind {@code /clients/activate}
 * @param putGrant behind {@code /grants/put}
 * @param removeGrant behind {@code /grants/remove}
 * @param applyGrants behind {@code /grants/apply}
 * @param pages behind the lists
 * @param danglingRoles which of the listed grants are of no client's role
 * @param changes to record who was refused
 * @param onboarding what a new client needs to know
 */
public record Administration(
    PutClient putClient,
    ListAllowList findClient,
    SuspendClient suspendClient,
    ActivateRole activateRole,
    PutGrant putGrant,
    RemoveGrant removeGrant,
    ApplyGrants applyGrants,
    AllowListPages pages,
    DanglingRoles danglingRoles,
    AuditedChanges changes,
    Onboarding onboarding) {}
