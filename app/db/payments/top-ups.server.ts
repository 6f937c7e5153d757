import { type Money, money } from '#app/domain/money/money.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

/** A payment that became balance. `returned` went back to the payment. */
export type TopUp = {
  readonly id: string
  readonly accountId: string
  readonly paymentId: string
  readonly grantId: string
  readonly amount: Money
  readonly returned: Money
  readonly receiptId: string | null
}

type Columns = Omit<TopUp, 'amount' | 'returned'> & {
  readonly currency: string
  readonly amountMinor: bigint
  readonly returnedMinor: bigint
}

/** Notes that a payment became balance. Returns the row's id. */
export async function insertTopUp(
  ctx: TenantContext,
  topUp: Pick<TopUp, 'accountId' | 'paymentId' | 'grantId' | 'amount'>,
): Promise<string> {
  const id = newId()
  await ctx.db.$executeRaw`
    insert into top_ups (tenant_id, id, account_id, payment_id, grant_id, currency, amount_minor, created_at)
    values (${ctx.tenantId}::uuid, ${id}::uuid, ${topUp.accountId}::uuid, ${topUp.paymentId}::uuid, ${topUp.grantId}::uuid,
      ${topUp.amount.currency}, ${topUp.amount.minor}, ${ctx.now})`
  return id
}

/** What became balance of a payment; undefined when nothing did. */
export async function topUpOfPayment(ctx: TenantContext, paymentId: string): Promise<TopUp | undefined> {
  const [row] = await ctx.db.$queryRaw<Columns[]>`
    select id, account_id as "accountId", payment_id as "paymentId", grant_id as "grantId", currency, amount_minor as "amountMinor",
      returned_minor as "returnedMinor", receipt_id as "receiptId"
    from top_ups where tenant_id = ${ctx.tenantId}::uuid and payment_id = ${paymentId}::uuid`
  if (!row) return undefined
  const { currency, amountMinor, returnedMinor, ...facts } = row
  return { ...facts, amount: money(amountMinor, currency), returned: money(returnedMinor, currency) }
}

/** The payment that a grant was paid by; undefined for credit that was given. */
export async function paymentOfGrant(ctx: TenantContext, grantId: string): Promise<string | undefined> {
  const [row] = await ctx.db.$queryRaw<{ paymentId: string }[]>`
    select payment_id as "paymentId" from top_ups where tenant_id = ${ctx.tenantId}::uuid and grant_id = ${grantId}::uuid`
  return row?.paymentId
}

/** Notes that `minor` units of a top-up went back to its payment; false when it is over less. */
export async function noteReturned(ctx: TenantContext, id: string, minor: bigint): Promise<boolean> {
  const changed = await ctx.db.$executeRaw`
    update top_ups set returned_minor = returned_minor + ${minor}
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid and returned_minor + ${minor} <= amount_minor`
  return changed === 1
}

/** Ties the receipt to the top-up it was issued for. */
export async function noteReceipt(ctx: TenantContext, id: string, receiptId: string): Promise<void> {
  await ctx.db.$executeRaw`
    update top_ups set receipt_id = ${receiptId}::uuid where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid`
}
