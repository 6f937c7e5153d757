import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { openChanges, readChange } from '#app/db/subscriptions/subscription-changes.server.ts'
import { readSubscriptionItems } from '#app/db/subscriptions/subscription-items.server.ts'
import { money } from '#app/domain/money/money.ts'
import type { SubscriptionChange } from '#app/domain/subscription/subscription-change.ts'
import { acceptChange } from '#app/services/subscriptions/accept-change.server.ts'
import { applyChange, applyDueChanges } from '#app/services/subscriptions/apply-change.server.ts'
import { endTrial } from '#app/services/subscriptions/end-trial.server.ts'
import type { ChangeWhen } from '#app/services/subscriptions/plan-change.server.ts'
import { previewSubscriptionChange } from '#app/services/subscriptions/preview-change.server.ts'
import { renewSubscriptions } from '#app/services/subscriptions/renew-subscriptions.server.ts'
import { proposeChange, requestChange } from '#app/services/subscriptions/request-change.server.ts'
import { setRenewal } from '#app/services/subscriptions/set-renewal.server.ts'
import { undoChange } from '#app/services/subscriptions/undo-change.server.ts'
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

let meridian: string
let accountId: string
let web1: string
let web2: string
let backup: string
let contractId: string
let shop: string

beforeEach(async () => {
  meridian = await buildTenant()
  accountId = await buildAccount(meridian)
  web1 = await buildProduct(meridian, 'Web 1')
  web2 = await buildProduct(meridian, 'Web 2')
  backup = await buildProduct(meridian, 'Backup')
  const { priceBookId } = await buildPriceBook(meridian, [
    { feeKind: 'setup', price: '10', productId: web1 },
    { feeKind: 'recurring', price: '19', productId: web1 },
    { feeKind: 'setup', price: '10', productId: web2 },
    { feeKind: 'recurring', price: '79', productId: web2 },
    { feeKind: 'recurring', price: '12', productId: backup },
  ])
  contractId = await buildContract(meridian, { accountId, priceBookId, feesInAdvance: true })
  shop = await buildSubscription(meridian, { accountId, contractId, productId: web1, startedAt: '2026-02-09T10:00:00Z' })
})

const euro = (minor: bigint) => money(minor, 'EUR')
const asked = (change: SubscriptionChange, when: ChangeWhen = 'now') => ({
  subscriptionId: shop,
  change,
  when,
  chosenBy: 'seller' as const,
})

/** Asks for a change at an instant and lets the job make it. */
async function change(at: string, wanted: SubscriptionChange, when: ChangeWhen = 'now') {
  setClock(fixedClock(at))
  const requested = await asOffice(meridian, (ctx) => requestChange(ctx, asked(wanted, when)))
  if (!requested.ok) return requested.error
  return applyChange({ tenantId: meridian, changeId: requested.value.changeId })
}

/** The parts of the subscription, e.g. `Web 1 2026-02-09 2026-06-16`. */
async function parts() {
  const names = new Map([
    [web1, 'Web 1'],
    [web2, 'Web 2'],
    [backup, 'Backup'],
  ])
  const items = await asOffice(meridian, async (ctx) => (await readSubscriptionItems(ctx, [shop])).get(shop) ?? [])
  const day = (date: Date | null) => date?.toISOString().slice(0, 10) ?? '…'
  return items.map((item) => `${names.get(item.productId)} x${item.quantity} ${day(item.startsAt)} ${day(item.endsAt)}`)
}

async function linesOfLast() {
  const invoice = (await invoicesOf(meridian)).at(-1)
  return invoice?.sections.flatMap(({ lines }) => lines.map(({ net }) => net.minor))
}

describe('Brandt moves from Web 1 to Web 2 in the middle of June', () => {
  test('the preview, the acceptance and the invoice say the same', async () => {
    await billMonth(meridian, '2026-05', '2026-06-01T06:00:00Z')
    setClock(fixedClock('2026-06-10T09:00:00Z'))
    const proposal = asked({ kind: 'plan', productId: web2 }, { date: '2026-06-16' })
    const preview = await asOffice(meridian, (ctx) => previewSubscriptionChange(ctx, proposal))
    if (!preview.ok) throw new Error(preview.error)
    expect(preview.value.lines.map(({ amount }) => amount)).toEqual([euro(-950n), euro(3950n)])
    expect([preview.value.net, preview.value.tax, preview.value.total]).toEqual([euro(3000n), euro(570n), euro(3570n)])

    const proposed = await asOffice(meridian, (ctx) => proposeChange(ctx, proposal))
    if (!proposed.ok) throw new Error(proposed.error)
    const { changeId } = proposed.value
    await applyDueChanges(meridian)
    expect(await parts()).toEqual(['Web 1 x1 2026-02-09 …'])

    await asOffice(meridian, (ctx) => acceptChange(ctx, { subscriptionId: shop, changeId }))
    expect(await applyChange({ tenantId: meridian, changeId })).toBe('waiting')
    setClock(fixedClock('2026-06-16T04:00:00Z'))
    await applyDueChanges(meridian)
    await applyDueChanges(meridian)
    expect(await parts()).toEqual(['Web 1 x1 2026-02-09 2026-06-15', 'Web 2 x1 2026-06-15 …'])

    await billMonth(meridian, '2026-06', '2026-07-01T06:00:00Z')
    expect(await linesOfLast()).toEqual([-950n, 3950n, 7900n])
  })

  test('two people who ask at once ask for one change', async () => {
    setClock(fixedClock('2026-06-10T09:00:00Z'))
    const both = await Promise.all(
      [1, 2].map(() => asOffice(meridian, (ctx) => requestChange(ctx, asked({ kind: 'plan', productId: web2 }, 'period-end')))),
    )
    const ids = both.map((each) => (each.ok ? each.value.changeId : each.error))
    expect(ids[0]).toBe(ids[1])
    const other = await asOffice(meridian, (ctx) => requestChange(ctx, asked({ kind: 'pause' })))
    expect(other).toEqual({ ok: false, error: 'change-pending' })
  })
})

describe('what is asked for and not made', () => {
  test('an undone change is not made', async () => {
    setClock(fixedClock('2026-06-10T09:00:00Z'))
    const requested = await asOffice(meridian, (ctx) => requestChange(ctx, asked({ kind: 'cancel' }, 'period-end')))
    if (!requested.ok) throw new Error(requested.error)
    expect(requested.value.effectiveAt).toEqual(new Date('2026-06-30T22:00:00Z'))
    const input = { subscriptionId: shop, changeId: requested.value.changeId }
    expect(await asOffice(meridian, (ctx) => undoChange(ctx, input))).toEqual({ ok: true, value: undefined })
    setClock(fixedClock('2026-07-01T00:00:00Z'))
    await applyDueChanges(meridian)
    expect(await parts()).toEqual(['Web 1 x1 2026-02-09 …'])
  })

  test('a plan without a price, a day gone by, the same plan again', async () => {
    const unpriced = await buildProduct(meridian, 'Web 3')
    expect(await change('2026-06-10T09:00:00Z', { kind: 'plan', productId: unpriced })).toBe('product-not-available')
    expect(await change('2026-06-10T09:00:00Z', { kind: 'plan', productId: web2 }, { date: '2026-06-09' })).toBe('date-in-past')
    expect(await change('2026-06-10T09:00:00Z', { kind: 'plan', productId: web1 })).toBe('nothing-changes')
  })
})

describe('pause, add-on, end', () => {
  test('a pause keeps all parts for the resume', async () => {
    expect(await change('2026-05-05T10:00:00Z', { kind: 'add-on', productId: backup, quantity: '2' })).toBe('applied')
    expect(await change('2026-06-11T10:00:00Z', { kind: 'pause' })).toBe('applied')
    expect(await change('2026-06-12T10:00:00Z', { kind: 'quantity', quantity: '2' })).toBe('not-running')
    expect(await change('2026-06-21T10:00:00Z', { kind: 'resume' })).toBe('applied')
    expect(await parts()).toEqual([
      'Web 1 x1 2026-02-09 2026-06-11',
      'Backup x2 2026-05-05 2026-06-11',
      'Web 1 x1 2026-06-21 …',
      'Backup x2 2026-06-21 …',
    ])
  })

  test('a cancellation in the middle of a paid month brings the rest of it back', async () => {
    await buildSubscription(meridian, { accountId, contractId, productId: web2, startedAt: '2026-02-01T10:00:00Z', name: 'shop-02' })
    await billMonth(meridian, '2026-05', '2026-06-01T06:00:00Z')
    expect(await change('2026-06-16T08:00:00Z', { kind: 'cancel' })).toBe('applied')
    await billMonth(meridian, '2026-06', '2026-07-01T06:00:00Z')
    expect(await linesOfLast()).toEqual([-950n, 7900n])
  })

  test('a fixed term begins again, and ends where renewal is switched off', async () => {
    await inTenant(meridian, ({ db }) =>
      db.subscription.updateMany({ where: { tenantId: meridian, id: shop }, data: { endsAt: new Date('2026-05-09T10:00:00Z') } }),
    )
    setClock(fixedClock('2026-05-09T11:05:00Z'))
    expect(await renewSubscriptions(meridian)).toEqual({ renewed: 1, ended: 0, isDone: false })
    expect(await renewSubscriptions(meridian)).toEqual({ renewed: 0, ended: 0, isDone: true })
    expect(await parts()).toEqual(['Web 1 x1 2026-02-09 2026-05-09', 'Web 1 x1 2026-05-09 …'])

    await asOffice(meridian, (ctx) => setRenewal(ctx, { subscriptionId: shop, renews: false }))
    setClock(fixedClock('2026-08-10T00:05:00Z'))
    expect(await renewSubscriptions(meridian)).toEqual({ renewed: 0, ended: 1, isDone: true })
    await applyDueChanges(meridian)
    expect(await parts()).toEqual(['Web 1 x1 2026-02-09 2026-05-09', 'Web 1 x1 2026-05-09 2026-08-09'])
    const ended = await inTenant(meridian, ({ db }) =>
      db.subscription.findFirst({ where: { id: shop }, select: { state: true, endedAt: true } }),
    )
    expect(ended).toEqual({ state: 'ended', endedAt: new Date('2026-08-09T10:00:00Z') })
  })

  test('a trial that is stopped costs nothing, one that is not decided converts by itself', async () => {
    const trialEndsAt = new Date('2026-06-15T22:00:00Z')
    const startedAt = '2026-06-02T08:00:00Z'
    const kept = await buildSubscription(meridian, { accountId, contractId, productId: web1, startedAt, name: 'kept' })
    const stopped = await buildSubscription(meridian, { accountId, contractId, productId: web1, startedAt, name: 'stopped' })
    await inTenant(meridian, ({ db }) => db.subscription.updateMany({ where: { id: { in: [kept, stopped] } }, data: { trialEndsAt } }))
    setClock(fixedClock('2026-06-10T08:00:00Z'))
    await asOffice(meridian, (ctx) => endTrial(ctx, { subscriptionId: stopped, outcome: 'stop' }))
    setClock(fixedClock('2026-06-16T00:05:00Z'))
    await renewSubscriptions(meridian)
    await applyDueChanges(meridian)
    await billMonth(meridian, '2026-06', '2026-07-01T06:00:00Z')
    const charges = await asOffice(meridian, ({ db, tenantId }) =>
      db.charge.findMany({
        where: { tenantId, subscriptionId: { in: [kept, stopped] }, periodStart: { lt: new Date('2026-06-30T00:00:00Z') } },
        select: { subscriptionId: true, amount: true, feeKind: true },
        orderBy: { feeKind: 'asc' },
      }),
    )
    expect(charges.map((each) => [each.subscriptionId === kept, each.feeKind, each.amount.toString()])).toEqual([
      [true, 'recurring', '9.5'],
      [true, 'setup', '10'],
    ])
  })
})

test('a change keeps who asked for it and what was previewed', async () => {
  setClock(fixedClock('2026-06-10T09:00:00Z'))
  const requested = await asOffice(meridian, (ctx) => requestChange(ctx, asked({ kind: 'plan', productId: web2 }, 'period-end')))
  if (!requested.ok) throw new Error(requested.error)
  const { changeId } = requested.value
  const row = await asOffice(meridian, (ctx) => readChange(ctx, changeId))
  expect(row).toMatchObject({ state: 'scheduled', createdBy: 'livery', change: { kind: 'plan', productId: web2 } })
  expect(await asOffice(meridian, (ctx) => openChanges(ctx, shop))).toHaveLength(1)
})
