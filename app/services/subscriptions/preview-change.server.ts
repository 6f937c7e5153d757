import type { TenantContext } from '#app/db/context.server.ts'
import { readContractTax } from '#app/db/documents/tax-facts.server.ts'
import { add, type Money } from '#app/domain/money/money.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { ChangePreview } from '#app/domain/subscription/preview-change.ts'
import { determineTax } from '#app/domain/tax/determine-tax.ts'
import { productTreatments } from '#app/domain/tax/product-taxes.ts'
import { taxedTotal } from '#app/domain/tax/tax-lines.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { previewOf } from './change-facts.server.ts'
import { type ChangeInput, type PlanChangeError, type PlannedChange, planChange } from './plan-change.server.ts'

/** The money effect of a change with the tax that will be on the invoice. */
export type TaxedPreview = ChangePreview & {
  readonly effectiveAt: Date
  /** Null when the lines have several rates. */
  readonly taxPercent: string | null
  readonly tax: Money
  readonly total: Money
}
export type PreviewChangeError = PlanChangeError | 'no-tax-rate'

/** What a change would cost or bring back, line by line as the next invoice will say it. Writes nothing. */
export async function previewSubscriptionChange(ctx: TenantContext, input: ChangeInput): Promise<Result<TaxedPreview, PreviewChangeError>> {
  const planned = await planChange(ctx, input)
  return planned.ok ? previewPlanned(ctx, planned.value) : planned
}

/** The same for a change that was planned in this transaction. */
export async function previewPlanned(ctx: TenantContext, planned: PlannedChange): Promise<Result<TaxedPreview, 'no-tax-rate'>> {
  const { effectiveAt: at, subscription } = planned
  const preview = await previewOf(ctx, { ...planned, at })
  const tax = (await readContractTax(ctx, [subscription.contractId])).get(subscription.contractId)
  if (!tax) return err('no-tax-rate')
  const supply = { ...tax, on: localDateOf(at, subscription.zone) }
  const treatment = determineTax(supply)
  if (!treatment.ok) return treatment
  const treatments = productTreatments(supply, tax.kinds)
  const amounts = preview.lines.map(({ amount, productId }) => {
    return { amount, treatment: (productId && treatments.get(productId)) || treatment.value }
  })
  const taxed = taxedTotal({ currency: preview.net.currency, behaviour: tax.behaviour, amounts })
  const percents = [...new Set(amounts.map((each) => each.treatment.rate.toFixed()))]
  const taxPercent = percents.length > 1 ? null : (percents[0] ?? treatment.value.rate.toFixed())
  return ok({ ...preview, effectiveAt: at, taxPercent, ...taxed, total: add(taxed.net, taxed.tax) })
}
