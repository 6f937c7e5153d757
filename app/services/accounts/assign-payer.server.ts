import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { endPayer, insertPayer, lockPayingFacts, type PayingFacts, payerTies, readPayers } from '#app/db/documents/payers.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'

export type AssignPayerInput = {
  readonly accountId: string
  /** Null: from that day on the account pays for itself again. */
  readonly payerAccountId: string | null
  /** The first day, in the seller's zone, of what is billed to the payer. */
  readonly from: LocalDate
  readonly reason: string
}

export type AssignPayerError =
  | 'account-not-found'
  | 'payer-not-found'
  | 'same-account'
  | 'is-reseller'
  | 'no-contract'
  | 'pays-already'
  | 'currency-differs'
  | 'tax-behaviour-differs'
  | 'payer-is-paid-for'
  | 'pays-for-others'
  | 'earlier-than-current'

/**
 * From a day on, what an account uses is billed to another account of the same seller, on one invoice with a section for each. Prices and
 * discounts stay those of the account's own contract; the tax is that of the payer. What was invoiced before stays where it is.
 */
export async function assignPayer(ctx: TenantContext, input: AssignPayerInput): Promise<Result<void, AssignPayerError>> {
  const { accountId, payerAccountId, from, reason } = input
  const account = await lockPayingFacts(ctx, accountId)
  if (!account) return err('account-not-found')
  const [current] = await readPayers(ctx, accountId)
  if (current && (current.validFrom >= from || (current.validTo !== null && current.validTo > from))) return err('earlier-than-current')
  if (payerAccountId !== null) {
    const problem = await whyNot(ctx, account, { payerAccountId, from })
    if (problem) return err(problem)
  }

  await endPayer(ctx, accountId, from)
  if (payerAccountId !== null) await insert(ctx, account, { payerAccountId, from, reason })
  await audit(ctx, {
    action: payerAccountId === null ? 'payer.ended' : 'payer.assigned',
    subjectKind: 'account',
    subjectId: accountId,
    detail: { payerAccountId, from, reason },
  })
  return ok(undefined)
}

type Payer = { readonly payerAccountId: string; readonly from: LocalDate }

async function whyNot(ctx: TenantContext, account: PayingFacts, { payerAccountId, from }: Payer): Promise<AssignPayerError | null> {
  if (payerAccountId === account.accountId) return 'same-account'
  const payer = await lockPayingFacts(ctx, payerAccountId)
  if (!payer) return 'payer-not-found'
  if (account.isReseller || payer.isReseller) return 'is-reseller'
  if (!payer.contractId || !account.underContractId) return 'no-contract'
  if (payer.contractId === account.underContractId) return 'pays-already'
  if (payer.currency !== account.currency) return 'currency-differs'
  if (payer.taxBehaviour !== account.taxBehaviour) return 'tax-behaviour-differs'
  if ((await payerTies(ctx, payerAccountId, from)).isPaidFor) return 'payer-is-paid-for'
  return (await payerTies(ctx, account.accountId, from)).paysForOthers ? 'pays-for-others' : null
}

async function insert(
  ctx: TenantContext,
  { accountId, contractId, underContractId }: PayingFacts,
  { payerAccountId, from, reason }: Payer & { readonly reason: string },
): Promise<void> {
  const payer = await lockPayingFacts(ctx, payerAccountId)
  if (!payer?.contractId || !underContractId) throw new Error(`assignPayer: ${accountId} or ${payerAccountId} has no contract`)
  await insertPayer(ctx, {
    accountId,
    contractId,
    underContractId,
    payerAccountId,
    payerContractId: payer.contractId,
    validFrom: from,
    reason,
  })
}
