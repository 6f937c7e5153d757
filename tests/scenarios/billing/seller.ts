import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { addDays } from '#app/domain/time/local-date.ts'
import {
  type BuiltBook,
  buildAccount,
  buildCharges,
  buildContract,
  buildPriceBook,
  buildTenant,
  type ContractFacts,
} from '#tests/support/builders.ts'

export type Seller = { readonly tenantId: string; readonly book: BuiltBook }
export type Buyer = { readonly accountId: string; readonly contractId: string }

/** A seller in Berlin whose traffic costs `price` a GB. */
export async function buildSeller(price = '1'): Promise<Seller> {
  const tenantId = await buildTenant()
  return { tenantId, book: await buildPriceBook(tenantId, [{ feeKind: 'usage', price, meter: 'traffic.sent' }]) }
}

/** A customer of `seller` under a contract of its own. */
export async function buildBuyer({ tenantId, book }: Seller, name: string, facts: Partial<ContractFacts> = {}): Promise<Buyer> {
  const accountId = await buildAccount(tenantId, { name })
  return { accountId, contractId: await buildContract(tenantId, { accountId, priceBookId: book.priceBookId, ...facts }) }
}

/** `gb` used on `day`, in the billing month that holds it, at 1.00 a GB unless `amount` says what it cost. */
export function used({ book }: Seller, buyer: Buyer, use: { day: string; gb: string; amount?: string; unitPrice?: string }) {
  const { day, gb, amount = gb, unitPrice = '1' } = use
  const rule = { priceVersionId: book.priceVersionId, priceRuleId: book.ruleIds[0] ?? '' }
  return { ...buyer, ...rule, billingPeriod: `${day.slice(0, 7)}-01`, day, quantity: gb, amount, unitPrice }
}

/** Every day of a month the same use. */
export async function useDaily(seller: Seller, buyer: Buyer, use: { from: string; days: number; gb: string }): Promise<void> {
  const days = Array.from({ length: use.days }, (_, day) => addDays(use.from, day))
  await buildCharges(
    seller.tenantId,
    days.map((day) => used(seller, buyer, { day, gb: use.gb })),
  )
}

/** Runs `work` in the office as the member of staff `userId`. */
export function asPerson<T>(tenantId: string, userId: string, work: (ctx: TenantContext) => Promise<T>): Promise<T> {
  return inTenant(tenantId, work, { actor: { kind: 'user', userId } })
}
