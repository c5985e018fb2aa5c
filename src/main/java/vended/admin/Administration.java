package vended.admin;

import vended.admin.change.AuditedChanges;
import vended.admin.verification.ActivateRole;
import vended.admin.verification.RotateExternalId;

/**
 * The use cases of administrators, behind the routes {@code /clients/…} and {@code /grants/…}.
 *
 * @param changes records refused identities
 * @param onboarding what a new client is told
 */
public record Administration(
    PutClient putClient,
    ListAllowList listAllowList,
    SuspendClient suspendClient,
    RemoveClient removeClient,
    ActivateRole activateRole,
    RotateExternalId rotateExternalId,
    PutGrant putGrant,
    RemoveGrant removeGrant,
    ApplyGrants applyGrants,
    AuditedChanges changes,
    Onboarding onboarding) {}
