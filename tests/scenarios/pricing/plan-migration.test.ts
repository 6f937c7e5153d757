import { v7 } from 'uuid'
import { afterEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { applyDueMigrations } from '#app/services/migrations/apply-migrations.server.ts'
import { type CreateMigrationInput, createMigration } from '#app/services/migrations/create-migration.server.ts'
import { notifySubscribers, scheduleMigration, selectSubscribers, undoMigration } from '#app/services/migrations/decide-migration.server.ts'
import { nextNotices } from '#app/services/migrations/notices.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
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

const inMay = '2026-05-20T09:00:00Z'
/** Midnight of 1 June in Berlin. */
const firstOfJune = new Date('2026-05-31T22:00:00Z')

/** A seller with the plans "Web 1" at 19.90 and "Web 1 Plus" at 24.90, and `count` customers of the first. */
async function sellWebOne(count: number) {
  setClock(fixedClock(inMay))
  const tenantId = await buildTenant()
  const [webOne, plus] = [await buildProduct(tenantId, 'Web 1'), await buildProduct(tenantId, 'Web 1 Plus')]
  const book = await buildPriceBook(tenantId, [
    { feeKind: 'recurring', price: '19.90', productId: webOne },
    { feeKind: 'recurring', price: '24.90', productId: plus },
    { feeKind: 'setup', price: '9.00', productId: plus },
  ])
  const subscriptionIds: string[] = []
  for (let index = 0; index < count; index += 1) {
    const accountId = await buildAccount(tenantId, { name: `Customer ${index}` })
    const contractId = await buildContract(tenantId, { accountId, priceBookId: book.priceBookId })
    subscriptionIds.push(await buildSubscription(tenantId, { accountId, contractId, productId: webOne, startedAt: '2026-04-30T22:00:00Z' }))
  }
  return { tenantId, webOne, plus, book, subscriptionIds }
}

type Sold = Awaited<ReturnType<typeof sellWebOne>>

const toPlus = ({ webOne, plus }: Sold, changes: Partial<CreateMigrationInput> = {}): CreateMigrationInput => ({
  name: 'Web 1 retires',
  fromProductId: webOne,
  fromPriceVersionId: null,
  toProductId: plus,
  toPriceVersionId: null,
  applies: 'date',
  effectiveAt: firstOfJune,
  ...changes,
})

async function drafted(sold: Sold, changes: Partial<CreateMigrationInput> = {}): Promise<string> {
  const created = await asOffice(sold.tenantId, (ctx) => createMigration(ctx, toPlus(sold, changes)))
  if (!created.ok) throw new Error(created.error)
  return created.value.migrationId
}

const itemsOf = ({ tenantId }: Sold, planMigrationId: string) =>
  asOffice(tenantId, ({ db }) => db.planMigrationItem.findMany({ where: { tenantId, planMigrationId }, orderBy: { id: 'asc' } }))

const apply = ({ tenantId }: Sold) => applyDueMigrations(processOf(tenantId, {}, systemActor('test')))

/** All that a migration could touch, in one text. */
const formerState = ({ tenantId }: Sold) =>
  asOffice(tenantId, async ({ db }) =>
    JSON.stringify([
      await db.subscription.findMany({ where: { tenantId }, orderBy: { id: 'asc' } }),
      await db.subscriptionItem.findMany({ where: { tenantId }, orderBy: { id: 'asc' } }),
    ]),
  )

describe('subscribers move to another plan', () => {
  test('500 of them: the total seen before is the sum of the recurring fees on the next invoices', async () => {
    const sold = await sellWebOne(500)
    const migrationId = await drafted(sold)
    const items = await itemsOf(sold, migrationId)
    const total = items.reduce((sum, item) => sum + item.nextMinor, 0n)
    expect([items.length, total, items.reduce((sum, item) => sum + item.currentMinor, 0n)]).toEqual([500, 1245000n, 995000n])

    await asOffice(sold.tenantId, (ctx) => scheduleMigration(ctx, { migrationId }))
    setClock(fixedClock('2026-06-01T00:02:00Z'))
    expect(await apply(sold)).toEqual({ applied: 500, failed: 0, isDone: false })
    expect(await apply(sold)).toEqual({ applied: 0, failed: 0, isDone: true })

    await billMonth(sold.tenantId, '2026-06', '2026-07-01T06:00:00Z')
    const lines = await asOffice(sold.tenantId, ({ db, tenantId }) =>
      db.invoiceLine.findMany({ where: { tenantId, kind: 'recurring' }, select: { netMinor: true } }),
    )
    expect(lines.reduce((sum, line) => sum + line.netMinor, 0n)).toBe(total)
  })

  test('the month before is still billed at the old plan, whenever its run is made', async () => {
    const sold = await sellWebOne(1)
    const migrationId = await drafted(sold)
    await asOffice(sold.tenantId, (ctx) => scheduleMigration(ctx, { migrationId }))
    setClock(fixedClock('2026-06-01T00:02:00Z'))
    await apply(sold)
    await billMonth(sold.tenantId, '2026-05', '2026-06-01T06:00:00Z')
    await billMonth(sold.tenantId, '2026-06', '2026-07-01T06:00:00Z')
    const invoices = await invoicesOf(sold.tenantId)
    expect(invoices.map(({ net }) => net.minor)).toEqual([1990n, 2490n])
  })

  test('undoing before the date restores the former state', async () => {
    const sold = await sellWebOne(3)
    const before = await formerState(sold)
    const migrationId = await drafted(sold)
    await asOffice(sold.tenantId, (ctx) => scheduleMigration(ctx, { migrationId }))
    expect(await asOffice(sold.tenantId, (ctx) => undoMigration(ctx, { migrationId }))).toEqual({ ok: true, value: { undone: 3 } })

    setClock(fixedClock('2026-06-01T00:02:00Z'))
    expect((await apply(sold)).applied).toBe(0)
    expect(await formerState(sold)).toBe(before)
    expect(await asOffice(sold.tenantId, (ctx) => undoMigration(ctx, { migrationId }))).toEqual({ ok: false, error: 'migration-closed' })
  })

  test('now and at renewal: at once, or when the next service month begins', async () => {
    const sold = await sellWebOne(1)
    const atRenewal = await drafted(sold, { applies: 'renewal', effectiveAt: null })
    expect((await itemsOf(sold, atRenewal)).map((item) => item.appliesAt)).toEqual([firstOfJune])
    const atOnce = await drafted(sold, { applies: 'now', effectiveAt: null })
    await asOffice(sold.tenantId, (ctx) => scheduleMigration(ctx, { migrationId: atOnce }))
    expect((await apply(sold)).applied).toBe(1)
    const items = await asOffice(sold.tenantId, ({ db, tenantId }) =>
      db.subscriptionItem.findMany({ where: { tenantId, role: 'main' }, orderBy: { startsAt: 'asc' } }),
    )
    expect(items.map((item) => [item.productId, item.endsAt?.toISOString() ?? null])).toEqual([
      [sold.webOne, new Date(inMay).toISOString()],
      [sold.plus, null],
    ])
  })

  test('a customer who is left out keeps the plan and is told nothing', async () => {
    const sold = await sellWebOne(3)
    const migrationId = await drafted(sold)
    const [first] = await itemsOf(sold, migrationId)
    await asOffice(sold.tenantId, (ctx) => selectSubscribers(ctx, { migrationId, itemIds: [first?.id ?? ''], isSelected: false }))
    expect((await asOffice(sold.tenantId, (ctx) => notifySubscribers(ctx, { migrationId }))).ok).toBe(true)
    expect(await asOffice(sold.tenantId, (ctx) => notifySubscribers(ctx, { migrationId }))).toEqual({
      ok: false,
      error: 'already-notified',
    })

    const notices = await nextNotices(processOf(sold.tenantId, {}), { migrationId, afterId: null, limit: 10 })
    expect(notices.map(({ to, date, current, next }) => [to.name, date, current.minor, next.minor])).toEqual([
      ['Customer 1', '2026-06-01', 1990n, 2490n],
      ['Customer 2', '2026-06-01', 1990n, 2490n],
    ])
    await asOffice(sold.tenantId, (ctx) => scheduleMigration(ctx, { migrationId }))
    setClock(fixedClock('2026-06-01T00:02:00Z'))
    expect((await apply(sold)).applied).toBe(2)
  })

  test('whoever changed the plan or left meanwhile is not touched, and it says why', async () => {
    const sold = await sellWebOne(2)
    const migrationId = await drafted(sold)
    await asOffice(sold.tenantId, (ctx) => scheduleMigration(ctx, { migrationId }))
    await asOffice(sold.tenantId, async ({ db, tenantId }) => {
      await db.subscription.updateMany({
        where: { tenantId, id: sold.subscriptionIds[0] ?? '' },
        data: { state: 'ended', endedAt: new Date(inMay) },
      })
      await db.subscription.updateMany({ where: { tenantId, id: sold.subscriptionIds[1] ?? '' }, data: { productId: sold.plus } })
      await db.subscriptionItem.updateMany({
        where: { tenantId, subscriptionId: sold.subscriptionIds[1] ?? '' },
        data: { productId: sold.plus },
      })
    })
    setClock(fixedClock('2026-06-01T00:02:00Z'))
    expect(await apply(sold)).toMatchObject({ applied: 0, failed: 2 })
    expect((await itemsOf(sold, migrationId)).map((item) => item.problem)).toEqual(['subscription-ended', 'plan-changed'])
  })

  test('a plan without a price in the customer’s book leaves the customer out', async () => {
    const sold = await sellWebOne(1)
    const unpriced = await buildProduct(sold.tenantId, 'Web 9')
    const migrationId = await drafted(sold, { toProductId: unpriced })
    expect((await itemsOf(sold, migrationId)).map((item) => [item.state, item.problem])).toEqual([['excluded', 'no-price']])
    expect(await asOffice(sold.tenantId, (ctx) => scheduleMigration(ctx, { migrationId }))).toEqual({ ok: false, error: 'nobody-selected' })
  })

  test.each([
    ['nothing-changes', (sold: Sold) => toPlus(sold, { toProductId: sold.webOne })],
    ['date-missing', (sold: Sold) => toPlus(sold, { effectiveAt: null })],
    ['date-in-the-past', (sold: Sold) => toPlus(sold, { effectiveAt: new Date('2026-05-01T00:00:00Z') })],
    ['product-not-found', (sold: Sold) => toPlus(sold, { toProductId: v7() })],
    ['no-subscribers', (sold: Sold) => toPlus(sold, { fromProductId: sold.plus, toProductId: sold.webOne })],
  ])('%s is refused', async (code, input) => {
    const sold = await sellWebOne(1)
    expect(await asOffice(sold.tenantId, (ctx) => createMigration(ctx, input(sold)))).toEqual({ ok: false, error: code })
    expect(await asOffice(sold.tenantId, ({ db, tenantId }) => db.planMigration.count({ where: { tenantId } }))).toBe(0)
  })
})
