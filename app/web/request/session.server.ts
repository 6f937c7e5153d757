import { tokenOf } from '#app/auth/cookie.server.ts'
import { type Session, sessionFor } from '#app/auth/session-for.server.ts'
import type { Actor } from '#app/domain/shared/actor.ts'
import type { HostTenant } from '#app/services/tenancy/tenant-for-host.server.ts'
import { tenantOf } from './tenant-of.server.ts'

export type { Session }

const found = new WeakMap<Request, Promise<Session | null>>()
const underWay = new Map<string, Promise<Session | null>>()

/** The session the request carries at this host; null for a visitor, and for a cookie of another store. */
export function sessionOf(request: Request): Promise<Session | null> {
  const known = found.get(request)
  if (known) return known
  const session = tenantOf(request).then((tenant) => readShared(request, tenant))
  found.set(request, session)
  return session
}

/** The loaders of one page ask at one instant, each with a request of its own: they share one reading. */
function readShared(request: Request, tenant: HostTenant): Promise<Session | null> {
  const key = `${tenant.tenantId} ${tenant.host} ${tokenOf(request)}`
  const reading = underWay.get(key) ?? sessionFor(request, tenant).finally(() => underWay.delete(key))
  underWay.set(key, reading)
  return reading
}

/** Who reads the page, as far as a page needs to know. */
export type Viewer = {
  readonly name: string
  readonly email: string
  /** Where the reader's picture is; null without one. */
  readonly pictureUrl: string | null
  /** The reader's own time zone; null where the seller's is meant. */
  readonly timeZone: string | null
  readonly isEmailConfirmed: boolean
  readonly hasPanel: boolean
  readonly hasOffice: boolean
}

/** The reader of the page; null for a visitor. */
export async function viewerOf(request: Request): Promise<Viewer | null> {
  const session = await sessionOf(request)
  if (!session) return null
  const { user, memberships } = session
  return {
    name: user.name,
    email: user.email,
    pictureUrl: user.picture && `/pictures/${user.picture}`,
    timeZone: user.timeZone,
    isEmailConfirmed: user.isEmailConfirmed,
    hasPanel: memberships.some((membership) => membership.accountId !== null),
    hasOffice: memberships.some((membership) => membership.accountId === null),
  }
}

/** The actor behind a membership of a session. */
export function actorOf(session: Session, membershipId?: string): Actor {
  return { kind: 'user', userId: session.user.id, ...(membershipId ? { membershipId } : {}) }
}
