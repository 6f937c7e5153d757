import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { creditUsesOn } from '#app/db/credit/credit-uses.server.ts'
import { giveUseBack, type StandingUse, usesOfInvoice } from '#app/db/credit/grant-uses.server.ts'
import { type InvoiceStateRow, lockInvoiceState } from '#app/db/documents/invoice-states.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { addSettled } from '#app/db/payments/payment-allocations.server.ts'
import { reversalOf } from '#app/domain/ledger/postings.ts'
import { postingsOfPrepaidUse } from '#app/domain/ledger/rules.ts'
import { type Money, money, sum } from '#app/domain/money/money.ts'
import { settledStatus } from '#app/domain/payment/allocation.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { giveBack } from '#app/domain/wallet/burn-down.ts'
import { tellReopened } from '../invoices/tell-settled.server.ts'
import { postEntry } from '../ledger/post-entry.server.ts'
import { takeBackCredit } from '../payments/apply-credit.server.ts'

export type GiveBalanceBackInput = {
  readonly state: InvoiceStateRow
  /** At most so much goes back; all of it unless said. */
  readonly atMost?: Money
  readonly reason: string
}

/**
 * Gives balance that settled a document back to the grants it came from, the last use first: the document is open again by as much. The
 * wallet and the document's state are held. Returns how much went back.
 */
export async function giveBalanceBack(ctx: TenantContext, { state, atMost, reason }: GiveBalanceBackInput): Promise<Money> {
  const { invoiceId, accountId, currency } = state
  const standing = await usesOfInvoice(ctx, invoiceId)
  const all = sum(
    currency,
    standing.map(({ amount }) => amount),
  )
  const back = giveBack(atMost ?? all, standing)
  const amount = sum(
    currency,
    back.map((each) => each.amount),
  )
  if (amount.minor === 0n) return amount

  for (const each of back) await returnUse(ctx, standing, each)
  const paid = money(state.paidMinor - amount.minor, currency)
  const status = settledStatus({ total: money(state.totalMinor, currency), paid, isGivenUp: false })
  const isOpened = await addSettled(ctx, { invoiceId, minor: -amount.minor, status })
  invariant(isOpened, `document ${state.number} was settled by less balance than goes back`)
  await postEntry(ctx, {
    sourceKey: `prepaid-return:${newId()}`,
    kind: 'prepaid-use',
    accountId,
    invoiceId,
    postings: reversalOf(postingsOfPrepaidUse({ accountId, amount })),
  })
  await audit(ctx, {
    action: 'balance.given-back',
    subjectKind: 'invoice',
    subjectId: invoiceId,
    detail: { number: state.number, amountMinor: amount.minor.toString(), currency, reason },
  })
  await tellReopened(ctx, { invoiceId, accountId })
  return amount
}

async function returnUse(ctx: TenantContext, standing: readonly StandingUse[], { grantId, amount }: { grantId: string; amount: Money }) {
  const use = standing.find((each) => each.grantId === grantId)
  const isBack = use && (await giveUseBack(ctx, { id: use.id, grantId, minor: amount.minor }))
  invariant(isBack, `grant ${grantId} has no use of ${amount.minor} to give back`)
}

/**
 * Opens a document that only credit notes and balance settled: both go back to where they came from. A document that a payment settled too
 * stays as it is. The wallet and the state are held. Returns the state it has then.
 */
export async function openAgain(ctx: TenantContext, state: InvoiceStateRow, reason: string): Promise<InvoiceStateRow> {
  const { invoiceId, paidMinor, creditedMinor } = state
  if (paidMinor === 0n || creditedMinor > 0n || !(await isSettledWithoutPayment(ctx, state))) return state
  await giveBalanceBack(ctx, { state, reason })
  for (const creditUseId of await creditUsesOn(ctx, invoiceId)) await takeBackCredit(ctx, { creditUseId, reason })
  const opened = await lockInvoiceState(ctx, invoiceId)
  invariant(opened, `document ${state.number} is gone`)
  return opened
}

async function isSettledWithoutPayment(ctx: TenantContext, { invoiceId, paidMinor }: InvoiceStateRow): Promise<boolean> {
  const [row] = await ctx.db.$queryRaw<{ minor: bigint }[]>`
    select (coalesce((select sum(amount_minor - returned_minor) from grant_uses
        where tenant_id = ${ctx.tenantId}::uuid and invoice_id = ${invoiceId}::uuid), 0)
      + coalesce((select sum(amount_minor) from credit_uses
        where tenant_id = ${ctx.tenantId}::uuid and invoice_id = ${invoiceId}::uuid and reversed_at is null), 0))::bigint as minor`
  return row?.minor === paidMinor
}
