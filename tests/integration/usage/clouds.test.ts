import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { listClouds } from '#app/reports/clouds/query.server.ts'
import { readInvoicePostings } from '#app/reports/invoice-postings/query.server.ts'
import { readOfficeShell } from '#app/reports/office-start/query.server.ts'
import { requestSync } from '#app/services/usage/request-sync.server.ts'
import { billMonth, invoicesOf } from '#tests/support/billing.ts'
import { asOffice, buildTenant } from '#tests/support/builders.ts'
import { bill, buildSeller, ran, reported, type Seller } from '#tests/support/usage.ts'

let seller: Seller
beforeEach(async () => {
  setClock(fixedClock('2026-06-12T10:20:45Z'))
  seller = await buildSeller()
})
afterEach(() => setClock())

/** Turns the seller's cloud into one that can be asked. */
async function connect(): Promise<void> {
  const { tenantId, cloudRef: id } = seller
  await asOffice(tenantId, ({ db }) =>
    db.cloudConnection.updateMany({
      where: { tenantId, id },
      data: { adapter: 'cloudstack', endpoint: 'https://cloud.example:8443/client/api' },
    }),
  )
}

const ask = (tenantId = seller.tenantId) => inTenant(tenantId, (ctx) => requestSync(ctx, { cloudConnectionId: seller.cloudRef }))
const syncsOf = (tenantId: string) =>
  asOffice(tenantId, ({ db }) =>
    db.outboxEvent.findMany({ where: { tenantId, name: 'usage/sync.requested' }, select: { data: true, key: true } }),
  )

describe('asking a cloud for its usage now', () => {
  test('asks for the last 35 days up to the whole minute, and notes it', async () => {
    await connect()
    expect(await ask()).toEqual({ ok: true, value: { from: new Date('2026-05-08T10:20:00Z'), to: new Date('2026-06-12T10:20:00Z') } })
    const { tenantId, cloudRef } = seller
    expect((await syncsOf(tenantId)).map(({ data }) => data)).toEqual([
      { tenantId, cloudConnectionId: cloudRef, from: '2026-05-08T10:20:00.000Z', to: '2026-06-12T10:20:00.000Z' },
    ])
    const notes = await asOffice(tenantId, ({ db }) =>
      db.auditEntry.findMany({ where: { tenantId }, select: { action: true, subjectId: true } }),
    )
    expect(notes).toEqual([{ action: 'usage.sync-requested', subjectId: cloudRef }])
  })

  test('twice within a minute goes out under one key, a minute later under another', async () => {
    await connect()
    for (const at of ['2026-06-12T10:20:45Z', '2026-06-12T10:20:59Z', '2026-06-12T10:21:00Z']) {
      setClock(fixedClock(at))
      await ask()
    }
    const keys = (await syncsOf(seller.tenantId)).map(({ key }) => key).sort()
    expect(keys).toEqual(['10:20', '10:20', '10:21'].map((time) => `${seller.cloudRef}:2026-06-12T${time}:00.000Z`))
  })

  test('is refused for a cloud that only takes files, and for a cloud of another tenant as if it were not there', async () => {
    expect(await ask()).toEqual({ ok: false, error: 'cloud-without-metering' })
    await connect()
    const stranger = await buildTenant({ slug: 'stranger' })
    expect(await ask(stranger)).toEqual({ ok: false, error: 'cloud-not-found' })
    expect(await syncsOf(stranger)).toEqual([])
  })
})

describe('the clouds of a seller', () => {
  const clouds = () => asOffice(seller.tenantId, (ctx) => listClouds(ctx))

  test('show the latest deliveries with what became of their records', async () => {
    const span = '2026-05-08T10:20:00.000Z:2026-06-12T10:20:00.000Z'
    await bill(seller, [reported(), ran('25')], `sync:${seller.cloudRef}:${span}`)
    const [cloud] = await clouds()
    expect(cloud).toMatchObject({
      name: 'Frankfurt',
      adapter: 'file',
      origin: null,
      isFetched: false,
      mappings: 1,
      quarantined: 1,
      lastSyncedAt: null,
    })
    expect(cloud?.deliveries).toMatchObject([
      {
        state: 'rated',
        span: { from: new Date('2026-05-08T10:20:00Z'), to: new Date('2026-06-12T10:20:00Z') },
        received: 2,
        accepted: 1,
        quarantined: 1,
        duplicates: 0,
      },
    ])
  })

  test('name where they answer, without the path, and are late after an hour without a sync', async () => {
    await connect()
    const { tenantId, cloudRef: id } = seller
    const syncedAt = (at: string) =>
      asOffice(tenantId, ({ db }) => db.cloudConnection.updateMany({ where: { tenantId, id }, data: { lastSyncedAt: new Date(at) } }))
    await syncedAt('2026-06-12T09:20:45Z')
    expect(await clouds()).toMatchObject([{ origin: 'https://cloud.example:8443', isFetched: true, isLate: false }])
    await syncedAt('2026-06-12T09:20:44Z')
    expect(await clouds()).toMatchObject([{ isLate: true }])
  })

  test('are in the menu of a seller that has one, and of no other', async () => {
    const reseller = await buildTenant({ slug: 'cloudless' })
    expect(await asOffice(seller.tenantId, (ctx) => readOfficeShell(ctx, 0))).toMatchObject({ hasClouds: true })
    expect(await asOffice(reseller, (ctx) => readOfficeShell(ctx, 0))).toMatchObject({ hasClouds: false })
    expect(await asOffice(reseller, (ctx) => listClouds(ctx))).toEqual([])
  })
})

test('an invoice shows how it was booked, the debit first', async () => {
  await bill(seller, [reported({ quantity: '100000000000' })])
  await billMonth(seller.tenantId, '2026-06', '2026-07-01T06:00:00Z')
  const [invoice] = await invoicesOf(seller.tenantId)
  const postings = await asOffice(seller.tenantId, (ctx) => readInvoicePostings(ctx, invoice?.id ?? ''))
  expect(postings.map(({ code, amount }) => [code, amount.minor])).toEqual([
    ['receivable', 1_190n],
    ['revenue.usage', -1_000n],
    ['tax-payable.S.19', -190n],
  ])
})
