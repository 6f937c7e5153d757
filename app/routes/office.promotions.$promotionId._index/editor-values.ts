import { money, toDecimal } from '#app/domain/money/money.ts'
import { periodsOf } from '#app/domain/promo/promotion.ts'
import type { PromotionChoices, PromotionDetail } from '#app/reports/promotions/shape.ts'
import type { EditorValues } from './editor.tsx'
import { amountField } from './promotion-form.ts'

/** What the editor's fields hold at first: a saved promotion, or a new one of ten percent off the first period. */
export function valuesOf(promotion: PromotionDetail | null, choices: PromotionChoices): EditorValues {
  if (!promotion) return { kind: 'percent', percent: '10', periods: '1', scopeRecurring: 'on', startsOn: choices.today, priority: '100' }
  const { terms, scopes, days } = promotion
  const tick = (isOn: boolean) => (isOn ? 'on' : undefined)
  return {
    name: promotion.name,
    code: promotion.code,
    kind: terms.kind,
    percent: terms.kind === 'percent' ? terms.percent : undefined,
    periods: periodsOf(terms)?.toString(),
    meter: terms.kind === 'free-units' ? terms.meter : undefined,
    units: terms.kind === 'free-units' ? terms.units : undefined,
    ...(terms.kind === 'amount' ? typedAmounts(terms.amounts) : {}),
    scopeSetup: tick(scopes.includes('setup')),
    scopeRecurring: tick(scopes.includes('recurring')),
    scopeUsage: tick(scopes.includes('usage')),
    scopeOverage: tick(scopes.includes('overage')),
    productGroups: promotion.productGroups.join(', '),
    channels: promotion.channels.join(', '),
    isFirstOrderOnly: tick(promotion.isFirstOrderOnly),
    isNewCustomersOnly: tick(promotion.isNewCustomersOnly),
    campaignId: promotion.campaignId ?? undefined,
    startsOn: days.first,
    endsOn: days.last ?? undefined,
    maxRedemptions: promotion.limit?.toString(),
    maxPerAccount: promotion.accountLimit?.toString(),
    priority: String(promotion.priority),
    stackGroup: promotion.stackGroup ?? undefined,
    isStackable: tick(promotion.isStackable),
  }
}

function typedAmounts(amounts: Readonly<Record<string, string>>): EditorValues {
  const typed = Object.entries(amounts).map(([currency, minor]) => [
    amountField(currency),
    toDecimal(money(BigInt(minor), currency)).toFixed(),
  ])
  return Object.fromEntries(typed)
}
