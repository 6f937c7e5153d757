import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { previewBillingRun } from '#app/services/billing/preview-billing-run.server.ts'
import { billMonth, invoicesOf } from '#tests/support/billing.ts'
import { asOffice, buildCharges, buildPriceBook, buildProduct, buildSubscription } from '#tests/support/builders.ts'
import { type Buyer, buildBuyer, buildSeller, used } from './seller.ts'

afterEach(() => setClock())

type Customer = {
  readonly fee: number
  readonly since: number
  readonly gigabytes: readonly number[]
  readonly cycle: 'month' | 'week' | 'day'
}

const customers: fc.Arbitrary<Customer[]> = fc.array(
  fc.record({
    fee: fc.integer({ min: 0, max: 99_999 }),
    since: fc.integer({ min: 1, max: 28 }),
    gigabytes: fc.array(fc.integer({ min: -40, max: 4_000 }), { maxLength: 6 }),
    cycle: fc.constantFrom('month', 'week', 'day'),
  }),
  { minLength: 1, maxLength: 5 },
)

test('whatever customers have bought and used, the run makes line for line what its dry run said', async () => {
  await fc.assert(
    fc.asyncProperty(customers, async (drawn) => {
      const seller = await buildSeller()
      for (const [n, customer] of drawn.entries()) await furnish(seller, n, customer)
      setClock(fixedClock('2026-07-01T06:00:00Z'))
      const preview = await asOffice(seller.tenantId, (ctx) => previewBillingRun(ctx, { month: '2026-06' }))
      const expected = preview.ok ? preview.value.rows.filter(({ state }) => state === 'drafted') : []

      await billMonth(seller.tenantId, '2026-06', '2026-07-01T06:00:00Z')
      const made = await invoicesOf(seller.tenantId)
      const byBuyer = new Map(made.map((invoice) => [invoice.accountId, invoice]))
      expect(made).toHaveLength(expected.length)
      for (const row of expected) {
        const invoice = byBuyer.get(row.accountId)
        const shown = invoice?.sections.flatMap((section) => section.lines) ?? []
        expect([invoice?.net, invoice?.tax, invoice?.total]).toEqual([row.net, row.tax, row.total])
        expect([invoice?.periodStart, invoice?.periodEnd]).toEqual([row.periodStart, row.periodEnd])
        expect(shown.map((line) => [line.kind, line.net])).toEqual(row.shown.map((line) => [line.kind, line.net]))
      }
    }),
    { numRuns: 12 },
  )
}, 60_000)

async function furnish(
  seller: Awaited<ReturnType<typeof buildSeller>>,
  n: number,
  { fee, since, gigabytes, cycle }: Customer,
): Promise<void> {
  const { tenantId } = seller
  const productId = await buildProduct(tenantId)
  const book = await buildPriceBook(tenantId, [{ feeKind: 'recurring', price: String(fee / 1000), productId }])
  const buyer: Buyer = await buildBuyer(seller, `Customer ${n}`, { priceBookId: book.priceBookId, cycle: { unit: cycle } })
  const day = (at: number) => `2026-06-${String(at).padStart(2, '0')}`
  await buildSubscription(tenantId, { ...buyer, productId, startedAt: `${day(since)}T10:00:00Z` })
  await buildCharges(
    tenantId,
    gigabytes.map((gb, at) => used(seller, buyer, { day: day(at + 1), gb: String(gb / 7).slice(0, 10) })),
  )
}
