import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import {
  insertPartnerLevel,
  lockPartnerLevels,
  type NewLevelDiscount,
  type NewPartnerLevel,
  readPartnerLevels,
  setLevelDiscount,
  updatePartnerLevel,
} from '#app/db/sellers/partner-levels.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { requestOfferPublication } from '../offers/request-publication.server.ts'
import { refreshLevelBooks } from './refresh-level-books.server.ts'

export type AddPartnerLevelInput = {
  readonly level: NewPartnerLevel
  readonly discounts: readonly NewLevelDiscount[]
  /** When its discounts begin. A new level has priced nothing, so this may lie in the past. */
  readonly validFrom: Date
}
export type AddPartnerLevelError = 'level-exists' | 'percent-out-of-range'

/** Adds a level with its discounts, and opens its buy list in every currency that has a public list. */
export async function addPartnerLevel(
  ctx: TenantContext,
  { level, discounts, validFrom }: AddPartnerLevelInput,
): Promise<Result<{ readonly levelId: string }, AddPartnerLevelError>> {
  if (!discounts.every(isInRange)) return err('percent-out-of-range')
  const levelId = await insertPartnerLevel(ctx, level)
  if (!levelId) return err('level-exists')
  for (const discount of discounts) await setLevelDiscount(ctx, { levelId, validFrom, ...discount })
  await refreshLevelBooks(ctx)
  await audit(ctx, {
    action: 'partner-level.added',
    subjectKind: 'partner-level',
    subjectId: levelId,
    detail: { code: level.code, rank: level.rank },
  })
  return ok({ levelId })
}

export type ChangeRulesInput = { readonly levelId: string; readonly rules: Omit<NewPartnerLevel, 'code' | 'rank'> }

/** Changes the name of a level and what it takes to reach and keep it. Nobody moves by this alone. */
export async function changeLevelRules(ctx: TenantContext, { levelId, rules }: ChangeRulesInput): Promise<Result<null, 'level-not-found'>> {
  await lockPartnerLevels(ctx)
  if (!(await readPartnerLevels(ctx)).some(({ id }) => id === levelId)) return err('level-not-found')
  await updatePartnerLevel(ctx, levelId, rules)
  const { minTurnover, turnoverMonths, maxOverdueDays, graceDays } = rules
  const turnover = minTurnover && { minor: minTurnover.minor.toString(), currency: minTurnover.currency }
  const detail = { minTurnover: turnover, turnoverMonths, maxOverdueDays, graceDays }
  await audit(ctx, { action: 'partner-level.rules-changed', subjectKind: 'partner-level', subjectId: levelId, detail })
  return ok(null)
}

export type ChangeDiscountsInput = { readonly levelId: string; readonly validFrom: Date; readonly discounts: readonly NewLevelDiscount[] }
export type ChangeDiscountsError = 'level-not-found' | 'starts-in-the-past' | 'percent-out-of-range'

/**
 * Gives a level other percentages from a date on, now at the earliest, and publishes its buy lists anew from then on. What was
 * priced until then stays as it is. Resellers learn their new buy prices by a job.
 */
export async function changeLevelDiscounts(ctx: TenantContext, input: ChangeDiscountsInput): Promise<Result<null, ChangeDiscountsError>> {
  const { levelId, validFrom, discounts } = input
  if (validFrom < ctx.now) return err('starts-in-the-past')
  if (!discounts.every(isInRange)) return err('percent-out-of-range')
  await lockPartnerLevels(ctx)
  if (!(await readPartnerLevels(ctx)).some(({ id }) => id === levelId)) return err('level-not-found')
  for (const discount of discounts) await setLevelDiscount(ctx, { levelId, validFrom, ...discount })
  await refreshLevelBooks(ctx)
  await requestOfferPublication(ctx)
  const percents = discounts.map(({ scope, productGroup, percent }) => ({ scope, productGroup, percent: percent.toFixed() }))
  const detail = { validFrom: validFrom.toISOString(), discounts: percents }
  await audit(ctx, { action: 'partner-level.discounts-changed', subjectKind: 'partner-level', subjectId: levelId, detail })
  return ok(null)
}

function isInRange({ percent }: NewLevelDiscount): boolean {
  return percent.gte(0) && percent.lte(100)
}
