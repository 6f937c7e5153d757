import { beforeAll, describe, expect, test } from 'vitest'
import { bank } from '#app/domain/ledger/chart.ts'
import { postingsOfAllocation, postingsOfPayment } from '#app/domain/ledger/rules.ts'
import { money } from '#app/domain/money/money.ts'
import { addDays } from '#app/domain/time/local-date.ts'
import { readEntryDetail } from '#app/reports/ledger/entry.server.ts'
import { type JournalFilter, listEntries, listJournalLines } from '#app/reports/ledger/journal.server.ts'
import { listPeriods } from '#app/reports/ledger/periods.server.ts'
import { trialBalance } from '#app/reports/ledger/query.server.ts'
import { readAccountSheet, type SheetFilter } from '#app/reports/ledger/sheet.server.ts'
import { postEntry } from '#app/services/ledger/post-entry.server.ts'
import { reverseEntry } from '#app/services/ledger/reverse-entry.server.ts'
import { asOffice, buildAccount, buildTenant } from '#tests/support/builders.ts'
import { paidAhead } from '#tests/support/paid-ahead.ts'

const everything: JournalFilter = { from: null, to: null, code: null, accountId: null, buyer: null, kind: null, document: null }
const wholeSheet = { currency: 'EUR', accountId: null, from: null, to: null, cursor: null }

let tenantId: string
let linde: string
let keller: string

// Linde pays 10.00 on 1, 2 … 4 June and 4.00 of each is allocated; Keller tops up 7.00 CHF on 15 June.
beforeAll(async () => {
  tenantId = await buildTenant()
  linde = await buildAccount(tenantId, { name: 'Café Linde 100%' })
  keller = await buildAccount(tenantId, { name: 'Eva Keller' })
  for (const day of [1, 2, 3, 4]) await pay(`2026-06-0${day}`)
  await asOffice(tenantId, (ctx) => {
    const postings = paidAhead({ accountId: keller, amount: money(700n, 'CHF') })
    return postEntry(ctx, {
      sourceKey: 'top-up',
      kind: 'gateway-payout',
      accountId: keller,
      invoiceId: null,
      bookedOn: '2026-06-15',
      postings,
    })
  })
})

async function pay(bookedOn: string): Promise<void> {
  const common = { accountId: linde, invoiceId: null, bookedOn }
  await asOffice(tenantId, async (ctx) => {
    const paid = postingsOfPayment({ accountId: linde, at: bank, amount: money(1000n, 'EUR') })
    await postEntry(ctx, { ...common, sourceKey: `payment:${bookedOn}`, kind: 'payment', postings: paid })
    const allocated = postingsOfAllocation({ accountId: linde, amount: money(400n, 'EUR') })
    await postEntry(ctx, { ...common, sourceKey: `allocation:${bookedOn}`, kind: 'allocation', postings: allocated })
  })
}

const lines = async (asOf: string | null) =>
  (await asOffice(tenantId, (ctx) => trialBalance(ctx, asOf))).map(
    ({ code, debit, credit, balance }) => `${code} ${balance.currency} ${debit.minor} ${credit.minor} ${balance.minor}`,
  )

describe('the trial balance', () => {
  test('adds up what was booked until the end of a day, per currency', async () => {
    expect(await lines('2026-06-02')).toEqual(['bank EUR 2000 0 2000', 'receivable EUR 0 800 -800', 'unapplied-cash EUR 800 2000 -1200'])
    expect(await lines(null)).toEqual([
      'bank CHF 700 0 700',
      'prepaid-balance CHF 0 700 -700',
      'bank EUR 4000 0 4000',
      'receivable EUR 0 1600 -1600',
      'unapplied-cash EUR 1600 4000 -2400',
    ])
    expect(await lines('2026-05-31')).toEqual([])
  })
})

describe('the journal', () => {
  const list = (filter: Partial<JournalFilter>, page = { cursor: null as string | null, limit: 50 }) =>
    asOffice(tenantId, (ctx) => listEntries(ctx, { ...everything, ...filter }, page))
  const days = async (filter: Partial<JournalFilter>) =>
    (await list(filter)).rows.map(({ bookedOn, kind }) => `${bookedOn.slice(-2)} ${kind}`)

  test('is filtered by day, account, buyer and kind', async () => {
    expect(await days({ from: '2026-06-02', to: '2026-06-03', kind: 'payment' })).toEqual(['03 payment', '02 payment'])
    expect(await days({ code: 'prepaid-balance' })).toEqual(['15 gateway-payout'])
    expect(await days({ accountId: keller })).toEqual(['15 gateway-payout'])
    expect(await days({ buyer: '100%', kind: 'allocation' })).toHaveLength(4)
    expect(await days({ buyer: '%' })).toHaveLength(8)
    expect(await days({ document: 'MG-2026-00001' })).toEqual([])
  })

  test('page by page has every entry once, newest first', async () => {
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page = await list({}, { cursor, limit: 2 })
      seen.push(...page.rows.map(({ id }) => id))
      cursor = page.nextCursor
    } while (cursor)
    const whole = (await list({})).rows
    expect(seen).toEqual(whole.map(({ id }) => id))
    expect(whole.map(({ bookedOn }) => bookedOn)).toEqual(
      whole
        .map(({ bookedOn }) => bookedOn)
        .toSorted()
        .toReversed(),
    )
    expect(whole[0]?.amounts).toEqual([money(700n, 'CHF')])
    expect((await list({}, { cursor: 'not-a-cursor', limit: 50 })).rows).toHaveLength(9)
  })

  test('as a file has a line for each posting', async () => {
    const page = await asOffice(tenantId, (ctx) =>
      listJournalLines(ctx, { ...everything, kind: 'gateway-payout' }, { cursor: null, limit: 10 }),
    )
    expect(page.lines.map(({ code, amount, buyer }) => [code, amount.minor, buyer])).toEqual([
      ['bank', 700n, 'Eva Keller'],
      ['prepaid-balance', -700n, 'Eva Keller'],
    ])
    expect(page.nextCursor).toBeNull()
  })
})

describe('the sheet of an account', () => {
  const sheet = (filter: Partial<SheetFilter> & { code: string }) =>
    asOffice(tenantId, (ctx) => readAccountSheet(ctx, { ...wholeSheet, ...filter }))

  test('says after each posting what the account comes to', async () => {
    const found = await sheet({ code: 'unapplied-cash', from: '2026-06-02', to: '2026-06-03' })
    expect([found?.before.minor, found?.after.minor]).toEqual([-600n, -1800n])
    expect(found?.rows.map(({ bookedOn, amount, balance }) => [bookedOn, amount.minor, balance.minor])).toEqual([
      ['2026-06-03', 400n, -1800n],
      ['2026-06-03', -1000n, -2200n],
      ['2026-06-02', 400n, -1200n],
      ['2026-06-02', -1000n, -1600n],
    ])
  })

  test('goes on over pages, and for one buyer and one currency alone', async () => {
    for (let day = 0; day < 30; day += 1) await pay(addDays('2026-07-01', day))
    const first = await sheet({ code: 'unapplied-cash' })
    const second = await sheet({ code: 'unapplied-cash', cursor: first?.nextCursor ?? null })
    const all = [...(first?.rows ?? []), ...(second?.rows ?? [])]
    expect(all).toHaveLength(68)
    expect(second?.nextCursor).toBeNull()
    let balance = 0n
    for (const row of all.toReversed()) {
      balance += row.amount.minor
      expect(row.balance.minor).toBe(balance)
    }
    expect((await sheet({ code: 'bank', currency: 'CHF' }))?.after.minor).toBe(700n)
    expect((await sheet({ code: 'unapplied-cash', accountId: keller }))?.rows).toEqual([])
    expect(await sheet({ code: 'no-such-account' })).toBeUndefined()
  })
})

test('an entry shows its sides, and what took it back', async () => {
  const [topUp] = (
    await asOffice(tenantId, (ctx) => listEntries(ctx, { ...everything, kind: 'gateway-payout' }, { cursor: null, limit: 1 }))
  ).rows
  const entryId = topUp?.id ?? ''
  const before = await asOffice(tenantId, (ctx) => readEntryDetail(ctx, entryId))
  expect(before?.postings.map(({ code, buyerName, amount }) => [code, buyerName, amount.minor])).toEqual([
    ['bank', null, 700n],
    ['prepaid-balance', 'Eva Keller', -700n],
  ])
  expect(before?.notReversible).toBeNull()

  await asOffice(tenantId, (ctx) => reverseEntry(ctx, { entryId, reason: 'Not hers' }))
  const after = await asOffice(tenantId, (ctx) => readEntryDetail(ctx, entryId))
  expect(after?.notReversible).toBe('already-reversed')
  const reversal = await asOffice(tenantId, (ctx) => readEntryDetail(ctx, after?.reversedById ?? ''))
  expect(reversal).toMatchObject({ kind: 'reversal', reversesId: entryId, reason: 'Not hers', notReversible: 'is-reversal' })
  expect(await asOffice(await buildTenant(), (ctx) => readEntryDetail(ctx, entryId))).toBeUndefined()
})

test('the months of the books run from the first entry to now, newest first', async () => {
  const periods = await asOffice(tenantId, listPeriods)
  expect(periods.at(-1)).toMatchObject({ month: '2026-06', state: 'open', entries: 9 })
  expect(periods.at(-2)?.month).toBe('2026-07')
  expect(await asOffice(await buildTenant(), listPeriods)).toEqual([])
})
