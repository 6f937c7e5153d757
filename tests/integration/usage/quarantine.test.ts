import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { releaseQuarantine } from '#app/services/usage/release-quarantine.server.ts'
import { asOffice } from '#tests/support/builders.ts'
import { bill, buildMapping, buildReseller, buildSeller, processDown, ran, reported, type Seller } from '#tests/support/usage.ts'
import { batchOf, quarantineOf, totalOf } from '#tests/support/usage-facts.ts'

const traffic = [{ feeKind: 'usage', meter: 'traffic.sent', price: '0.1' }] as const

let seller: Seller
beforeEach(async () => {
  setClock(fixedClock('2026-07-02T00:00:00Z'))
  seller = await buildSeller(traffic)
})
afterEach(() => setClock())

/** Releases all that is open, as the office would, and runs what that asks for. */
async function releaseAll(tenantId: string) {
  const result = await inTenant(tenantId, async (ctx) => {
    const open = await ctx.db.usageQuarantine.findMany({ where: { tenantId, state: 'open' }, select: { id: true } })
    return releaseQuarantine(ctx, { quarantineIds: open.map(({ id }) => id), reason: 'the cause is gone' })
  })
  const events = await inTenant(tenantId, ({ db }) =>
    db.outboxEvent.findMany({ where: { tenantId, name: 'usage/received' }, select: { data: true } }),
  )
  for (const { data } of events) {
    const event = data as { tenantId: string; batchId: string }
    await processDown(event.tenantId, event.batchId)
  }
  return result
}

async function addPrice(tenantId: string, priceBookId: string, price: { meter: string; unit: string; unitPrice: string }): Promise<void> {
  await asOffice(tenantId, async ({ db }) => {
    const { id: priceVersionId } = await db.priceVersion.findFirstOrThrow({ where: { tenantId, priceBookId } })
    const rule = {
      tenantId,
      id: crypto.randomUUID(),
      priceVersionId,
      feeKind: 'usage',
      included: '0',
      isPublic: false,
      match: {},
      ...price,
    }
    await db.priceRule.createMany({ data: [rule] })
  })
}

const runningPrice = { meter: 'server.running', unit: 'hour', unitPrice: '0.02' }

describe('usage without a price', () => {
  test('is set aside, never charged at nothing, and is accepted no more', async () => {
    const batch = await bill(seller, [reported(), ran('24')])
    expect(await quarantineOf(seller.tenantId)).toEqual(['no-price 1'])
    expect(await batchOf(seller.tenantId, batch)).toMatchObject({ stored: 2, accepted: 1, quarantined: 1, dropped: 0 })
    expect(await totalOf(seller.tenantId)).toBe('0.1 EUR')
  })

  test('is charged when it is released after a price was made', async () => {
    const batch = await bill(seller, [reported(), ran('24')])
    await addPrice(seller.tenantId, seller.priceBookId, runningPrice)
    const released = await releaseAll(seller.tenantId)
    expect(released).toMatchObject({ ok: true, value: { released: 1, batchIds: [batch] } })
    expect(await quarantineOf(seller.tenantId)).toEqual([])
    expect(await batchOf(seller.tenantId, batch)).toMatchObject({ stored: 2, accepted: 2, quarantined: 0, dropped: 0 })
    expect(await totalOf(seller.tenantId)).toBe('0.58 EUR')
  })

  test('comes back when it is released too early', async () => {
    await bill(seller, [ran('24')])
    await releaseAll(seller.tenantId)
    expect(await quarantineOf(seller.tenantId)).toEqual(['no-price 1'])
    await addPrice(seller.tenantId, seller.priceBookId, runningPrice)
    await releaseAll(seller.tenantId)
    expect(await totalOf(seller.tenantId)).toBe('0.48 EUR')
  })

  test('of one level is billed at the others', async () => {
    const reseller = await buildReseller(seller, [...traffic, { feeKind: 'usage', meter: 'server.running', unit: 'hour', price: '0.05' }])
    await bill(seller, [ran('24')])
    expect([await quarantineOf(seller.tenantId), await totalOf(reseller.tenantId)]).toEqual([['no-price 1'], '1.2 EUR'])
  })

  test('whose account has no contract is set aside, and other accounts are billed', async () => {
    const accountId = crypto.randomUUID()
    await asOffice(seller.tenantId, ({ db, tenantId }) =>
      db.account.createMany({
        data: [
          {
            tenantId,
            id: accountId,
            kind: 'business',
            name: 'No contract yet',
            email: 'a@b.example',
            language: 'de',
            country: 'DE',
            addressLines: [],
            vatIdStatus: 'none',
            status: 'active',
            createdAt: new Date(),
          },
        ],
      }),
    )
    await buildMapping(seller.tenantId, { cloudRef: seller.cloudRef, accountId, ref: 'acc-2' })
    await bill(seller, [reported(), reported({ owner: { accountId: 'acc-2' } })])
    expect([await quarantineOf(seller.tenantId), await totalOf(seller.tenantId)]).toEqual([['no-contract 1'], '0.1 EUR'])
  })

  test('in the currency of its contract is set aside, whatever its book says', async () => {
    await asOffice(seller.tenantId, ({ db, tenantId }) => db.contract.updateMany({ where: { tenantId }, data: { currency: 'CHF' } }))
    await bill(seller, [reported()])
    expect([await quarantineOf(seller.tenantId), await totalOf(seller.tenantId)]).toEqual([['no-price 1'], ''])
  })
})

describe('usage without an owner', () => {
  test('is billed when it is released after a mapping was made', async () => {
    const batch = await bill(seller, [reported({ owner: { accountId: 'acc-2' } })])
    await buildMapping(seller.tenantId, { cloudRef: seller.cloudRef, accountId: seller.accountId, ref: 'acc-2' })
    await releaseAll(seller.tenantId)
    expect(await batchOf(seller.tenantId, batch)).toMatchObject({ stored: 1, accepted: 1, quarantined: 0 })
    expect(await totalOf(seller.tenantId)).toBe('0.1 EUR')
  })

  test('at a reseller is taken in again from its parent', async () => {
    const reseller = await buildReseller(seller, traffic)
    await buildMapping(seller.tenantId, { cloudRef: seller.cloudRef, accountId: seller.accountId, ref: 'acc-2' })
    await bill(seller, [reported(), reported({ owner: { accountId: 'acc-2' }, resourceRef: 'srv-2' })])
    expect([await quarantineOf(reseller.tenantId), await totalOf(reseller.tenantId)]).toEqual([['unmapped-owner 1'], '0.1 EUR'])
    await buildMapping(reseller.tenantId, { cloudRef: seller.cloudRef, accountId: reseller.accountId, ref: 'acc-2' })
    await releaseAll(reseller.tenantId)
    expect([await quarantineOf(reseller.tenantId), await totalOf(reseller.tenantId)]).toEqual([[], '0.2 EUR'])
    expect(await totalOf(seller.tenantId)).toBe('0.2 EUR')
  })

  test('at a reseller, corrected before it was released, costs what the correction says', async () => {
    const reseller = await buildReseller(seller, traffic)
    await buildMapping(seller.tenantId, { cloudRef: seller.cloudRef, accountId: seller.accountId, ref: 'acc-2' })
    const record = (quantity: string) => reported({ owner: { accountId: 'acc-2' }, quantity })
    await bill(seller, [record('1000000000')])
    await buildMapping(reseller.tenantId, { cloudRef: seller.cloudRef, accountId: reseller.accountId, ref: 'acc-2' })
    await bill(seller, [record('3000000000')])
    expect(await totalOf(reseller.tenantId)).toBe('0.3 EUR')
    await releaseAll(reseller.tenantId)
    expect(await totalOf(reseller.tenantId)).toBe('0.3 EUR')
  })

  test('stays where it is when its mapping goes after it was billed', async () => {
    const reseller = await buildReseller(seller, traffic)
    const batchId = await bill(seller, [reported()])
    await asOffice(reseller.tenantId, ({ db, tenantId }) => db.cloudMapping.deleteMany({ where: { tenantId } }))
    await processDown(seller.tenantId, batchId)
    expect([await quarantineOf(reseller.tenantId), await totalOf(reseller.tenantId)]).toEqual([[], '0.1 EUR'])
  })
})

describe('a release', () => {
  test('is on the audit trail with its reason, and refuses what is resolved or of another tenant', async () => {
    const other = await buildSeller(traffic)
    await bill(seller, [ran('24')])
    const [open] = await asOffice(seller.tenantId, ({ db, tenantId }) => db.usageQuarantine.findMany({ where: { tenantId } }))
    const input = { quarantineIds: [open?.id ?? ''], reason: 'price added' }
    expect(await asOffice(other.tenantId, (ctx) => releaseQuarantine(ctx, input))).toEqual({ ok: false, error: 'quarantine-not-found' })
    expect(await asOffice(seller.tenantId, (ctx) => releaseQuarantine(ctx, input))).toMatchObject({ ok: true })
    expect(await asOffice(seller.tenantId, (ctx) => releaseQuarantine(ctx, input))).toEqual({ ok: false, error: 'quarantine-not-found' })
    const trail = await asOffice(seller.tenantId, ({ db, tenantId }) =>
      db.auditEntry.findMany({ where: { tenantId, action: 'usage.released' } }),
    )
    expect(trail.map(({ subjectId, detail }) => [subjectId, (detail as { reason: string }).reason])).toEqual([[open?.id, 'price added']])
  })
})
