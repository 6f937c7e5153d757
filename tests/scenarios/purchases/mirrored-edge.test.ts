import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { bank } from '#app/domain/ledger/chart.ts'
import { postingsOfAllocation, postingsOfPayment } from '#app/domain/ledger/rules.ts'
import { money } from '#app/domain/money/money.ts'
import { voidInvoice } from '#app/services/invoices/void-invoice.server.ts'
import { closePeriod } from '#app/services/ledger/close-period.server.ts'
import { postEntry } from '#app/services/ledger/post-entry.server.ts'
import { reverseEntry } from '#app/services/ledger/reverse-entry.server.ts'
import { billMonth, invoicesOf } from '#tests/support/billing.ts'
import { asOffice } from '#tests/support/builders.ts'
import { joinEdge, mirror, providerWithReseller } from '#tests/support/edges.ts'
import { creditAmount } from '#tests/support/one-invoice.ts'
import type { Seller } from '#tests/support/usage.ts'

let provider: Seller
let reseller: Seller
beforeEach(async () => {
  ;({ provider, reseller } = await providerWithReseller())
})
afterEach(() => setClock())

/** The reseller's own postings of what it buys: account, cents, day. */
function bought({ tenantId }: Seller) {
  return asOffice(
    tenantId,
    ({ db }) => db.$queryRaw<{ account: string; cents: number; day: string }[]>`
      select a.code as account, p.amount_minor::int as cents, p.booked_on::text as day
      from ledger_postings p
      join ledger_entries e on e.tenant_id = p.tenant_id and e.id = p.entry_id and starts_with(e.source_key, 'parent:')
      join ledger_accounts a on a.tenant_id = p.tenant_id and a.id = p.ledger_account_id
      where p.tenant_id = ${tenantId}::uuid order by p.booked_on, e.id, p.amount_minor desc`,
  )
}

function documents({ tenantId }: Seller) {
  return asOffice(tenantId, ({ db }) =>
    db.parentDocument.findMany({
      where: { tenantId },
      orderBy: [{ issueDate: 'asc' }, { number: 'asc' }],
      select: { documentType: true, number: true, netMinor: true, taxMinor: true, totalMinor: true, taxes: true, status: true },
      take: 50,
    }),
  )
}

async function invoiceOfJune() {
  await billMonth(provider.tenantId, '2026-06', '2026-07-01T06:00:00Z')
  const [invoice] = await invoicesOf(provider.tenantId)
  if (!invoice) throw new Error('there is no invoice')
  return invoice
}

/** The reseller paid by bank, and the money settles its invoice. */
async function pay(cents: bigint) {
  const { tenantId, accountId } = provider
  const amount = money(cents, 'EUR')
  const facts = { accountId, invoiceId: null }
  await asOffice(tenantId, async (ctx) => {
    await postEntry(ctx, {
      sourceKey: `payment:${cents}`,
      kind: 'payment',
      ...facts,
      postings: postingsOfPayment({ accountId, at: bank, amount }),
    })
    await postEntry(ctx, {
      sourceKey: `allocation:${cents}`,
      kind: 'allocation',
      ...facts,
      postings: postingsOfAllocation({ accountId, amount }),
    })
  })
}

describe('what a parent invoices a reseller', () => {
  test('is bought in the reseller’s own books, tax by rate, owed to the parent on the day of the document', async () => {
    const invoice = await invoiceOfJune()
    expect(await mirror(provider)).toBe(1)
    expect(await bought(reseller)).toEqual([
      { account: 'purchases', cents: 4000, day: invoice.issueDate },
      { account: 'input-tax.S.19', cents: 760, day: invoice.issueDate },
      { account: 'payable-to-parent', cents: -4760, day: invoice.issueDate },
    ])
    expect(await documents(reseller)).toEqual([
      {
        documentType: 'invoice',
        number: invoice.number,
        netMinor: 4000n,
        taxMinor: 760n,
        totalMinor: 4760n,
        taxes: [{ category: 'S', rate: '19', baseMinor: '4000', taxMinor: '760' }],
        status: 'open',
      },
    ])
  })

  test('leaves as one event for the reseller, and none for a customer', async () => {
    await invoiceOfJune()
    await billMonth(reseller.tenantId, '2026-06', '2026-07-01T06:00:00Z')
    const eventsOf = ({ tenantId }: Seller) =>
      asOffice(tenantId, ({ db }) =>
        db.outboxEvent.findMany({ where: { tenantId, name: 'edge/changed' }, select: { data: true }, take: 10 }),
      )
    expect(await eventsOf(provider)).toEqual([{ data: { tenantId: provider.tenantId, accountId: provider.accountId } }])
    expect(await eventsOf(reseller)).toEqual([])
  })

  test('is booked once, however often the job runs', async () => {
    await invoiceOfJune()
    const runs = await Promise.all([mirror(provider), mirror(provider)])
    expect(await mirror(provider)).toBe(0)
    expect(Math.max(...runs)).toBe(1)
    expect(await bought(reseller)).toHaveLength(3)
  })

  test('an operating unit is not told: it is not charged', async () => {
    await joinEdge(provider, reseller, { isOperatingUnit: true })
    await invoiceOfJune()
    expect(await mirror(provider)).toBe(0)
    expect(await documents(reseller)).toEqual([])
  })
})

describe('what becomes of it', () => {
  test('a credit note gives back net and tax, a payment lowers the debt, moving money about changes nothing', async () => {
    const invoice = await invoiceOfJune()
    await creditAmount(provider.tenantId, invoice.id, 1190n)
    await pay(3570n)
    expect(await mirror(provider)).toBe(3)
    const postings = await bought(reseller)
    const balance = (account: string) => postings.filter((each) => each.account === account).reduce((sum, { cents }) => sum + cents, 0)
    expect(['payable-to-parent', 'purchases', 'input-tax.S.19', 'bank'].map(balance)).toEqual([0, 3000, 570, -3570])
  })

  test('a void invoice leaves nothing behind, also when the job comes late and sees both at once', async () => {
    const invoice = await invoiceOfJune()
    const voided = await asOffice(provider.tenantId, (ctx) => voidInvoice(ctx, { invoiceId: invoice.id, reason: 'Wrong month' }))
    expect(voided.ok).toBe(true)
    expect(await mirror(provider)).toBe(2)
    expect((await bought(reseller)).reduce((sum, { cents }) => sum + cents, 0)).toBe(0)
    expect((await documents(reseller)).map(({ status }) => status)).toEqual(['void'])
  })

  test('what falls into a month that the reseller closed is booked on its first open day', async () => {
    await invoiceOfJune()
    await mirror(provider)
    setClock(fixedClock('2026-08-01T06:00:00Z'))
    await closePeriodOf(reseller, '2026-07')
    setClock(fixedClock('2026-07-31T20:00:00Z'))
    await pay(1000n)
    setClock(fixedClock('2026-08-02T06:00:00Z'))
    await mirror(provider)
    const late = (await bought(reseller)).filter(({ account }) => account === 'bank')
    expect(late).toEqual([{ account: 'bank', cents: -1000, day: '2026-08-01' }])
  })

  test('cannot be reversed by hand: the parent’s books are the ones that lead', async () => {
    await invoiceOfJune()
    await mirror(provider)
    const { tenantId } = reseller
    const entry = await asOffice(tenantId, ({ db }) => db.ledgerEntry.findFirstOrThrow({ where: { tenantId, kind: 'purchase' } }))
    const reversed = await asOffice(tenantId, (ctx) => reverseEntry(ctx, { entryId: entry.id, reason: 'No' }))
    expect(reversed).toEqual({ ok: false, error: 'belongs-to-document' })
  })
})

async function closePeriodOf({ tenantId }: Seller, month: string) {
  const closed = await asOffice(tenantId, (ctx) => closePeriod(ctx, { month }))
  if (!closed.ok) throw new Error(closed.error)
}
