import type { TenantContext } from '#app/db/context.server.ts'
import { listsWith } from '#app/db/people/fraud-lists.server.ts'
import { readFraudSettings } from '#app/db/people/fraud-settings.server.ts'
import { insertRisk, readPaidAttempt } from '#app/db/people/risk-screenings.server.ts'
import { judgePayment, type PaymentFacts } from '#app/domain/fraud/judge-payment.ts'
import { listKeysOf } from '#app/domain/fraud/list-entry.ts'
import { holdKeyOf, holdReasons } from '#app/domain/fraud/risk-hold.ts'
import { largeOrderFrom } from '#app/domain/fraud/settings.ts'
import { vatCountryOf } from '#app/domain/fraud/vat-country.ts'
import { placeHold } from '../holds/place-hold.server.ts'

const hourMs = 3_600_000

/**
 * Scores the payment that an attempt brought, with what is known of its payer and card by now. That of somebody on a deny list holds the
 * account until a person has looked. Nothing without a payment; safe to repeat: the first score stays.
 */
export async function screenPayment(ctx: TenantContext, attemptId: string): Promise<void> {
  const paid = await readPaidAttempt(ctx, attemptId)
  if (!paid) return
  const { accountId, paymentId, currency, isFirst, email, vatId, accountSince, cards, ...counted } = paid
  const settings = await readFraudSettings(ctx)
  const facts: PaymentFacts = {
    ...counted,
    accountAgeHours: Math.floor((ctx.now.getTime() - accountSince.getTime()) / hourMs),
    vatCountry: vatCountryOf(vatId),
    largeFromMinor: isFirst ? largeOrderFrom(settings, currency) : null,
    lists: await listsWith(ctx, listKeysOf({ email, vatId, country: counted.country, addressHash: null, cards: cards ?? [] })),
  }
  const judged = judgePayment(facts, settings)
  const { minor, largeFromMinor, ...rest } = facts
  const amounts = { minor: minor.toString(), largeFromMinor: largeFromMinor?.toString() ?? null }
  const kept = {
    kind: 'payment',
    accountId,
    paymentId,
    addressHash: null,
    facts: { ...rest, ...amounts, lists: [...facts.lists], cards },
  } as const
  if (!(await insertRisk(ctx, { ...judged, ...kept })) || judged.verdict === 'pass') return
  const key = holdKeyOf('payment', paymentId)
  await placeHold(ctx, { accountId, source: 'screening', effect: 'block-orders', reason: holdReasons.denied, key })
}
