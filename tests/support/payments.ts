import { v7 } from 'uuid'
import { bank } from '#app/domain/ledger/chart.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import type { Payment } from '#app/domain/payment/payment.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { allocatePayment } from '#app/services/payments/allocate-payment.server.ts'
import { type RecordPaymentInput, recordPayment } from '#app/services/payments/record-payment.server.ts'
import { asOffice } from './builders.ts'

export const eur = (minor: bigint): Money => money(minor, 'EUR')

/** A transfer of `minor` cents to the bank account on 2 July 2026, unless the test says otherwise. */
export async function receive(
  tenantId: string,
  accountId: string,
  minor: bigint,
  facts: Partial<RecordPaymentInput> = {},
): Promise<Payment> {
  const transfer = { method: 'transfer', at: bank, receivedOn: '2026-07-02', reference: null, payer: null, sourceKey: v7() } as const
  const recorded = await asOffice(tenantId, (ctx) => recordPayment(ctx, { accountId, amount: eur(minor), ...transfer, ...facts }))
  invariant(recorded.ok, `the payment is refused: ${recorded.ok ? '' : recorded.error}`)
  return recorded.value
}

/** Settles `minor` cents of a document by a payment, `rounding` cents of them forgiven or kept. */
export function allocate(tenantId: string, paymentId: string, invoiceId: string, minor: bigint, rounding = 0n) {
  return asOffice(tenantId, (ctx) => allocatePayment(ctx, { paymentId, invoiceId, amount: eur(minor), rounding: eur(rounding) }))
}

/** What the books say of a buyer in EUR, by account: debit above zero. Accounts that stand at nothing are left out. */
export async function booksOf(tenantId: string): Promise<Record<string, bigint>> {
  const rows = await asOffice(
    tenantId,
    ({ db }) => db.$queryRaw<{ code: string; minor: bigint }[]>`
      select a.code, sum(p.amount_minor)::bigint as minor from ledger_postings p
      join ledger_accounts a on a.tenant_id = p.tenant_id and a.id = p.ledger_account_id
      where p.tenant_id = ${tenantId}::uuid group by a.code having sum(p.amount_minor) <> 0 order by a.code`,
  )
  return Object.fromEntries(rows.map(({ code, minor }) => [code, minor]))
}

/** Status of a document and what of it is settled. */
export async function stateOf(tenantId: string, invoiceId: string): Promise<{ status: string; paid: bigint }> {
  const state = await asOffice(tenantId, ({ db }) => db.invoiceState.findFirstOrThrow({ where: { invoiceId } }))
  return { status: state.status, paid: state.paidMinor }
}

/** What of a payment is allocated and what went back, in cents. */
export async function useOf(tenantId: string, paymentId: string): Promise<{ allocated: bigint; refunded: bigint }> {
  const payment = await asOffice(tenantId, ({ db }) => db.payment.findFirstOrThrow({ where: { id: paymentId } }))
  return { allocated: payment.allocatedMinor, refunded: payment.refundedMinor }
}
