import { audit } from '#app/db/audit.server.ts'
import { type PriceVersionRow, readVersionRules, readVersions, type VersionRule } from '#app/db/catalog/price-versions.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import {
  isFiltered,
  isSameFigures,
  type PriceFilter,
  type PriceShift,
  pricesOf,
  shiftFigures,
} from '#app/domain/pricing/price-change/change-rule.ts'
import type { PriceRounding } from '#app/domain/pricing/price-change/round-price.ts'
import { versionAt } from '#app/domain/pricing/version.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type PublishVersionError, publishVersion } from './publish-version.server.ts'

export type PriceChangeInput = {
  readonly priceBookIds: readonly string[]
  readonly filter: PriceFilter
  readonly shift: PriceShift
  readonly rounding: PriceRounding
  /** The first instant of the new prices. */
  readonly validFrom: Date
  readonly note: string | null
}

export type PlanPriceChangeError = 'no-book' | 'no-version' | 'nothing-changes' | 'negative-price' | 'amount-missing' | 'starts-in-the-past'
export type ChangePricesError = PlanPriceChangeError | PublishVersionError

/** One price before and after. */
export type ChangedRule = { readonly former: VersionRule; readonly next: VersionRule }
/** What a change makes of the prices in force in one book when it begins. `rules` are the prices that really move. */
export type BookChange = { readonly version: PriceVersionRow; readonly rules: readonly ChangedRule[] }

/**
 * What the change does to each price, without writing anything: preview and publication both start here. Refuses a change
 * that moves no price, one that brings a price below zero, an amount that is not given in the currency of a book, and a
 * start that is over.
 */
export async function planPriceChange(
  ctx: TenantContext,
  input: PriceChangeInput,
): Promise<Result<readonly BookChange[], PlanPriceChangeError>> {
  if (input.priceBookIds.length === 0) return err('no-book')
  if (input.validFrom < ctx.now) return err('starts-in-the-past')
  const versions = await readVersions(ctx, input.priceBookIds)
  const standing = versions.filter((version) => !version.isWithdrawn)
  const bases = input.priceBookIds.flatMap((id) => versionAt(ofBook(standing, id), new Date(input.validFrom.getTime() - 1)) ?? [])
  if (bases.length < input.priceBookIds.length) return err('no-version')
  const { shift } = input
  if (shift.method === 'amount' && bases.some(({ currency }) => shift.amounts[currency] === undefined)) return err('amount-missing')

  const rules = await readVersionRules(
    ctx,
    bases.map(({ id }) => id),
  )
  const books = bases.map((version) => ({
    version,
    rules: changedRules(
      input,
      version,
      rules.filter((rule) => rule.priceVersionId === version.id),
    ),
  }))
  if (books.every((book) => book.rules.length === 0)) return err('nothing-changes')
  const isNegative = books.some((book) => book.rules.some(({ next }) => pricesOf(next).some((price) => price.isNegative())))
  return isNegative ? err('negative-price') : ok(books.filter((book) => book.rules.length > 0))
}

function ofBook(versions: readonly PriceVersionRow[], priceBookId: string): PriceVersionRow[] {
  return versions.filter((version) => version.priceBookId === priceBookId)
}

function changedRules(
  { filter, shift, rounding }: PriceChangeInput,
  { currency }: PriceVersionRow,
  rules: readonly VersionRule[],
): ChangedRule[] {
  return rules.flatMap((former) => {
    if (!isFiltered(filter, former)) return []
    const figures = shiftFigures(former, { shift, rounding, currency })
    return isSameFigures(former, figures) ? [] : [{ former, next: { ...former, ...figures } }]
  })
}

/**
 * Publishes the change as a new version of every book it moves a price of, all in this transaction or none. Until
 * `validFrom`, and for usage of that time whenever it arrives, the former prices hold. Subscriptions that pin a version
 * keep theirs. Returns the new versions.
 */
export async function changePrices(
  ctx: TenantContext,
  input: PriceChangeInput,
): Promise<Result<{ readonly priceVersionIds: readonly string[] }, ChangePricesError>> {
  await readVersions(ctx, input.priceBookIds, { lock: true })
  const plan = await planPriceChange(ctx, input)
  if (!plan.ok) return plan

  const priceVersionIds: string[] = []
  for (const { version, rules } of plan.value) {
    const next = new Map(rules.map((rule) => [rule.former.id, rule.next]))
    const { priceBookId } = version
    const published = await publishVersion(ctx, {
      priceBookId,
      validFrom: input.validFrom,
      note: input.note,
      change: (rule) => next.get(rule.id) ?? rule,
    })
    if (!published.ok) return published
    priceVersionIds.push(published.value.priceVersionId)
  }
  const detail = { versions: priceVersionIds, rounding: input.rounding, validFrom: input.validFrom.toISOString(), note: input.note }
  await audit(ctx, { action: 'prices.changed', subjectKind: 'price-version', subjectId: priceVersionIds[0] ?? '', detail })
  return ok({ priceVersionIds })
}
