import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { keepExchanges } from '#app/db/payments/gateway-exchanges.server.ts'
import { insertExport } from '#app/db/sellers/exports.server.ts'
import { listAccounts } from '#app/reports/accounts/list.server.ts'
import { readAging } from '#app/reports/aging/query.server.ts'
import { listDeliveries } from '#app/reports/deliveries/query.server.ts'
import { nextEntries, readNumbering } from '#app/reports/exports/entries.server.ts'
import { listExports } from '#app/reports/exports/list.server.ts'
import { listInvoiceMonths, listInvoices } from '#app/reports/invoices/query.server.ts'
import { listEntries } from '#app/reports/ledger/journal.server.ts'
import { readMargin } from '#app/reports/margin/query.server.ts'
import { listAttempts } from '#app/reports/payments/attempts.server.ts'
import { listExchanges } from '#app/reports/payments/exchanges.server.ts'
import { listPaymentMonths, listPayments } from '#app/reports/payments/query.server.ts'
import { readRevenue } from '#app/reports/revenue/query.server.ts'
import { readTaxReport } from '#app/reports/tax/query.server.ts'
import { readDuePage } from '#app/services/dunning/read-due.server.ts'
import { openDeliveries } from '#app/services/invoices/deliver-open.server.ts'
import { openStatement } from '#app/services/statements/open-statement.server.ts'
import { readStatement } from '#app/services/statements/read-statement.server.ts'
import { asOffice } from '#tests/support/builders.ts'
import { buildGatewayAccount, capture } from '#tests/support/captured-payments.ts'
import { copyBuyers } from '#tests/support/copied-buyers.ts'
import { sellerWithInvoice } from '#tests/support/one-invoice.ts'
import { readsOf } from '#tests/support/reads.ts'

/** Five years of a seller: an invoice, its payment and its mail for every buyer in every month. What a page reads must not depend on them. */
const buyers = 80
const months = 60

let admin: pg.Client
let tenantId: string
let accountId: string
beforeAll(async () => {
  admin = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await admin.connect()
  const seller = await sellerWithInvoice()
  ;({ tenantId, accountId } = seller)
  const gatewayAccountId = await buildGatewayAccount(tenantId)
  const { attemptId } = await capture(tenantId, { accountId, gatewayAccountId, minor: 4034n, invoiceId: seller.invoice.id })
  const said = { operation: 'payment', method: 'GET', path: '/payments/1', status: 200, problem: null, request: '', answer: '{}' } as const
  await asOffice(tenantId, async (ctx) => {
    await keepExchanges(ctx, { gatewayAccountId, attemptId }, [{ ...said, at: ctx.now, durationMs: 12 }])
    await openDeliveries(ctx, { invoiceId: seller.invoice.id })
    const file = { kind: 'accounting', format: 'csv', side: null, accountId: null, currency: null } as const
    await insertExport(ctx, { ...file, month: '2026-06', requestedBy: 'livery' })
  })
  await copyBuyers(admin, { tenantId, buyers, months })
  // Of June three buyers did not pay, of the months before everybody did.
  await admin.query(
    `update invoice_states s set status = 'open', paid_minor = 0 from (
       select i.tenant_id, i.id from invoices i where i.tenant_id = $1 and i.period_start = '2026-06-01' order by i.number limit 3) i
     where s.tenant_id = i.tenant_id and s.invoice_id = i.id`,
    [tenantId],
  )
  await admin.query('vacuum analyze')
  setClock(fixedClock('2026-08-20T08:00:00Z'))
}, 120_000)
afterAll(async () => {
  setClock()
  await admin.end()
})

const nothing = { state: null, text: null, from: null, before: null }
const page = { cursor: null, limit: 50 }
const everyEntry = { from: null, to: null, code: null, accountId: null, buyer: null, kind: null, document: null }

/** A month in the middle: neither what is newer nor what is older may be read. `rows` of all tables together, about what is shown and what it hangs on. */
const reports: readonly (readonly [name: string, rows: number, read: (ctx: TenantContext) => Promise<unknown>])[] = [
  [
    'revenue of a month',
    1_300,
    (ctx) => readRevenue(ctx, { from: '2024-02', to: '2024-02', by: 'product', accountId: null, product: null }, 1),
  ],
  ['margin of a month', 6_000, (ctx) => readMargin(ctx, { month: '2024-02', by: 'product', bought: [] })],
  ['tax of a month', 3_000, (ctx) => readTaxReport(ctx, { from: '2024-02-01', to: '2024-03-01' })],
  ['entries of a month for the accountant', 3_500, (ctx) => monthOfEntries(ctx)],
  ['the statement of a buyer for a month', 900, (ctx) => statementOf(ctx)],
  ['the aging of a buyer', 700, (ctx) => readAging(ctx, { asOf: '2026-08-20', currency: null, accountId }, 1)],
  ['who is overdue', 60, (ctx) => readDuePage(ctx, { afterId: null, limit: 100 })],
  ['a page of documents', 210, (ctx) => listInvoices(ctx, { limit: 50 })],
  ['a page of documents of a month', 210, (ctx) => listInvoices(ctx, { month: '2024-02', limit: 50 })],
  ['the months that have documents', 130, (ctx) => listInvoiceMonths(ctx)],
  ['a page of payments', 210, (ctx) => listPayments(ctx, { limit: 50 })],
  ['a page of payments of a month', 210, (ctx) => listPayments(ctx, { month: '2024-02', limit: 50 })],
  ['the months that have payments', 130, (ctx) => listPaymentMonths(ctx)],
  ['a page of attempts', 210, (ctx) => listAttempts(ctx, { ...nothing, amount: null, accountId: null }, page)],
  ['a page of what gateways were asked', 110, (ctx) => listExchanges(ctx, { ...nothing, attemptId: null, result: null }, page)],
  ['a page of deliveries', 310, (ctx) => listDeliveries(ctx, nothing, page)],
  ['the newest exports', 400, (ctx) => listExports(ctx)],
  ['a page of the journal', 700, (ctx) => listEntries(ctx, everyEntry, page)],
  ['a page of buyers', 900, (ctx) => listAccounts(ctx, { page: 1 })],
]

async function monthOfEntries(ctx: TenantContext): Promise<unknown> {
  return nextEntries(ctx, { monthStart: '2024-02-01', currency: null }, { numbering: await readNumbering(ctx), after: null })
}

async function statementOf(ctx: TenantContext): Promise<unknown> {
  const desk = await openStatement(ctx, accountId)
  const span = { currency: 'EUR', start: '2024-02-01', end: '2024-03-01' }
  return readStatement(ctx, { accountId, ledgerAccountIds: desk?.ledgerAccountIds ?? [], span })
}

/** Buyers are as many in every year. */
const grown = '^(charges|invoices|invoice_.*|ledger_(entries|postings|balances)|payment.*|gateway_exchanges|deliveries|exports)$'

test.each(reports)('%s is read without the years around it', async (_, most, read) => {
  const reads = await readsOf(admin, grown, () => asOffice(tenantId, read))
  const counts = Object.entries(reads).map(([table, { rows }]) => [table, rows] as const)
  const all = counts.reduce((sum, [, rows]) => sum + rows, 0)
  expect(all, counts.map(([table, rows]) => `${table} ${rows}`).join(', ')).toBeLessThanOrEqual(most)
})
