import { afterEach, describe, expect, test } from 'vitest'
import { setClock } from '#app/config/clock.server.ts'
import { inPanel } from '#app/db/context.server.ts'
import { lockDrafts, waitingDrafts } from '#app/db/documents/run-drafts.server.ts'
import { readBillingRun } from '#app/reports/billing-runs/query.server.ts'
import { listInvoices, readInvoice } from '#app/reports/invoices/query.server.ts'
import { ledgerImbalance, trialBalance } from '#app/reports/ledger/query.server.ts'
import { createBillingRun } from '#app/services/billing/create-billing-run.server.ts'
import { previewBillingRun } from '#app/services/billing/preview-billing-run.server.ts'
import { draftBillingRun, finaliseNextDrafts, runBilling } from '#app/services/billing/run-billing.server.ts'
import { finaliseDrafts } from '#app/services/invoices/finalise-drafts.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { billMonth, invoicesOf, openRun } from '#tests/support/billing.ts'
import { asOffice, buildAccount, buildCharges, buildContract, buildPriceBook, buildTenant } from '#tests/support/builders.ts'
import { chainProblems, numbersOf } from '#tests/support/invoice-series.ts'

afterEach(() => setClock())

const june = '2026-06'
const firstOfJuly = '2026-07-01T06:00:00Z'

/** A seller whose `customers` each used 10.00 EUR of traffic in June. */
async function sellerWith(customers: number) {
  const tenantId = await buildTenant()
  const book = await buildPriceBook(tenantId, [{ feeKind: 'usage', price: '1', meter: 'traffic.sent' }])
  const buyers = []
  for (let n = 0; n < customers; n += 1) {
    const accountId = await buildAccount(tenantId, { name: `Customer ${String(n).padStart(3, '0')}` })
    buyers.push({ accountId, contractId: await buildContract(tenantId, { accountId, priceBookId: book.priceBookId }) })
  }
  const usage = {
    priceVersionId: book.priceVersionId,
    priceRuleId: book.ruleIds[0] ?? '',
    billingPeriod: '2026-06-01',
    quantity: '10',
    amount: '10',
  }
  await buildCharges(
    tenantId,
    buyers.map((buyer) => ({ ...buyer, ...usage })),
  )
  return { tenantId, buyers, usage, process: processOf(tenantId, {}) }
}

describe('a billing run', () => {
  test('makes what its preview said, and books it', async () => {
    const { tenantId } = await sellerWith(3)
    setClock({ now: () => new Date(firstOfJuly) })
    const preview = await asOffice(tenantId, (ctx) => previewBillingRun(ctx, { month: june }))
    const previewed = preview.ok ? preview.value.rows.map((row) => row.total.minor) : []

    await billMonth(tenantId, june, firstOfJuly)

    expect(previewed).toEqual([1190n, 1190n, 1190n])
    expect((await invoicesOf(tenantId)).map((invoice) => invoice.total.minor)).toEqual([1190n, 1190n, 1190n])
    expect(await asOffice(tenantId, ledgerImbalance)).toEqual([{ imbalance: { minor: 0n, currency: 'EUR' }, entries: 3 }])
    const trial = await asOffice(tenantId, trialBalance)
    expect(trial.map((line) => [line.code, line.balance.minor])).toEqual([
      ['receivable', 3570n],
      ['revenue.usage', -3000n],
      ['tax-payable.S.19', -570n],
    ])
  })

  test('run again changes nothing', async () => {
    const { tenantId } = await sellerWith(3)
    await billMonth(tenantId, june, firstOfJuly)
    const before = await invoicesOf(tenantId)

    expect(await billMonth(tenantId, june, '2026-07-02T06:00:00Z')).toBe(0)
    expect(await invoicesOf(tenantId)).toEqual(before)
  })

  test('of a month that is not over in the seller’s zone is refused', async () => {
    const tenantId = await buildTenant({ timeZone: 'America/New_York' })
    setClock({ now: () => new Date('2026-07-01T03:59:59Z') })
    expect(await asOffice(tenantId, (ctx) => createBillingRun(ctx, { month: june }))).toEqual({ ok: false, error: 'period-not-over' })
    setClock({ now: () => new Date('2026-07-01T04:00:00Z') })
    expect(await asOffice(tenantId, (ctx) => createBillingRun(ctx, { month: june }))).toMatchObject({ ok: true })
  })

  test('parks a contract that would pay less than nothing, and one with a foreign currency, and bills the rest', async () => {
    const { tenantId, buyers, usage } = await sellerWith(4)
    const [owed, foreign] = buyers
    await buildCharges(tenantId, [{ ...usage, ...(owed as (typeof buyers)[number]), quantity: '-30', amount: '-30' }])
    await buildCharges(tenantId, [{ ...usage, ...(foreign as (typeof buyers)[number]), meter: 'traffic.received', currency: 'CHF' }])

    const billingRunId = await openRun(tenantId, june, firstOfJuly)
    await runBilling(processOf(tenantId, {}), { billingRunId })

    const run = await asOffice(tenantId, (ctx) => readBillingRun(ctx, billingRunId))
    expect(run?.drafts.map((draft) => [draft.buyerName, draft.state, draft.problem])).toEqual([
      ['Customer 000', 'parked', 'negative-total'],
      ['Customer 001', 'parked', 'broken-assumption'],
      ['Customer 002', 'finalised', null],
      ['Customer 003', 'finalised', null],
    ])
    expect([run?.state, run?.drafted, run?.finalised, run?.parked]).toEqual(['finished', 2, 2, 2])
  })

  test('makes no invoice over nothing, and bills the wait with the next one', async () => {
    const { tenantId, buyers, usage } = await sellerWith(1)
    const [buyer] = buyers
    await buildCharges(tenantId, [{ ...usage, ...(buyer as (typeof buyers)[number]), quantity: '-10', amount: '-10' }])
    expect(await billMonth(tenantId, june, firstOfJuly)).toBe(0)
    expect(await invoicesOf(tenantId)).toEqual([])
  })
})

describe('numbers', () => {
  test('have no hole and no double when 50 invoices are finalised at once and every fifth rolls back first', async () => {
    const { tenantId, process } = await sellerWith(50)
    const billingRunId = await openRun(tenantId, june, firstOfJuly)
    await draftBillingRun(process, { billingRunId })
    const drafts = await asOffice(tenantId, (ctx) => waitingDrafts(ctx, billingRunId, 50))

    await Promise.all(
      drafts.map(async (draftId, index) => {
        if (index % 5 === 0) await rolledBack(tenantId, draftId)
        await asOffice(tenantId, (ctx) => finaliseDrafts(ctx, [draftId]))
      }),
    )

    expect(numbersOf(await invoicesOf(tenantId))).toEqual(Array.from({ length: 50 }, (_, n) => `MG-2026-${String(n + 1).padStart(5, '0')}`))
    expect(await chainProblems(tenantId)).toEqual([])
  })

  test('are taken once when two runs of one period start together', async () => {
    const { tenantId, process } = await sellerWith(8)
    const billingRunId = await openRun(tenantId, june, firstOfJuly)

    await Promise.all([runBilling(process, { billingRunId }), runBilling(process, { billingRunId })])

    expect(numbersOf(await invoicesOf(tenantId))).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((n) => `MG-2026-0000${n}`))
    expect(await asOffice(tenantId, ledgerImbalance)).toEqual([{ imbalance: { minor: 0n, currency: 'EUR' }, entries: 8 }])
  })

  test('go on where a run died in the middle of an invoice', async () => {
    const { tenantId, process } = await sellerWith(6)
    const billingRunId = await openRun(tenantId, june, firstOfJuly)
    await draftBillingRun(process, { billingRunId })
    const [first, second] = await asOffice(tenantId, (ctx) => waitingDrafts(ctx, billingRunId, 6))
    await asOffice(tenantId, (ctx) => finaliseDrafts(ctx, [first ?? '']))
    await rolledBack(tenantId, second ?? '')

    await runBilling(process, { billingRunId })

    expect(numbersOf(await invoicesOf(tenantId))).toEqual([1, 2, 3, 4, 5, 6].map((n) => `MG-2026-0000${n}`))
    expect(await chainProblems(tenantId)).toEqual([])
    expect((await finaliseNextDrafts(process, { billingRunId })).isDone).toBe(true)
  })

  test('of a finalised draft are not taken again', async () => {
    const { tenantId, process } = await sellerWith(1)
    const billingRunId = await openRun(tenantId, june, firstOfJuly)
    await draftBillingRun(process, { billingRunId })
    const [draftId] = await asOffice(tenantId, (ctx) => waitingDrafts(ctx, billingRunId, 1))
    const finalise = () => asOffice(tenantId, (ctx) => finaliseDrafts(ctx, [draftId ?? '']))

    expect([await finalise(), await finalise()]).toEqual([1, 0])
    expect(numbersOf(await invoicesOf(tenantId))).toEqual(['MG-2026-00001'])
  })
})

test('a buyer’s panel lists its own invoices and finds no other', async () => {
  const { tenantId, buyers } = await sellerWith(2)
  await billMonth(tenantId, june, firstOfJuly)
  const [mine, other] = buyers
  const invoices = await invoicesOf(tenantId)
  const foreign = invoices.find((invoice) => invoice.accountId === other?.accountId)

  await inPanel(tenantId, [mine?.accountId ?? ''], async (ctx) => {
    expect((await listInvoices(ctx, { limit: 10 })).rows.map((row) => row.accountId)).toEqual([mine?.accountId])
    expect(await readInvoice(ctx, foreign?.id ?? '')).toBeUndefined()
  })
})

test('a list of invoices goes on after its cursor', async () => {
  const { tenantId } = await sellerWith(5)
  await billMonth(tenantId, june, firstOfJuly)
  const page = (cursor: string | null) => asOffice(tenantId, (ctx) => listInvoices(ctx, { limit: 2, cursor }))

  const first = await page(null)
  const second = await page(first.nextCursor)
  const third = await page(second.nextCursor)

  const numbers = [first, second, third].map(({ rows }) => rows.map((row) => row.number.slice(-1)))
  expect(numbers).toEqual([['5', '4'], ['3', '2'], ['1']])
  expect(third.nextCursor).toBeNull()
})

async function rolledBack(tenantId: string, draftId: string): Promise<void> {
  const failure = new Error('the process died here')
  await expect(
    asOffice(tenantId, async (ctx) => {
      await finaliseDrafts(ctx, [draftId])
      expect((await lockDrafts(ctx, [draftId]))[0]?.state).toBe('finalised')
      throw failure
    }),
  ).rejects.toBe(failure)
}
