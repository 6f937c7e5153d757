import { readRulesOfContract } from '#app/db/catalog/contract-price-books.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { contractOfAccount } from '#app/db/documents/document-drafts.server.ts'
import { indexPrices, resolvePrice } from '#app/domain/pricing/resolve-price.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { MeterCode } from '#app/domain/usage/meters.ts'

export type HourQuestion = { readonly accountId: string; readonly meter: MeterCode; readonly zone: string }
/** What one unit costs in an hour, net, as decimal text. */
export type HourPrice = { readonly hourly: string; readonly currency: string; readonly contractId: string }

/**
 * What one unit of a meter costs an account in an hour, by its own contract, apart from any plan: the same rule that rates its usage.
 * Reads the seller's office scope: books are not public.
 */
export async function quoteHour(
  ctx: TenantContext,
  { accountId, meter, zone }: HourQuestion,
): Promise<Result<HourPrice, 'no-contract' | 'no-price'>> {
  const contractId = await contractOfAccount(ctx, accountId)
  if (!contractId) return err('no-contract')
  const rules = await readRulesOfContract(ctx, contractId)
  const rule = resolvePrice(indexPrices(rules), { meter, productId: null, dimensions: { zone }, at: ctx.now })
  if (!rule.ok) return rule
  const { currency } = await ctx.db.contract.findUniqueOrThrow({
    where: { tenantId_id: { tenantId: ctx.tenantId, id: contractId } },
    select: { currency: true },
  })
  return ok({ hourly: rule.value.unitPrice.toFixed(), currency, contractId })
}
