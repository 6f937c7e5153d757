import { type CustomerPermission, customerPermissions, type Permission, type Rights, staffPermissions } from './permissions.ts'
import type { ProfileAudience } from './security-profiles.ts'

/** What a member may do who sees only chosen projects: the rest is about the whole account. */
const withinProjects: readonly CustomerPermission[] = [
  'budget:read',
  'server:read',
  'server:write',
  'spend:read',
  'ticket:read',
  'ticket:write',
  'usage:read',
]

/** What is left of `rights` for a member who is limited to projects; nobody who is limited owns the account. */
export function rightsWithinProjects(rights: Rights): { readonly isOwner: false; readonly permissions: string[] } {
  const held: readonly string[] = rights.isOwner ? customerPermissions : rights.permissions
  return { isOwner: false, permissions: withinProjects.filter((permission) => held.includes(permission)) }
}

/** Whether somebody with the rights `own` may hand on, take or change the rights `other`: never more than one has. */
export function mayGive(own: Rights, other: Rights): boolean {
  if (own.isOwner) return true
  return !other.isOwner && other.permissions.every((permission) => own.permissions.includes(permission))
}

/** What a key can do now: what it was given, as far as the person it acts for still has it. Nothing for a person who left. */
export function rightsOfKey(given: readonly string[], person: Rights | null): Rights {
  if (!person) return { isOwner: false, permissions: [] }
  return { isOwner: false, permissions: given.filter((permission) => person.isOwner || person.permissions.includes(permission)) }
}

/** The permissions that an audience can have among `names`, each once, in the order of the list. */
export function permissionsAmong(audience: ProfileAudience, names: readonly string[]): Permission[] {
  const known: readonly Permission[] = audience === 'staff' ? staffPermissions : customerPermissions
  return known.filter((permission) => names.includes(permission))
}

/** What makes a change of members impossible; null when it may be made. */
export type MemberProblem = 'own-membership' | 'not-allowed' | 'last-owner' | 'owner-not-limited'

export type MemberChange = {
  /** Who asks, and what they may do. */
  readonly own: Rights
  readonly isOwnMembership: boolean
  /** What the member has. */
  readonly before: Rights
  /** What the member shall have; null to take the member out of the account. */
  readonly after: (Rights & { readonly isLimited: boolean }) | null
  /** How many others own the account; null where the account needs no owner of its own. */
  readonly otherOwners: number | null
}

/**
 * Judges a change of a member: nobody raises themselves or hands on more than they have, an account keeps an owner, and an owner is not
 * limited to projects. Everybody may leave.
 */
export function problemOfMemberChange({ own, isOwnMembership, before, after, otherOwners }: MemberChange): MemberProblem | null {
  if (isOwnMembership && after) return 'own-membership'
  if (!isOwnMembership && !mayGive(own, before)) return 'not-allowed'
  if (after && !mayGive(own, after)) return 'not-allowed'
  if (after?.isOwner && after.isLimited) return 'owner-not-limited'
  const losesOwner = before.isOwner && !after?.isOwner
  return losesOwner && otherOwners === 0 ? 'last-owner' : null
}
