package vended.admin;

import vended.allowlist.AllowListPages;

/**
 * All that administrators can ask for.
 *
 * @param putClient behind {@code /clients/put}
 * @param suspendClient behind {@code /clients/suspend}
 * @param activateRole behind {@code /clients/activate}
 * @param putGrant behind {@code /grants/put}
 * @param removeGrant behind {@code /grants/remove}
 * @param pages behind the lists
 * @param changes to record who was refused
 * @param onboarding what a new client needs to know
 */
public record Administration(
    PutClient putClient,
    SuspendClient suspendClient,
    ActivateRole activateRole,
    PutGrant putGrant,
    RemoveGrant removeGrant,
    AllowListPages pages,
    AuditedChanges changes,
    Onboarding onboarding) {}
