import { may, type Permission, type Rights } from '#app/domain/tenancy/permissions.ts'

/** Whether the overview is the member's: it shows the spend of the whole account. */
export function seesOverview(membership: Rights & { readonly projectIds: readonly string[] | null }): boolean {
  return membership.projectIds === null && may(membership, 'usage:read')
}

const landings: readonly (readonly [Permission, string])[] = [
  ['server:read', '/panel/servers'],
  ['invoice:read', '/panel/invoices'],
  ['order:read', '/panel/orders'],
  ['subscription:read', '/panel/subscriptions'],
  ['usage:read', '/panel/usage'],
]

/** Where a member begins who does not see the overview: the first page the rights open. */
export function landingOf(membership: Rights): string {
  return landings.find(([permission]) => may(membership, permission))?.[1] ?? '/panel/account'
}
