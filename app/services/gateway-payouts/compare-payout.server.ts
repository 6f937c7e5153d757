import type { TenantContext } from '#app/db/context.server.ts'
import { bookedFacts, linesOfPayout, noteJudged, paidBefore } from '#app/db/payments/gateway-payouts.server.ts'
import { differenceOf } from '#app/domain/gateway-payout/compare-payout.ts'

/** Compares what a payout is made of with the books, and notes how it differs. Safe to repeat: what was unknown may be known now. */
export async function comparePayout(
  ctx: TenantContext,
  { payoutId, gatewayAccountId }: { readonly payoutId: string; readonly gatewayAccountId: string },
): Promise<void> {
  const lines = await linesOfPayout(ctx, payoutId)
  const refs = lines.flatMap(({ ref }) => ref ?? [])
  const facts = new Map((await bookedFacts(ctx, gatewayAccountId, refs)).map((fact) => [`${fact.kind} ${fact.ref}`, fact]))
  const factIds = [...facts.values()].map(({ id }) => id)
  const seen = new Set(await paidBefore(ctx, { payoutId, factIds }))
  const judged = lines.map((line) => {
    const fact = facts.get(`${line.kind} ${line.ref}`)
    const difference = differenceOf(line, fact && { ...fact, isPaidBefore: seen.has(fact.id) })
    if (fact) seen.add(fact.id)
    const expectedMinor = difference === 'other-amount' ? (fact?.minor ?? null) : null
    return { id: line.id, factKind: fact?.kind ?? null, factId: fact?.id ?? null, difference, expectedMinor }
  })
  await noteJudged(ctx, judged)
}
