import { afterEach, describe, expect, test, vi } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { money } from '#app/domain/money/money.ts'
import type { Actor } from '#app/domain/shared/actor.ts'
import { closePeriod } from '#app/services/ledger/close-period.server.ts'
import { postEntry } from '#app/services/ledger/post-entry.server.ts'
import { askReopen, reopenPeriod, withdrawReopen } from '#app/services/ledger/reopen-period.server.ts'
import { asOffice, buildAccount, buildTenant } from '#tests/support/builders.ts'
import { paidAhead } from '#tests/support/paid-ahead.ts'

afterEach(() => setClock())

const olga: Actor = { kind: 'user', userId: 'olga' }
const ben: Actor = { kind: 'user', userId: 'ben' }
const as = <T>(tenantId: string, actor: Actor, work: (ctx: TenantContext) => Promise<T>) => inTenant(tenantId, work, { actor })
const close = (tenantId: string, month: string) => asOffice(tenantId, (ctx) => closePeriod(ctx, { month }))
const refused = (error: string) => ({ ok: false, error })

/** A seller whose customer topped up 10.00 EUR on each of `days`, seen on 10 September 2026. */
async function sellerWith(days: readonly string[]) {
  const tenantId = await buildTenant({ timeZone: 'Europe/Vienna' })
  const accountId = await buildAccount(tenantId)
  const book = (day: string, source = day) => asOffice(tenantId, (ctx) => topUp(ctx, { accountId, day, source }))
  for (const day of days) await book(day)
  setClock(fixedClock('2026-09-10T08:00:00Z'))
  return { tenantId, accountId, book }
}

function topUp(ctx: TenantContext, { accountId, day, source }: { accountId: string; day: string; source: string }): Promise<boolean> {
  const postings = paidAhead({ accountId, amount: money(1000n, 'EUR') })
  return postEntry(ctx, { sourceKey: `top-up:${source}`, kind: 'top-up', accountId, invoiceId: null, bookedOn: day, postings })
}

describe('closing', () => {
  test('goes month by month, and twice is a clear answer', async () => {
    const { tenantId } = await sellerWith(['2026-06-12', '2026-08-01'])
    expect(await close(tenantId, '2026-07')).toEqual(refused('earlier-period-open'))
    expect(await close(tenantId, '2026-06')).toMatchObject({ ok: true })
    expect(await close(tenantId, '2026-06')).toEqual(refused('period-already-closed'))
    expect(await close(tenantId, '2026-07')).toMatchObject({ ok: true })
    expect(await close(tenantId, '2026-08')).toMatchObject({ ok: true })
    expect(await close(tenantId, '2026-09')).toEqual(refused('period-not-over'))
  })

  test('of a month at once by ten people closes it once', async () => {
    const { tenantId } = await sellerWith(['2026-06-12'])
    const answers = await Promise.all(Array.from({ length: 10 }, () => close(tenantId, '2026-06')))
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
    const trail = await asOffice(tenantId, ({ db }) => db.auditEntry.count({ where: { action: 'accounting-period.closed' } }))
    expect(trail).toBe(1)
  })

  test('books nothing into the month any more, nor into one before it; later months stay open', async () => {
    const { tenantId, book } = await sellerWith(['2026-06-12'])
    await close(tenantId, '2026-06')
    await expect(book('2026-06-30')).rejects.toThrow('the accounting period is closed')
    await expect(book('2026-05-02')).rejects.toThrow('the accounting period is closed')
    expect(await book('2026-07-01')).toBe(true)
  })

  test('waits for an entry that is on its way, and the entry is in', async () => {
    const { tenantId, accountId } = await sellerWith(['2026-06-12'])
    let commit = () => {}
    const mayCommit = new Promise<void>((resolve) => (commit = resolve))
    let isBooked = () => {}
    const booked = new Promise<void>((resolve) => (isBooked = resolve))
    const late = asOffice(tenantId, async (ctx) => {
      await topUp(ctx, { accountId, day: '2026-06-30', source: 'late' })
      isBooked()
      await mayCommit
    })
    await booked
    const closing = close(tenantId, '2026-06')
    await vi.waitFor(async () => expect(await waitingForBooks(tenantId)).toBe(1))
    commit()
    await late
    expect(await closing).toMatchObject({ ok: true })
    const june = await asOffice(tenantId, ({ db }) => db.ledgerEntry.count({ where: { bookedOn: { lt: new Date('2026-07-01') } } }))
    expect(june).toBe(2)
  })

  test('counts an entry for the day it has in the seller’s zone', async () => {
    const { tenantId, accountId } = await sellerWith(['2026-07-12'])
    setClock(fixedClock('2026-08-31T22:30:00Z'))
    await asOffice(tenantId, (ctx) => {
      const postings = paidAhead({ accountId, amount: money(1n, 'EUR') })
      return postEntry(ctx, { sourceKey: 'midnight', kind: 'top-up', accountId, invoiceId: null, postings })
    })
    const [entry] = await asOffice(tenantId, ({ db }) => db.ledgerEntry.findMany({ where: { sourceKey: 'midnight' } }))
    expect(entry?.bookedOn.toISOString()).toContain('2026-09-01')
  })

  test('is one seller’s own: another books as before', async () => {
    const [one, two] = [await sellerWith(['2026-06-12']), await sellerWith(['2026-06-12'])]
    await close(one.tenantId, '2026-06')
    expect(await two.book('2026-06-13')).toBe(true)
  })
})

function waitingForBooks(tenantId: string): Promise<number> {
  return asOffice(tenantId, async ({ db }) => {
    const [row] = await db.$queryRaw<{ waiting: number }[]>`
      select count(*)::int as waiting from pg_locks where locktype = 'advisory' and not granted`
    return row?.waiting ?? 0
  })
}

describe('opening again', () => {
  test('needs a reason and a second person, and leaves a trail', async () => {
    const { tenantId, book } = await sellerWith(['2026-06-12'])
    await close(tenantId, '2026-06')
    const ask = (actor: Actor) => as(tenantId, actor, (ctx) => askReopen(ctx, { month: '2026-06', reason: 'Bank fee of June came late' }))
    const open = (actor: Actor) => as(tenantId, actor, (ctx) => reopenPeriod(ctx, { month: '2026-06' }))

    expect(await open(ben)).toEqual(refused('not-asked'))
    expect(await ask(olga)).toMatchObject({ ok: true })
    expect(await ask(ben)).toEqual(refused('already-asked'))
    expect(await open(olga)).toEqual(refused('own-request'))
    await expect(book('2026-06-30')).rejects.toThrow('the accounting period is closed')
    expect(await open(ben)).toMatchObject({ ok: true })
    expect(await book('2026-06-30')).toBe(true)
    expect(await close(tenantId, '2026-06')).toMatchObject({ ok: true })

    const trail = await asOffice(tenantId, ({ db }) =>
      db.auditEntry.findMany({ orderBy: { id: 'asc' }, select: { action: true, detail: true } }),
    )
    expect(trail.map(({ action }) => action.replace('accounting-period.', ''))).toEqual(['closed', 'reopening-asked', 'reopened', 'closed'])
    expect(trail[2]?.detail).toEqual({ reason: 'Bank fee of June came late' })
  })

  test('goes backwards from the last closed month', async () => {
    const { tenantId } = await sellerWith(['2026-06-12'])
    await close(tenantId, '2026-06')
    await close(tenantId, '2026-07')
    const ask = (month: string) => asOffice(tenantId, (ctx) => askReopen(ctx, { month, reason: 'A correction' }))
    expect(await ask('2026-06')).toEqual(refused('later-period-closed'))
    expect(await ask('2026-08')).toEqual(refused('period-not-closed'))
    expect(await ask('2026-07')).toMatchObject({ ok: true })
  })

  test('may be withdrawn', async () => {
    const { tenantId } = await sellerWith(['2026-06-12'])
    await close(tenantId, '2026-06')
    await as(tenantId, olga, (ctx) => askReopen(ctx, { month: '2026-06', reason: 'A mistake' }))
    expect(await as(tenantId, olga, (ctx) => withdrawReopen(ctx, { month: '2026-06' }))).toMatchObject({ ok: true })
    expect(await as(tenantId, ben, (ctx) => reopenPeriod(ctx, { month: '2026-06' }))).toEqual(refused('not-asked'))
    expect(await as(tenantId, olga, (ctx) => withdrawReopen(ctx, { month: '2026-06' }))).toEqual(refused('not-asked'))
  })
})
