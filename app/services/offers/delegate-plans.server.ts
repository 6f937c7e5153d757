import { audit } from '#app/db/audit.server.ts'
import { type DelegationLine, saveDelegations, withdrawDelegations } from '#app/db/catalog/parent-offers.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { requestOfferPublication } from './request-publication.server.ts'

export type DelegatePlansInput = { readonly accountId: string; readonly lines: readonly DelegationLine[] }
export type DelegatePlansError = 'no-plan' | 'not-a-reseller' | 'no-contract' | 'product-not-found' | 'range-reversed'

/**
 * Lets a reseller sell these plans on, each within its range of monthly prices in the currency of the reseller's contract; one
 * it may sell already takes the new range. The reseller learns of it by a job, as an offer in its own tenant.
 */
export async function delegatePlans(
  ctx: TenantContext,
  input: DelegatePlansInput,
): Promise<Result<{ delegated: number }, DelegatePlansError>> {
  const { tenantId } = ctx
  const { accountId, lines } = input
  if (lines.length === 0) return err('no-plan')
  if (lines.some(({ priceFloor, priceCeiling }) => priceFloor && priceCeiling && priceFloor.gt(priceCeiling))) return err('range-reversed')
  const account = await ctx.db.account.findUnique({
    where: { tenantId_id: { tenantId, id: accountId } },
    select: { childTenantId: true },
  })
  if (!account?.childTenantId) return err('not-a-reseller')
  const contract = await ctx.db.contract.findUnique({ where: { tenantId_accountId: { tenantId, accountId } }, select: { currency: true } })
  if (!contract) return err('no-contract')
  const productIds = [...new Set(lines.map(({ productId }) => productId))]
  const known = await ctx.db.product.count({ where: { tenantId, id: { in: productIds } } })
  if (known < productIds.length) return err('product-not-found')

  await saveDelegations(ctx, { accountId, currency: contract.currency, lines })
  await requestOfferPublication(ctx)
  const detail = { lines: lines.map((line) => [line.productId, line.priceFloor?.toFixed() ?? null, line.priceCeiling?.toFixed() ?? null]) }
  await audit(ctx, { action: 'plans.delegated', subjectKind: 'account', subjectId: accountId, detail })
  return ok({ delegated: lines.length })
}

export type WithdrawPlansInput = { readonly accountId: string; readonly productIds: readonly string[] }

/** Takes plans back: the reseller can order them no more. What its customers have already runs on. */
export async function withdrawPlans(ctx: TenantContext, input: WithdrawPlansInput): Promise<Result<{ withdrawn: number }, 'no-plan'>> {
  const withdrawn = await withdrawDelegations(ctx, input.accountId, input.productIds)
  if (withdrawn === 0) return err('no-plan')
  await requestOfferPublication(ctx)
  const detail = { productIds: [...input.productIds] }
  await audit(ctx, { action: 'plans.withdrawn', subjectKind: 'account', subjectId: input.accountId, detail })
  return ok({ withdrawn })
}
