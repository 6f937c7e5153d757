import { afterEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { money } from '#app/domain/money/money.ts'
import { closePeriod } from '#app/services/ledger/close-period.server.ts'
import { postEntry } from '#app/services/ledger/post-entry.server.ts'
import { reverseEntry } from '#app/services/ledger/reverse-entry.server.ts'
import { asOffice, buildAccount, buildTenant } from '#tests/support/builders.ts'
import { sellerWithInvoice } from '#tests/support/one-invoice.ts'
import { paidAhead } from '#tests/support/paid-ahead.ts'

afterEach(() => setClock())

const reason = 'Booked to the wrong customer'
const reverse = (tenantId: string, entryId: string) => asOffice(tenantId, (ctx) => reverseEntry(ctx, { entryId, reason }))
const entries = (tenantId: string) =>
  asOffice(tenantId, ({ db }) => db.ledgerEntry.findMany({ orderBy: { id: 'asc' }, include: { ledgerPostingsAsEntry: true } }))

/** A payout of 10.00 EUR on 30 June, seen on 10 July. */
async function sellerWithTopUp() {
  const tenantId = await buildTenant()
  const accountId = await buildAccount(tenantId)
  const postings = paidAhead({ accountId, amount: money(1000n, 'EUR') })
  const entry = { sourceKey: 'top-up:1', kind: 'gateway-payout', accountId, invoiceId: null, bookedOn: '2026-06-30', postings } as const
  await asOffice(tenantId, (ctx) => postEntry(ctx, entry))
  setClock(fixedClock('2026-07-10T08:00:00Z'))
  const [booked] = await entries(tenantId)
  return { tenantId, entryId: booked?.id ?? '' }
}

describe('a reversal', () => {
  test('turns every side round on the day it is made, names its entry and reason, and leaves a trace', async () => {
    const { tenantId, entryId } = await sellerWithTopUp()
    expect(await reverse(tenantId, entryId)).toEqual({ ok: true, value: undefined })

    const [first, second] = await entries(tenantId)
    expect(first?.ledgerPostingsAsEntry.map((posting) => posting.amountMinor).sort()).toEqual([-1000n, 1000n])
    expect(second).toMatchObject({ kind: 'reversal', reversesId: entryId, reason, bookedOn: new Date('2026-07-10') })
    const sums = new Map<string, bigint>()
    for (const posting of [...(first?.ledgerPostingsAsEntry ?? []), ...(second?.ledgerPostingsAsEntry ?? [])])
      sums.set(posting.ledgerAccountId, (sums.get(posting.ledgerAccountId) ?? 0n) + posting.amountMinor)
    expect([...sums.values()]).toEqual([0n, 0n])
    const [trace] = await asOffice(tenantId, ({ db }) => db.auditEntry.findMany({ where: { action: 'ledger-entry.reversed' } }))
    expect(trace).toMatchObject({ subjectId: entryId, detail: { reason, kind: 'gateway-payout' } })
  })

  test('takes an entry of a closed month back in the open one', async () => {
    const { tenantId, entryId } = await sellerWithTopUp()
    expect(await asOffice(tenantId, (ctx) => closePeriod(ctx, { month: '2026-06' }))).toMatchObject({ ok: true })
    expect(await reverse(tenantId, entryId)).toMatchObject({ ok: true })
  })

  test('happens once, also when ten people press at once, and is not reversed itself', async () => {
    const { tenantId, entryId } = await sellerWithTopUp()
    const answers = await Promise.all(Array.from({ length: 10 }, () => reverse(tenantId, entryId)))
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
    expect(await reverse(tenantId, entryId)).toEqual({ ok: false, error: 'already-reversed' })
    const [, second] = await entries(tenantId)
    expect(await reverse(tenantId, second?.id ?? '')).toEqual({ ok: false, error: 'is-reversal' })
  })

  test('of an invoice is refused: a credit note or voiding it changes document and books together', async () => {
    const { tenantId } = await sellerWithInvoice()
    const [booked] = await entries(tenantId)
    expect(await reverse(tenantId, booked?.id ?? '')).toEqual({ ok: false, error: 'belongs-to-document' })
  })

  test('of another seller’s entry finds nothing', async () => {
    const { entryId } = await sellerWithTopUp()
    expect(await reverse(await buildTenant(), entryId)).toEqual({ ok: false, error: 'entry-not-found' })
  })
})
