import { afterEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { money } from '#app/domain/money/money.ts'
import { trialBalance } from '#app/reports/ledger/query.server.ts'
import { createCreditNote } from '#app/services/invoices/create-credit-note.server.ts'
import { voidInvoice } from '#app/services/invoices/void-invoice.server.ts'
import { closePeriod } from '#app/services/ledger/close-period.server.ts'
import { releaseBegunMonths } from '#app/services/ledger/release-deferred.server.ts'
import { setDeferral } from '#app/services/ledger/set-deferral.server.ts'
import { addDiscount } from '#app/services/promotions/add-discount.server.ts'
import { billMonth, invoicesOf } from '#tests/support/billing.ts'
import {
  asOffice,
  buildAccount,
  buildContract,
  buildPriceBook,
  buildProduct,
  buildSubscription,
  buildTenant,
} from '#tests/support/builders.ts'

afterEach(() => setClock())

/** A licence at 365.00 for the 365 days from 1 July 2026, and a setup of 40.00; deferred from `from` on. */
async function sellYear(from: string | null = '2026-01-01') {
  const tenantId = await buildTenant()
  if (from) await asOffice(tenantId, (ctx) => setDeferral(ctx, { from }))
  const productId = await buildProduct(tenantId, 'Licence')
  const accountId = await buildAccount(tenantId)
  const { priceBookId } = await buildPriceBook(tenantId, [
    { feeKind: 'recurring', price: '365.00', productId, interval: 'year' },
    { feeKind: 'setup', price: '40.00', productId },
  ])
  const contractId = await buildContract(tenantId, { accountId, priceBookId, feesInAdvance: true, billingDay: 1 })
  await buildSubscription(tenantId, { accountId, contractId, productId, startedAt: '2026-06-30T22:00:00Z' })
  return { tenantId, accountId }
}

const billJune = (tenantId: string) => billMonth(tenantId, '2026-06', '2026-07-01T06:00:00Z')

/** What is earned and what is left to earn, in cents, up to and including `asOf`. */
async function earned(tenantId: string, asOf: string) {
  const lines = await asOffice(tenantId, (ctx) => trialBalance(ctx, asOf))
  const of = (code: string) => -(lines.find((line) => line.code === code)?.balance.minor ?? 0n)
  return {
    setup: of('revenue.setup'),
    recurring: of('revenue.recurring'),
    discount: of('revenue.discount'),
    credit: of('revenue.credit'),
    deferred: of('deferred-revenue.recurring') + of('deferred-revenue.discount'),
  }
}

async function releaseAt(tenantId: string, at: string): Promise<number> {
  setClock(fixedClock(at))
  return releaseBegunMonths(tenantId)
}

const nothing = { setup: 0n, recurring: 0n, discount: 0n, credit: 0n, deferred: 0n }

describe('a year that is invoiced in advance', () => {
  test('earns one euro for each of its days, month by month, to the last cent', async () => {
    const { tenantId } = await sellYear()
    await billJune(tenantId)
    expect(await earned(tenantId, '2026-07-31')).toEqual({ ...nothing, setup: 4_000n, recurring: 3_100n, deferred: 33_400n })

    expect(await releaseAt(tenantId, '2026-07-31T21:30:00Z')).toBe(0)
    expect(await releaseAt(tenantId, '2026-07-31T22:10:00Z')).toBe(1)
    expect(await releaseAt(tenantId, '2026-07-31T22:15:00Z')).toBe(0)
    expect(await earned(tenantId, '2026-08-01')).toEqual({ ...nothing, setup: 4_000n, recurring: 6_200n, deferred: 30_300n })

    // The job stood still until March: every month gets its own, on its own first day.
    expect(await releaseAt(tenantId, '2027-03-10T08:00:00Z')).toBe(7)
    expect(await earned(tenantId, '2027-02-28')).toEqual({ ...nothing, setup: 4_000n, recurring: 24_300n, deferred: 12_200n })
    expect(await releaseAt(tenantId, '2027-06-01T08:00:00Z')).toBe(3)
    expect(await earned(tenantId, '2027-06-01')).toEqual({ ...nothing, setup: 4_000n, recurring: 36_500n })
  })

  test('gives a month what it earns before the month is closed', async () => {
    const { tenantId } = await sellYear()
    await billJune(tenantId)
    setClock(fixedClock('2026-09-02T08:00:00Z'))
    for (const month of ['2026-07', '2026-08'])
      expect(await asOffice(tenantId, (ctx) => closePeriod(ctx, { month }))).toMatchObject({ ok: true })
    expect(await earned(tenantId, '2026-08-31')).toMatchObject({ recurring: 6_200n, deferred: 30_300n })
  })

  test('is earned at once where deferral is off, or begins later', async () => {
    const [off, later] = [await sellYear(null), await sellYear('2026-07-02')]
    for (const { tenantId } of [off, later]) {
      await billJune(tenantId)
      expect(await earned(tenantId, '2026-07-31')).toEqual({ ...nothing, setup: 4_000n, recurring: 36_500n })
    }
  })

  test('keeps earning what was deferred when deferral is switched off', async () => {
    const { tenantId } = await sellYear()
    await billJune(tenantId)
    await asOffice(tenantId, (ctx) => setDeferral(ctx, { from: null }))
    await releaseAt(tenantId, '2026-08-01T08:00:00Z')
    expect(await earned(tenantId, '2026-08-01')).toMatchObject({ recurring: 6_200n, deferred: 30_300n })
    const [entry] = await asOffice(tenantId, ({ db }) =>
      db.auditEntry.findMany({ where: { action: 'deferral.set' }, orderBy: { id: 'desc' }, take: 1 }),
    )
    expect(entry?.detail).toEqual({ before: '2026-01-01', from: null })
  })

  test('defers the discount on it as it defers the fee', async () => {
    const { tenantId, accountId } = await sellYear()
    const added = await asOffice(tenantId, (ctx) =>
      addDiscount(ctx, {
        accountId,
        name: '10 % off recurring',
        percent: '10',
        amount: null,
        scopes: ['recurring'],
        productGroups: [],
        priority: 100,
        isStackable: true,
        from: '2026-06-01',
        to: null,
        reason: 'agreed in May',
      }),
    )
    expect(added).toMatchObject({ ok: true })
    await billJune(tenantId)
    expect(await earned(tenantId, '2026-07-31')).toEqual({
      ...nothing,
      setup: 4_000n,
      recurring: 3_100n,
      discount: -310n,
      deferred: 30_060n,
    })
    await releaseAt(tenantId, '2026-08-01T08:00:00Z')
    expect(await earned(tenantId, '2026-08-01')).toMatchObject({ recurring: 6_200n, discount: -620n, deferred: 27_270n })
  })
})

describe('what is taken back', () => {
  const credit = async (tenantId: string, request: Parameters<typeof createCreditNote>[1]['request']) => {
    const [invoice] = await invoicesOf(tenantId)
    const input = { invoiceId: invoice?.id ?? '', request, reason: 'Agreed by phone', isChargedAgain: false }
    return asOffice(tenantId, (ctx) => createCreditNote(ctx, input))
  }

  test('a full credit after two months leaves the earned months to the credit, and nothing to earn', async () => {
    const { tenantId } = await sellYear()
    await billJune(tenantId)
    await releaseAt(tenantId, '2026-08-15T08:00:00Z')
    expect(await credit(tenantId, { kind: 'rest' })).toMatchObject({ ok: true })
    expect(await earned(tenantId, '2026-08-31')).toEqual(nothing)
    expect(await releaseAt(tenantId, '2027-08-01T08:00:00Z')).toBe(0)
  })

  test('half a fee credited by line halves the months to come', async () => {
    const { tenantId } = await sellYear()
    await billJune(tenantId)
    await releaseAt(tenantId, '2026-08-15T08:00:00Z')
    const [invoice] = await invoicesOf(tenantId)
    const fee = invoice?.sections[0]?.lines.find(({ kind }) => kind === 'recurring')
    await credit(tenantId, { kind: 'lines', parts: [{ lineId: fee?.id ?? '', part: { kind: 'net', net: money(18_250n, 'EUR') } }] })
    // Of 303.00 to earn from September on, half is taken back: the credit of 182.50 costs August 31.00.
    expect(await earned(tenantId, '2026-08-31')).toMatchObject({ recurring: 3_100n, deferred: 15_150n })
    await releaseAt(tenantId, '2027-06-01T08:00:00Z')
    expect(await earned(tenantId, '2027-06-30')).toMatchObject({ recurring: 18_250n, deferred: 0n })
  })

  test('an amount that names no line lowers each month to come by its share, and three of them leave nothing', async () => {
    const { tenantId } = await sellYear()
    await billJune(tenantId)
    setClock(fixedClock('2026-07-20T08:00:00Z'))
    for (const minor of [16_066n, 16_066n]) await credit(tenantId, { kind: 'amount', amount: money(minor, 'EUR') })
    expect(await credit(tenantId, { kind: 'rest' })).toMatchObject({ ok: true })
    const { deferred, setup, recurring, credit: credited } = await earned(tenantId, '2026-07-31')
    expect([deferred, setup + recurring + credited]).toEqual([0n, 0n])
  })

  test('a void invoice has nothing left to earn and nothing earned', async () => {
    const { tenantId } = await sellYear()
    await billJune(tenantId)
    await releaseAt(tenantId, '2026-09-15T08:00:00Z')
    const [invoice] = await invoicesOf(tenantId)
    const voided = await asOffice(tenantId, (ctx) => voidInvoice(ctx, { invoiceId: invoice?.id ?? '', reason: 'Wrong customer' }))
    expect(voided).toMatchObject({ ok: true })
    expect(await earned(tenantId, '2026-09-30')).toEqual(nothing)
  })
})
