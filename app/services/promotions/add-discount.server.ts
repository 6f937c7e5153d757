import { audit } from '#app/db/audit.server.ts'
import { endDiscount, insertDiscount } from '#app/db/catalog/discounts.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import type { Money } from '#app/domain/money/money.ts'
import type { DiscountScope } from '#app/domain/promo/discount.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { addDays, type LocalDate, startOfDay } from '#app/domain/time/local-date.ts'

export type AddDiscountInput = {
  readonly accountId: string
  readonly name: string
  /** Decimal text of 0 to 100; null for an amount. */
  readonly percent: string | null
  readonly amount: Money | null
  readonly scopes: readonly DiscountScope[]
  readonly productGroups: readonly string[]
  readonly priority: number
  readonly isStackable: boolean
  /** First day, and the last one; null: until it is ended. Days of the seller. */
  readonly from: LocalDate
  readonly to: LocalDate | null
  readonly reason: string
}

export type AddDiscountError =
  | 'account-not-found'
  | 'no-contract'
  | 'percent-out-of-range'
  | 'percent-or-amount'
  | 'no-scope'
  | 'end-before-start'

/**
 * Agrees a special discount with one customer, or one department of it, under the contract it is billed by. It takes effect with
 * the next invoice, on fees whose period begins on one of its days.
 */
export async function addDiscount(ctx: TenantContext, input: AddDiscountInput): Promise<Result<{ discountId: string }, AddDiscountError>> {
  const refusal = refusalOf(input)
  if (refusal) return err(refusal)
  const account = await ctx.db.account.findUnique({
    where: { tenantId_id: { tenantId: ctx.tenantId, id: input.accountId } },
    select: { id: true, parentAccountId: true },
  })
  if (!account) return err('account-not-found')
  const contract = await contractOf(ctx, account)
  if (!contract) return err('no-contract')
  const seller = await ownTenant(ctx)
  invariant(seller, `tenant ${ctx.tenantId} is not there`)

  const { from, to, percent, amount, accountId, name, ...agreed } = input
  const discountId = await insertDiscount(ctx, {
    ...agreed,
    accountId,
    contractId: contract.id,
    redemptionId: null,
    subscriptionId: null,
    name: { [seller.language]: name },
    percent,
    amountMinor: amount?.minor ?? null,
    currency: amount?.currency ?? null,
    periods: null,
    validFrom: startOfDay(from, seller.timeZone),
    validTo: to === null ? null : startOfDay(addDays(to, 1), seller.timeZone),
  })
  await audit(ctx, {
    action: 'discount.added',
    subjectKind: 'account',
    subjectId: accountId,
    detail: { discountId, percent, amountMinor: amount?.minor.toString() ?? null, scopes: [...input.scopes], reason: input.reason },
  })
  return ok({ discountId })
}

function refusalOf({ percent, amount, scopes, from, to }: AddDiscountInput): AddDiscountError | null {
  if ((percent === null) === (amount === null)) return 'percent-or-amount'
  if (percent !== null && (new Decimal(percent).lte(0) || new Decimal(percent).gt(100))) return 'percent-out-of-range'
  if (amount !== null && amount.minor <= 0n) return 'percent-or-amount'
  if (scopes.length === 0) return 'no-scope'
  return to !== null && to < from ? 'end-before-start' : null
}

/** The contract an account is billed by: its own, else its enterprise's. */
async function contractOf(
  ctx: TenantContext,
  account: { id: string; parentAccountId: string | null },
): Promise<{ id: string } | undefined> {
  const owners = [account.id, ...(account.parentAccountId ? [account.parentAccountId] : [])]
  const contracts = await ctx.db.contract.findMany({
    where: { tenantId: ctx.tenantId, accountId: { in: owners } },
    select: { id: true, accountId: true },
  })
  return contracts.find((contract) => contract.accountId === account.id) ?? contracts[0]
}

export type StopDiscountInput = { readonly accountId: string; readonly discountId: string }

/** Ends a special discount now: fees whose period begins from here on are not reduced. What a promotion promised stays. */
export async function stopDiscount(ctx: TenantContext, input: StopDiscountInput): Promise<Result<undefined, 'discount-not-found'>> {
  const { accountId, discountId } = input
  if (!(await endDiscount(ctx, { id: discountId, accountId, at: ctx.now }))) return err('discount-not-found')
  await audit(ctx, { action: 'discount.ended', subjectKind: 'account', subjectId: accountId, detail: { discountId } })
  return ok(undefined)
}
