import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { insertTaxRate, saveTaxScheme } from '#app/db/documents/tax-settings.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { TaxRate } from '#app/domain/tax/tax-rate.ts'

export type EnterTaxRateInput = {
  readonly rate: TaxRate
  /** Where the figure stands: a law, a page of an authority. */
  readonly source: string
  /** What the country calls its tax and its ids, where Livery does not know. */
  readonly scheme: { readonly taxName: string; readonly idName: string } | null
}
export type EnterTaxRateError = 'unknown-country' | 'not-a-percentage' | 'ends-before-it-begins'

/** Enters a rate of the seller's own, which counts from its day on for everything that is not finalised. */
export async function enterTaxRate(
  ctx: TenantContext,
  { rate, source, scheme }: EnterTaxRateInput,
): Promise<Result<{ rateId: string }, EnterTaxRateError>> {
  if (!/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/.test(rate.country)) return err('unknown-country')
  const percent = new Decimal(rate.percent)
  if (percent.lt(0) || percent.gt(100) || (rate.kind === 'zero' && !percent.isZero())) return err('not-a-percentage')
  if (rate.to !== null && rate.to <= rate.from) return err('ends-before-it-begins')

  if (scheme) await saveTaxScheme(ctx, { country: rate.country.slice(0, 2), ...scheme })
  const rateId = await insertTaxRate(ctx, { ...rate, percent: percent.toFixed(), source })
  await audit(ctx, { action: 'tax-rate.entered', subjectKind: 'tax-rate', subjectId: rateId, detail: { ...rate, source } })
  return ok({ rateId })
}
