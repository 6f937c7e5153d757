import { audit } from '#app/db/audit.server.ts'
import { insertPlanDraft } from '#app/db/catalog/plan-drafts.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { readJsonText } from '#app/domain/pricing/plan-file/json-text.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { monthOf } from '#app/domain/time/billing-month.ts'
import { type LeftTariff, readQuotaTariffs, type TariffPrice, takeTariffs } from '#app/domain/usage/quota-tariffs.ts'
import { exportPlanOf, type StartPlanDraftError } from './save-plan-draft.server.ts'

/** What a price of a month is divided by: the hours of the month, as newer releases do, or always 720. */
export type HoursOfMonth = 'of-the-month' | '720'

export type ImportQuotaTariffsInput = {
  readonly priceBookId: string
  /** The answer of `quotaTariffList` as JSON. */
  readonly text: string
  /** `2026-11`: tariffs in force throughout this month of UTC are taken. */
  readonly month: string
  readonly hoursOfMonth: HoursOfMonth
  /** Only looks. */
  readonly isDryRun: boolean
}
export type ImportQuotaTariffsError = StartPlanDraftError | 'not-json' | 'not-tariffs' | 'malformed-month' | 'nothing-to-take'
export type ImportedTariffs = {
  readonly draftId: string | null
  readonly prices: readonly TariffPrice[]
  readonly left: readonly LeftTariff[]
}

/**
 * Begins a draft of a book's rate card with the prices of a cloud's quota: meters with a tariff get its price, the others keep theirs.
 * Tariffs that cannot be taken over are returned with the reason. Nothing counts before the draft is activated.
 */
export async function importQuotaTariffs(
  ctx: TenantContext,
  input: ImportQuotaTariffsInput,
): Promise<Result<ImportedTariffs, ImportQuotaTariffsError>> {
  const { priceBookId, hoursOfMonth, isDryRun } = input
  const [, year, number] = /^(20\d{2})-(0[1-9]|1[0-2])$/.exec(input.month) ?? []
  if (!year || !number) return err('malformed-month')
  const json = readJsonText(input.text)
  if (!json.ok) return err('not-json')
  const tariffs = readQuotaTariffs(json.value)
  if (!tariffs) return err('not-tariffs')

  const { start, end } = monthOf('UTC', Number(year), Number(number))
  const hours = hoursOfMonth === '720' ? 720 : (end.getTime() - start.getTime()) / 3_600_000
  const taken = takeTariffs(tariffs, { start, end, hours })
  const current = await exportPlanOf(ctx, { priceBookId, productId: null })
  if (!current.ok) return current
  if (isDryRun) return ok({ draftId: null, ...taken })
  if (taken.prices.length === 0) return err('nothing-to-take')

  const { name, plan } = current.value
  const draftId = await insertPlanDraft(ctx, {
    priceBookId,
    name,
    plan: { ...plan, usage: [...keptPrices(plan.usage ?? [], taken.prices), ...taken.prices.map(usagePrice)] },
  })
  await audit(ctx, {
    action: 'quota-tariffs.imported',
    subjectKind: 'plan-draft',
    subjectId: draftId,
    detail: { month: input.month, hours, taken: taken.prices.length, left: taken.left.length },
  })
  return ok({ draftId, ...taken })
}

type UsagePrice = NonNullable<Extract<Awaited<ReturnType<typeof exportPlanOf>>, { ok: true }>['value']['plan']['usage']>[number]

/** A price that only counts for some usage stands beside the one for all. */
function keptPrices(prices: readonly UsagePrice[], taken: readonly TariffPrice[]): readonly UsagePrice[] {
  const meters = new Set<string>(taken.map(({ meter }) => meter))
  return prices.filter(({ meter, match }) => !meters.has(meter) || Object.keys(match ?? {}).length > 0)
}

function usagePrice({ meter, unit, unitPrice }: TariffPrice): UsagePrice {
  return { meter, unit, model: { kind: 'per-unit', unitPrice: unitPrice.toFixed() } }
}
