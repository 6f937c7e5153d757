import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { PaymentMode } from '#app/domain/wallet/payment-mode.ts'
import type { TenantContext } from '../context.server.ts'

/** When a contract pays. `trialEndsOn` is the last day of a trial. */
export type PaymentModeRow = {
  readonly contractId: string
  readonly accountId: string
  readonly currency: string
  readonly mode: PaymentMode
  readonly trialEndsOn: LocalDate | null
}

/** When a contract pays; undefined when the tenant has no such contract. */
export async function readPaymentMode(ctx: TenantContext, contractId: string): Promise<PaymentModeRow | undefined> {
  const [row] = await ctx.db.$queryRaw<PaymentModeRow[]>`
    select id as "contractId", account_id as "accountId", currency, payment_mode as mode, trial_ends_on::text as "trialEndsOn"
    from contracts where tenant_id = ${ctx.tenantId}::uuid and id = ${contractId}::uuid`
  return row
}

/** Changes when a contract pays. */
export async function savePaymentMode(
  ctx: TenantContext,
  { contractId, mode, trialEndsOn }: Pick<PaymentModeRow, 'contractId' | 'mode' | 'trialEndsOn'>,
): Promise<void> {
  await ctx.db.$executeRaw`
    update contracts set payment_mode = ${mode}, trial_ends_on = ${trialEndsOn}::date
    where tenant_id = ${ctx.tenantId}::uuid and id = ${contractId}::uuid`
}

/** A buyer on trial that paid is one that pays ahead. */
export async function convertTrial(ctx: TenantContext, accountId: string): Promise<void> {
  await ctx.db.$executeRaw`
    update contracts set payment_mode = 'prepaid', trial_ends_on = null
    where tenant_id = ${ctx.tenantId}::uuid and account_id = ${accountId}::uuid and payment_mode = 'trial'`
}
