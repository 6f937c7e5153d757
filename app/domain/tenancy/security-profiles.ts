import { type CustomerPermission, customerPermissions, type StaffPermission, staffPermissions } from './permissions.ts'

/** Whom a profile is for: staff of the seller, or members of a buying account. */
export type ProfileAudience = 'staff' | 'customer'

/** A security profile that every tenant starts with. */
export type ReadyProfile<P extends string = StaffPermission | CustomerPermission> = {
  readonly name: string
  readonly audience: ProfileAudience
  /** Held by the first user; has every permission, those to come included. */
  readonly isOwner: boolean
  readonly permissions: readonly P[]
}

const staff = (name: string, permissions: readonly StaffPermission[]): ReadyProfile<StaffPermission> => ({
  name,
  audience: 'staff',
  isOwner: false,
  permissions,
})

const reading: readonly StaffPermission[] = ['account:read', 'catalog:read', 'order:read', 'server:read', 'subscription:read', 'usage:read']

/** The profiles of every tenant. They stay as they are; an owner makes others beside them. */
export const readyProfiles: readonly ReadyProfile[] = [
  { name: 'owner', audience: 'staff', isOwner: true, permissions: staffPermissions },
  staff('support-engineer', [...reading, 'server:write', 'quarantine:read', 'job:read', 'ticket:read', 'ticket:write']),
  staff('account-manager', [
    ...reading,
    'account:write',
    'charge:read',
    'contract:read',
    'dunning:read',
    'invoice:read',
    'invoice:send',
    'order:write',
    'payment:read',
    'promotion:read',
    'subscription:write',
    'ticket:read',
    'ticket:write',
  ]),
  staff('channel-manager', [
    ...reading,
    'account:write',
    'charge:read',
    'contract:read',
    'contract:write',
    'invoice:read',
    'payment:read',
    'promotion:read',
    'promotion:write',
    'reseller:read',
    'reseller:write',
    'ticket:read',
    'ticket:write',
  ]),
  staff('finance', [
    'account:read',
    'audit:read',
    'billing-run:approve',
    'billing-run:read',
    'billing-run:write',
    'catalog:read',
    'charge:read',
    'contract:read',
    'dunning:read',
    'dunning:write',
    'invoice:read',
    'invoice:send',
    'invoice:void',
    'invoice:write',
    'ledger:read',
    'ledger:write',
    'payment:read',
    'payment:write',
    'price:approve',
    'promotion:read',
    'purchase:read',
    'quarantine:read',
    'reseller:read',
    'subscription:read',
    'ticket:read',
    'ticket:write',
    'usage:read',
  ]),
  staff('operator', [
    'cloud:read',
    'cloud:write',
    'job:read',
    'job:suspend',
    'quarantine:read',
    'quarantine:write',
    'server:read',
    'server:write',
    'usage:read',
    'usage:write',
  ]),
  { name: 'customer-owner', audience: 'customer', isOwner: true, permissions: customerPermissions },
  {
    name: 'customer-member',
    audience: 'customer',
    isOwner: false,
    permissions: [
      'order:read',
      'project:write',
      'server:read',
      'server:write',
      'subscription:read',
      'ticket:read',
      'ticket:write',
      'usage:read',
    ],
  },
  { name: 'customer-billing', audience: 'customer', isOwner: false, permissions: ['invoice:read'] },
  {
    name: 'customer-manager',
    audience: 'customer',
    isOwner: false,
    permissions: [
      'budget:read',
      'budget:write',
      'invoice:read',
      'member:read',
      'order:read',
      'order:write',
      'project:write',
      'server:read',
      'server:write',
      'spend:read',
      'subscription:read',
      'subscription:write',
      'ticket:read',
      'ticket:write',
      'usage:read',
    ],
  },
]

/** The names of the ready profiles for members of buying accounts. */
export const readyCustomerProfiles: readonly string[] = readyProfiles
  .filter(({ audience }) => audience === 'customer')
  .map(({ name }) => name)
/** The names of all ready profiles, which nobody else's profile of the house can have. */
export const readyProfileNames: readonly string[] = readyProfiles.map(({ name }) => name)
