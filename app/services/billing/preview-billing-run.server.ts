import type { TenantContext } from '#app/db/context.server.ts'
import { type Result, ok } from '#app/domain/shared/result.ts'
import type { BillingDraft } from './draft-invoice.server.ts'
import { draftPage } from './draft-contracts.server.ts'
import { monthPeriod } from './create-billing-run.server.ts'

export type PreviewInput = { readonly month: string; readonly afterContractId?: string | null }
export type BillingPreview = { readonly drafts: readonly BillingDraft[]; readonly nextContractId: string | null }

/**
 * What a run of the month would make of the next contracts, as it would make it now: the same function, nothing written.
 * Contracts with nothing to bill and parked ones are in it; a month that is not over shows what stands so far.
 */
export async function previewBillingRun(ctx: TenantContext, input: PreviewInput): Promise<Result<BillingPreview, 'malformed-month'>> {
  const period = await monthPeriod(ctx, input.month)
  if (!period.ok) return period
  const page = await draftPage(ctx, period.value, input.afterContractId ?? null)
  return ok({ drafts: page.drafts, nextContractId: page.lastContractId })
}
