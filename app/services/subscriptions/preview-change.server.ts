import type { TenantContext } from '#app/db/context.server.ts'
import { readContractTax } from '#app/db/tax-facts.server.ts'
import { add, type Money } from '#app/domain/money/money.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { ChangePreview } from '#app/domain/subscription/preview-change.ts'
import { determineTax } from '#app/domain/tax/determine-tax.ts'
import { taxLines } from '#app/domain/tax/tax-lines.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { previewOf } from './change-facts.server.ts'
import { type ChangeInput, type PlanChangeError, type PlannedChange, planChange } from './plan-change.server.ts'

/** The money effect of a change with the tax that will be on the invoice. */
export type TaxedPreview = ChangePreview & {
  readonly effectiveAt: Date
  readonly taxPercent: string
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
  const treatment = determineTax({ ...tax, on: localDateOf(at, subscription.zone) })
  if (!treatment.ok) return treatment
  const [line] = taxLines({
    currency: preview.net.currency,
    behaviour: tax.behaviour,
    amounts: [{ amount: preview.net, treatment: treatment.value }],
  })
  invariant(line, 'previewPlanned: an amount has a tax')
  const taxed = { net: line.base, tax: line.tax, total: add(line.base, line.tax) }
  return ok({ ...preview, effectiveAt: at, taxPercent: treatment.value.rate.toFixed(), ...taxed })
}
