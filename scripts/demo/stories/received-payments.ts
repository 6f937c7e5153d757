import { creditorReference } from '#app/domain/bank/payment-references.ts'
import { money } from '#app/domain/money/money.ts'
import type { PaymentMethod } from '#app/domain/payment/payment.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { type PayableDocument, readPayable } from '#app/reports/paying/query.server.ts'
import { enterPayment } from '#app/services/payments/enter-payment.server.ts'
import { acceptEntry } from '#app/services/reconciliation/accept-entry.server.ts'
import { importBankStatement } from '#app/services/reconciliation/import-bank-statement.server.ts'
import { acceptSureMatches, suggestMatches } from '#app/services/reconciliation/suggest-matches.server.ts'
import { inTenant, readBankFile } from '#app/wiring.server.ts'
import { demoId, tenantOf } from '#prisma/seed/accounts.ts'
import { demoBankDetails } from '#prisma/seed/bank-details.ts'
import type { Slug } from '#prisma/seed/sellers.ts'
import { type BankLine, camtFile } from './camt-file.ts'
import { asStaff, type Deed, dateOf, dayOf, done, type Stage } from './story.ts'

type Paid = { readonly seller: Slug; readonly buyer: string; readonly method: PaymentMethod; readonly minor?: bigint }

/** Who paid its first invoice by itself; one of them only a part of it. */
const paid: readonly Paid[] = [
  { seller: 'meridian', buyer: 'brandt', method: 'cheque' },
  { seller: 'meridian', buyer: 'hanse', method: 'transfer' },
  { seller: 'meridian', buyer: 'lakeside', method: 'transfer' },
  { seller: 'meridian', buyer: 'lahn', method: 'transfer' },
  { seller: 'meridian', buyer: 'harz', method: 'transfer' },
  { seller: 'ahorn', buyer: 'arlberg', method: 'cash', minor: 5_000n },
  { seller: 'lakeside', buyer: 'praxis-keller', method: 'transfer' },
  { seller: 'lakeside', buyer: 'alpen-media', method: 'transfer' },
  { seller: 'lakeside', buyer: 'nakhla', method: 'transfer' },
  { seller: 'nakhla', buyer: 'oasis', method: 'transfer' },
  { seller: 'nakhla', buyer: 'burj-retail', method: 'transfer' },
]

/** Money that came by bank and over the counter for the earlier month. */
export function receivedPayments(stage: Stage): Deed[] {
  const at = dayOf(stage.month, 8)
  return [
    ...paid.map((payment) => ({ at, tell: () => receive(stage, payment, dateOf(at)) })),
    { at, tell: () => importStatement(stage, dateOf(at)) },
  ]
}

async function receive({ sellers }: Stage, { seller, buyer, method, minor }: Paid, receivedOn: string): Promise<void> {
  const tenantId = tenantOf(sellers, seller)
  const accountId = sellers.get(buyer as Slug)?.parentAccountId ?? demoId('account', buyer)
  const [first] = await openInvoices(tenantId, accountId)
  if (!first) return
  const amount = minor === undefined ? first.open : money(minor, first.open.currency)
  const facts = { accountId, method, amount, receivedOn, reference: first.number, payer: null, settles: 'oldest' } as const
  const entered = await inTenant(tenantId, (ctx) => enterPayment(ctx, { ...facts, formKey: demoId('payment', seller, buyer) }), {
    actor: systemActor('demo'),
  })
  done(entered, `payment of ${buyer}`)
}

/** What a buyer owes, the document due first first. */
export async function openInvoices(tenantId: string, accountId: string): Promise<readonly PayableDocument[]> {
  return (await inTenant(tenantId, (ctx) => readPayable(ctx, accountId, [])))?.documents ?? []
}

/**
 * A file of the reseller's bank: a transfer that agrees in every way, one of ten too much that a person accepts, and one that nobody knows.
 */
async function importStatement(stage: Stage, bookedOn: string): Promise<void> {
  const tenantId = tenantOf(stage.sellers, 'ahorn')
  const [exact] = await openInvoices(tenantId, demoId('account', 'steiner'))
  const [generous] = await openInvoices(tenantId, demoId('account', 'brenner'))
  if (!exact || !generous) return
  const lines: BankLine[] = [
    { minor: exact.open.minor, from: 'Tischlerei Steiner GmbH', text: '', reference: creditorReference(exact.number) },
    { minor: generous.open.minor + 1_000n, from: 'Buchhandlung Brenner KG', text: `Rechnung ${generous.number}`, reference: null },
    { minor: 4_550n, from: 'Elisabeth Wagner', text: 'Besten Dank, wie besprochen', reference: null },
  ]
  const iban = demoBankDetails('ahorn')?.iban ?? ''
  const file = readBankFile(Buffer.from(camtFile({ iban, bookedOn, lines })), { mapping: null, currency: 'EUR' })
  await asStaff(stage, 'johanna@ahorn.example', async (ctx) => {
    done(await importBankStatement(ctx, { ...file, fileName: `kontoauszug-${bookedOn}.xml` }), 'the bank statement')
    done(await acceptSureMatches(ctx), 'what agrees in the bank statement')
    for (const { entry, suggestions } of await suggestMatches(ctx, { after: null, limit: lines.length })) {
      const likely = suggestions.find(({ reasons }) => reasons.includes('number'))
      if (likely) done(await acceptEntry(ctx, { ...likely, entryId: entry.id }), 'a match that a person saw')
    }
  })
}
