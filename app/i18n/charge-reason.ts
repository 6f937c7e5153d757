import { Decimal } from '#app/domain/money/decimal.ts'
import { describeRule } from '#app/domain/pricing/describe-rule.ts'
import type { PriceRule } from '#app/domain/pricing/price-rule.ts'
import type { RatedCharge } from '#app/domain/rating/charge.ts'
import { formatPercent, formatQuantity, formatRate } from './formats.ts'
import { type PriceTexts, priceSentence } from './price-sentence.ts'

export type ReasonedCharge = { readonly charge: RatedCharge; readonly rule: PriceRule; readonly texts: PriceTexts }

/** Why a charge has its amount, in a few sentences of the reader's language: the price first, then what took effect. */
export function chargeReason({ charge, rule, texts }: ReasonedCharge): string {
  const { reason, currency } = charge
  if (reason.kind === 'fee') return feeReason(charge, texts)
  const price = describeRule(rule, currency).map((sentence) => priceSentence(texts, sentence))
  if (reason.kind === 'usage') return [...price, ...effects({ charge, rule, texts })].join(' ')
  if (reason.kind === 'standing') return [...price, texts.t('reason.standing')].join(' ')
  const reached = texts.isolate(formatRate(new Decimal(reason.reached ?? 0), currency, texts.locale))
  return [...price, texts.t('reason.true-up', { reached })].join(' ')
}

function effects({ charge, texts }: ReasonedCharge): string[] {
  const { reason, includedQuantity } = charge
  const { t, locale, isolate } = texts
  if (reason.kind !== 'usage') return []
  const dimensions = Object.entries(reason.matched).map(([name, value]) => isolate(`${name} ${value}`))
  const included = isolate(formatQuantity(includedQuantity, locale))
  return [
    ...(includedQuantity.isZero() ? [] : [t('reason.included', { included })]),
    ...(reason.tier === null ? [] : [t('reason.tier', { tier: reason.tier + 1 })]),
    ...(dimensions.length > 0 ? [t('reason.matched', { dimensions: dimensions.join(', ') })] : []),
    ...(reason.isCapped ? [t('reason.capped')] : []),
    ...(reason.isSplit ? [t('reason.split')] : []),
  ]
}

function feeReason({ reason }: RatedCharge, { t, locale, isolate }: PriceTexts): string {
  if (reason.kind !== 'fee') return ''
  const { part, whole } = reason.proration
  if (part === whole) return t('reason.fee')
  const share = formatPercent(new Decimal(part).times(100).div(whole).toDecimalPlaces(2), locale)
  return t('reason.part', { share: isolate(share) })
}
