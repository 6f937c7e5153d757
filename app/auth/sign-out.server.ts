import { inAuth } from '#app/db/context.server.ts'
import { hashOfToken } from '#app/db/people/one-time-tokens.server.ts'
import { luciaOf } from './lucia.server.ts'
import { note } from './trace.server.ts'

/** Ends the session of `token` on the server; the cookie is worth nothing afterwards. Safe to repeat. */
export async function signOut(sign: { readonly tenantId: string; readonly token: string }): Promise<void> {
  await luciaOf(sign.tenantId).invalidateSession(hashOfToken(sign.token))
}

/** Ends every session of the person in this store, the one in use included. */
export async function signOutEverywhere(person: { readonly tenantId: string; readonly userId: string }): Promise<void> {
  await luciaOf(person.tenantId).invalidateUserSessions(person.userId)
  await note(person.tenantId, 'user.signed-out-everywhere', person.userId)
}

/** Ends one session of the person, by the id the list of sessions gave. Another person's session stays. */
export async function endSession(person: {
  readonly tenantId: string
  readonly userId: string
  readonly sessionId: string
}): Promise<void> {
  const lucia = luciaOf(person.tenantId)
  const own = await lucia.getUserSessions(person.userId)
  if (own.some(({ id }) => id === person.sessionId)) await lucia.invalidateSession(person.sessionId)
}

/** Ends every session of the person but the one in use. */
export async function endOtherSessions(person: {
  readonly tenantId: string
  readonly userId: string
  readonly sessionId: string
}): Promise<void> {
  const { tenantId, userId, sessionId } = person
  await inAuth(tenantId, ({ db }) => db.session.deleteMany({ where: { tenantId, userId, id: { not: sessionId } } }))
  await note(tenantId, 'user.signed-out-elsewhere', userId)
}
