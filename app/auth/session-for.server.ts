import { inTenant } from '#app/db/context.server.ts'
import { hashOfToken } from '#app/db/one-time-tokens.server.ts'
import { type MembershipRow, membershipsOf } from '#app/db/people.server.ts'
import { tokenOf } from './cookie.server.ts'
import { luciaOf } from './lucia.server.ts'
import { looksLikeToken } from './tokens.server.ts'

/** The store a request is for, as the table of hosts knows it. */
export type Store = { readonly tenantId: string; readonly host: string }

/** One way a person may act in this store: as its staff (no account), or for an account with its departments. */
export type Membership = MembershipRow

/** A signed-in person with all memberships in this store. */
export type Session = {
  readonly sessionId: string
  readonly user: {
    readonly id: string
    readonly email: string
    readonly name: string
    readonly language: string
    readonly isEmailConfirmed: boolean
  }
  readonly memberships: readonly Membership[]
  /** Whether one of the memberships is in the house organisation. */
  readonly isStaff: boolean
}

/** Who sent this request to this store; null for anybody who is not signed in here. */
export async function sessionFor(request: Request, store: Store): Promise<Session | null> {
  const token = tokenOf(request)
  return token ? sessionOf({ ...store, token }) : null
}

/**
 * The person behind a session token, when the session is of this tenant and was opened at this very host, has not ended, and
 * the person is not disabled. Memberships and permissions are read anew each time, so that a removed right ends with it.
 */
export async function sessionOf(sign: Store & { readonly token: string }): Promise<Session | null> {
  if (!looksLikeToken(sign.token)) return null
  const { session, user } = await luciaOf(sign.tenantId).validateSession(hashOfToken(sign.token))
  if (!session || session.host !== sign.host || user.isDisabled) return null

  const memberships = await inTenant(sign.tenantId, (ctx) => membershipsOf(ctx, user.id))
  const { id, email, name, language, isEmailConfirmed } = user
  return {
    sessionId: session.id,
    user: { id, email, name, language, isEmailConfirmed },
    memberships,
    isStaff: memberships.some((membership) => membership.accountId === null),
  }
}
