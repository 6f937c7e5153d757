import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { listsWith, listsWithRange } from '#app/db/people/fraud-lists.server.ts'
import { readFraudSettings } from '#app/db/people/fraud-settings.server.ts'
import { insertRisk, readSignUp } from '#app/db/people/risk-screenings.server.ts'
import { judgeSignUp, type SignUpFacts } from '#app/domain/fraud/judge-sign-up.ts'
import { listKeysOf } from '#app/domain/fraud/list-entry.ts'
import { holdKeyOf, holdReasons } from '#app/domain/fraud/risk-hold.ts'
import type { ScreeningVerdict } from '#app/domain/fraud/screen.ts'
import { vatCountryOf } from '#app/domain/fraud/vat-country.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { placeHold } from '../holds/place-hold.server.ts'

/** Where a sign-up came from: a digest of the network address, and the address itself, which is kept nowhere. */
export type SignUpOrigin = { readonly addressHash: string; readonly address?: string | undefined }
export type ScreenSignUpInput = { readonly accountId: string; readonly origin: SignUpOrigin | null }

/**
 * Judges an account that was just opened in the store. What does not pass is held: it can sign in and order nothing. Call it in the
 * transaction that opens the account, so that nothing is ordered before. Accounts that staff open are not screened.
 */
export async function screenSignUp(ctx: TenantContext, { accountId, origin }: ScreenSignUpInput): Promise<ScreeningVerdict> {
  const addressHash = origin?.addressHash ?? null
  const signUp = await readSignUp(ctx, accountId, addressHash)
  invariant(signUp, `screenSignUp: no account ${accountId}`)
  const { email, vatId, ...counted } = signUp
  const lists = await listsWith(ctx, listKeysOf({ email, vatId, country: signUp.country, addressHash }))
  const ranges = await listsWithRange(ctx, origin?.address ?? null)
  const facts: SignUpFacts = { ...counted, vatCountry: vatCountryOf(vatId), lists: [...new Set([...lists, ...ranges])] }
  const judged = judgeSignUp(facts, await readFraudSettings(ctx))
  const kept = { kind: 'sign-up', accountId, paymentId: null, addressHash, facts: { ...facts, lists: [...facts.lists] } } as const
  const isNew = await insertRisk(ctx, { ...judged, ...kept })
  if (!isNew || judged.verdict === 'pass') return judged.verdict
  const reason = judged.verdict === 'review' ? holdReasons.waits : holdReasons.refused
  await placeHold(ctx, { accountId, source: 'screening', effect: 'block-orders', reason, key: holdKeyOf('sign-up', accountId) })
  await audit(ctx, { action: `sign-up.${judged.verdict === 'review' ? 'held' : 'refused'}`, subjectKind: 'account', subjectId: accountId })
  return judged.verdict
}
