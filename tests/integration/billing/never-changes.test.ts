import { afterEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { asOffice } from '#tests/support/builders.ts'
import { chainProblems } from '#tests/support/invoice-series.ts'
import { creditAmount, linesOf, sellerWithInvoice } from '#tests/support/one-invoice.ts'

afterEach(() => setClock())

type Attempt = (ctx: TenantContext, invoiceId: string) => Promise<unknown>

const attempts: [string, Attempt][] = [
  [
    'its total',
    ({ db }, id) => db.$executeRaw`update invoices set total_minor = total_minor - 100, net_minor = net_minor - 100 where id = ${id}::uuid`,
  ],
  ['its buyer', ({ db }, id) => db.$executeRaw`update invoices set buyer = '{}'::jsonb where id = ${id}::uuid`],
  ['its lines', ({ db }, id) => db.$executeRaw`update invoice_lines set net_minor = 0 where invoice_id = ${id}::uuid`],
  ['its taxes', ({ db }, id) => db.$executeRaw`update invoice_taxes set tax_minor = 0 where invoice_id = ${id}::uuid`],
  ['away with it', ({ db }, id) => db.$executeRaw`delete from invoices where id = ${id}::uuid`],
  ['away with a line', ({ db }, id) => db.$executeRaw`delete from invoice_lines where invoice_id = ${id}::uuid`],
  [
    'one more line, of nothing',
    ({ db }, id) => db.$executeRaw`
      insert into invoice_lines (tenant_id, id, invoice_id, account_id, section_account_id, position, kind, description, quantity, unit,
        included_quantity, billed_quantity, unit_price, currency, net_minor, tax_category, tax_rate, period_start, period_end)
      select tenant_id, gen_random_uuid(), invoice_id, account_id, section_account_id, 99, kind, description, 0, unit, 0, 0, 0, currency, 0,
        tax_category, tax_rate, period_start, period_end
      from invoice_lines where invoice_id = ${id}::uuid limit 1`,
  ],
  [
    'one more tax',
    ({ db }, id) => db.$executeRaw`
      insert into invoice_taxes (tenant_id, id, invoice_id, account_id, category, rate, currency, base_minor, tax_minor, reason)
      select tenant_id, gen_random_uuid(), invoice_id, account_id, 'E', 0, currency, 100, 0, 'buyer-exempt'
      from invoice_taxes where invoice_id = ${id}::uuid limit 1`,
  ],
]

describe('a finalised document', () => {
  test.each(attempts)('is not changed by SQL of the running program: %s', async (_, attempt) => {
    const { tenantId, invoice } = await sellerWithInvoice()
    await expect(asOffice(tenantId, (ctx) => attempt(ctx, invoice.id))).rejects.toThrow(/permission denied|finalised document/)
    expect(await chainProblems(tenantId)).toEqual([])
  })

  test('is the sum of its lines at the end of the transaction that makes it', async () => {
    const { tenantId, invoice } = await sellerWithInvoice()
    const withoutLines = asOffice(
      tenantId,
      ({ db }) => db.$executeRaw`
        insert into invoices (tenant_id, id, account_id, contract_id, document_type, series, year, sequence, number, issue_date, due_date,
          period_start, period_end, currency, net_minor, tax_minor, total_minor, language, seller, buyer, content_hash, finalised_at, line_count)
        select tenant_id, gen_random_uuid(), account_id, contract_id, document_type, series, year, 9, 'MG-9', issue_date, due_date,
          period_start, period_end, currency, net_minor, tax_minor, total_minor, language, seller, buyer, content_hash, finalised_at, line_count
        from invoices where id = ${invoice.id}::uuid`,
    )
    await expect(withoutLines).rejects.toThrow('is not the sum of its lines and taxes')
  })

  test('is not credited beyond its total, not even past the program', async () => {
    const { tenantId, invoice } = await sellerWithInvoice()
    const beyond = asOffice(
      tenantId,
      ({ db }) => db.$executeRaw`update invoice_states set credited_minor = total_minor + 1 where invoice_id = ${invoice.id}::uuid`,
    )
    await expect(beyond).rejects.toThrow('invoice_states_credited_within_total')
  })
})

test('numbers and dates go the same way when a later day came first', async () => {
  const { tenantId, invoice } = await sellerWithInvoice()
  const [line] = linesOf(invoice)
  setClock(fixedClock('2026-07-20T08:00:00Z'))
  await creditAmount(tenantId, invoice.id, 100n)
  setClock(fixedClock('2026-07-19T08:00:00Z'))
  await creditAmount(tenantId, invoice.id, 100n)
  const rows = await asOffice(
    tenantId,
    ({ db }) => db.$queryRaw<{ number: string; day: string }[]>`
      select number, issue_date::text as day from invoices where document_type = 'credit-note' order by sequence`,
  )
  expect(line && rows).toEqual([
    { number: 'MG-CN-2026-00001', day: '2026-07-20' },
    { number: 'MG-CN-2026-00002', day: '2026-07-20' },
  ])
})
