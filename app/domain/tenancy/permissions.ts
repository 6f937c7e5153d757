/** What staff of a seller may do; the same words are the scopes of API keys. */
export const staffPermissions = [
  'account:read',
  'account:write',
  'audit:read',
  'billing-run:approve',
  'billing-run:read',
  'billing-run:write',
  'brand:write',
  'catalog:read',
  'catalog:write',
  'charge:read',
  'cloud:read',
  'cloud:write',
  'cloud-interface:open',
  'contract:read',
  'contract:write',
  'domain:read',
  'domain:write',
  'dunning:read',
  'dunning:write',
  'invoice:read',
  'invoice:send',
  'invoice:void',
  'invoice:write',
  'job:read',
  'job:suspend',
  'ledger:read',
  'ledger:write',
  'news:write',
  'order:read',
  'order:write',
  'payment:read',
  'payment:write',
  'price:approve',
  'promotion:read',
  'promotion:write',
  'purchase:read',
  'quarantine:read',
  'quarantine:write',
  'reseller:read',
  'reseller:write',
  'server:read',
  'server:write',
  'settings:write',
  'staff:read',
  'staff:write',
  'subscription:read',
  'subscription:write',
  'ticket:read',
  'ticket:write',
  'usage:read',
  'usage:write',
] as const

/** What a member of a buying account may do there and in its departments. */
export const customerPermissions = [
  'account:write',
  'api-key:write',
  'budget:read',
  'budget:write',
  'cloud-interface:open',
  'delivery:write',
  'department:write',
  'invoice:read',
  'member:read',
  'member:write',
  'order:read',
  'order:write',
  'payment:write',
  'project:write',
  'server:read',
  'server:write',
  'spend:read',
  'subscription:read',
  'subscription:write',
  'ticket:read',
  'ticket:write',
  'usage:read',
  'webhook:write',
] as const

export type StaffPermission = (typeof staffPermissions)[number]
export type CustomerPermission = (typeof customerPermissions)[number]
export type Permission = StaffPermission | CustomerPermission

/** What decides a right: an owner has all of them, those to come included. */
export type Rights = { readonly isOwner: boolean; readonly permissions: readonly string[] }

/** Whether `rights` include `permission`. */
export function may(rights: Rights, permission: Permission): boolean {
  return rights.isOwner || rights.permissions.includes(permission)
}
