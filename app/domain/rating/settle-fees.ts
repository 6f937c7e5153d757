import { Decimal } from '../money/decimal.ts'
import type { Period } from '../time/period.ts'
import type { RatedCharge } from './charge.ts'
import type { FeeTarget } from './fee-targets.ts'

/** What was charged under one key so far: the sum of its charges, how many, and the last of them as it was rated. */
export type ChargedFee = { readonly amount: Decimal; readonly count: number; readonly last: RatedCharge }

export type FeeSettlement = {
  readonly targets: readonly FeeTarget[]
  /** By key, of every fee that may have changed. */
  readonly charged: ReadonlyMap<string, ChargedFee>
  readonly span: Period
  readonly creditAt?: 'now' | 'at-renewal'
  /** A re-rating charges what was charged by a wrong price again by the right one; everybody else leaves it. */
  readonly isRepricing?: boolean
}

/**
 * What is still to charge so that each fee comes to its target: the target less what was charged under its key. A fee that
 * is due for the first time is charged in full; one that is charged already is corrected (class Correction), and a recurring fee
 * that no longer comes up is taken back. A target is never below zero, so the credits of a key never exceed its charges. Credits of a
 * plan that credits at renewal wait until their service period is over. What was charged keeps its price: a corrected version moves it
 * only through a re-rating, which a second person approves.
 */
export function settleFees({ targets, charged, span, creditAt = 'now', isRepricing = false }: FeeSettlement): RatedCharge[] {
  const wanted = new Set(targets.map(({ charge }) => charge.sourceKey))
  const changes = targets.flatMap((target) => {
    const before = charged.get(target.charge.sourceKey)
    if (!before) return target.isDue ? [target.charge] : []
    const now = isRepricing ? target.charge : atChargedPrice(target, before)
    return correction(now.amount, before, now)
  })
  const isGone = ([key, { last }]: readonly [string, ChargedFee]) =>
    key.startsWith('recurring:') && !wanted.has(key) && last.chargePeriod.end.getTime() > span.start.getTime()
  const gone = [...charged].filter(isGone).flatMap(([, before]) => correction(new Decimal(0), before, before.last))
  const waits = (charge: RatedCharge) =>
    creditAt === 'at-renewal' && charge.amount.lt(0) && charge.chargePeriod.end.getTime() > span.end.getTime()
  return [...changes, ...gone].filter((charge) => !waits(charge))
}

/** The target at the price that its fee was charged by. */
function atChargedPrice({ charge, amountAt }: FeeTarget, { last }: ChargedFee): RatedCharge {
  if (charge.priceRuleId === last.priceRuleId) return charge
  const { unit, unitPrice, priceRuleId, priceVersionId } = last
  return { ...charge, unit, unitPrice, priceRuleId, priceVersionId, amount: amountAt(unitPrice) }
}

/** The service that is taken back or added lies where the span charged before and the one now differ. */
function correction(target: Decimal, before: ChargedFee, now: RatedCharge): RatedCharge[] {
  const amount = target.minus(before.amount)
  if (amount.isZero()) return []
  const { start, end } = before.last.chargePeriod
  const isShortened = now.chargePeriod.end.getTime() < end.getTime()
  const isGone = target.isZero()
  const chargePeriod = isShortened && !isGone ? { start: now.chargePeriod.end, end } : { start, end }
  return [{ ...now, sourceKey: `${baseKeyOf(now.sourceKey)}~${before.count + 1}`, class: 'Correction', amount, chargePeriod }]
}

/** The key of a fee without the number of its correction. */
export function baseKeyOf(sourceKey: string): string {
  return sourceKey.replace(/~\d+$/, '')
}
