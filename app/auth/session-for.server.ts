import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { hashOfToken } from '#app/db/people/one-time-tokens.server.ts'
import { type MembershipRow, membershipsOf } from '#app/db/people/people.server.ts'
import { requiresSecondFactor } from '#app/db/people/second-factors.server.ts'
import { tokenOf } from './cookie.server.ts'
import { luciaOf } from './lucia.server.ts'
import { looksLikeToken } from './tokens.server.ts'

const noteEveryMs = 5 * 60_000

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
    /** Null while the seller's own is meant. */
    readonly timeZone: string | null
    readonly picture: string | null
    readonly isEmailConfirmed: boolean
  }
  readonly memberships: readonly Membership[]
  /** Whether one of the memberships is in the house organisation. */
  readonly isStaff: boolean
  /** Whether the seller requires a second factor of its staff, and this sign-in was without. */
  readonly mustSecure: boolean
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

  const { id, email, name, language, timeZone, picture, isEmailConfirmed } = user
  return inTenant(sign.tenantId, async (ctx) => {
    const memberships = await membershipsOf(ctx, id, session.externalIdentityId)
    const isStaff = memberships.some((membership) => membership.accountId === null)
    await noteUse(ctx, session)
    return {
      sessionId: session.id,
      user: { id, email, name, language, timeZone, picture, isEmailConfirmed },
      memberships,
      isStaff,
      mustSecure: isStaff && !session.isStrong && (await requiresSecondFactor(ctx)),
    }
  })
}

type InUse = { readonly id: string; readonly createdAt: Date; readonly lastUsedAt: Date | null }

/** Notes now and then that a session is in use: a write with each click would be too much. */
async function noteUse({ db, tenantId, now }: TenantContext, { id, createdAt, lastUsedAt }: InUse): Promise<void> {
  if (now.getTime() - (lastUsedAt ?? createdAt).getTime() < noteEveryMs) return
  await db.session.updateMany({ where: { tenantId, id }, data: { lastUsedAt: now } })
}
