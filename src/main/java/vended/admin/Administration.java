package vended.admin;

import vended.admin.change.AuditedChanges;
import vended.admin.verification.ActivateRole;

/**
 * The use cases of administrators.
 *
 * @param putClient behind {@code /clients/put}
 * @param listAllowList behind {@code /clients/list} and {@code /grants/list}
 * @param suspendClient behind {@code /clients/suspend}
 * @param activateRole behind {@code /clients/activate}
 * @param putGrant behind {@code /grants/put}
 * @param removeGrant behind {@code /grants/remove}
 * @param applyGrants behind {@code /grants/apply}
 * @param changes records refused identities
 * @param onboarding what a new client is told
 */
public record Administration(
    PutClient putClient,
    ListAllowList listAllowList,
    SuspendClient suspendClient,
    ActivateRole activateRole,
    PutGrant putGrant,
    RemoveGrant removeGrant,
    ApplyGrants applyGrants,
    AuditedChanges changes,
    Onboarding onboarding) {}
