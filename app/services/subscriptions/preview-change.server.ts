import type { TenantContext } from '#app/db/context.server.ts'
import { add, fromDecimal, type Money, toDecimal } from '#app/domain/money/money.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { ChangePreview } from '#app/domain/subscription/preview-change.ts'
import { determineTax } from '#app/domain/tax/determine-tax.ts'
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
  const [parties] = await ctx.db.$queryRaw<PartiesRow[]>`
    select payer.country, payer.kind <> 'personal' as "isBusiness", payer.vat_id_status = 'valid' as "hasValidVatId",
      t.country as "sellerCountry", t.vat_id is not null as "isRegistered"
    from contracts c
    join accounts payer on payer.tenant_id = c.tenant_id and payer.id = c.account_id
    join tenants t on t.tenant_id = c.tenant_id
    where c.tenant_id = ${ctx.tenantId}::uuid and c.id = ${subscription.contractId}::uuid`
  if (!parties) return err('no-tax-rate')
  const { country, isBusiness, hasValidVatId, sellerCountry, isRegistered } = parties
  const treatment = determineTax({
    seller: { country: sellerCountry, isRegistered },
    buyer: { country, isBusiness, hasValidVatId, isExempt: false },
    on: localDateOf(at, subscription.zone),
  })
  if (!treatment.ok) return treatment
  const { rate } = treatment.value
  const tax = fromDecimal(toDecimal(preview.net).times(rate).div(100), preview.net.currency)
  return ok({ ...preview, effectiveAt: at, taxPercent: rate.toFixed(), tax, total: add(preview.net, tax) })
}

type PartiesRow = {
  readonly country: string
  readonly isBusiness: boolean
  readonly hasValidVatId: boolean
  readonly sellerCountry: string
  readonly isRegistered: boolean
}
