import { may, type Permission } from '#app/domain/tenancy/permissions.ts'
import type { Membership } from './session-for.server.ts'

export type { Permission }

/** Whether the membership in use gives `permission`. Rights never come from another membership of the same person. */
export function can(membership: Membership, permission: Permission): boolean {
  return may(membership, permission)
}
