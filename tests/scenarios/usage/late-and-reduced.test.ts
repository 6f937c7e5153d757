import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { acceptQuantity } from '#app/services/usage/accept-quantity.server.ts'
import { previewAcceptedQuantity } from '#app/services/usage/preview-accepted-quantity.server.ts'
import { closeAdapters } from '#app/wiring.server.ts'
import { billMonth, invoicesOf } from '#tests/support/billing.ts'
import { asOffice, buildAccount, buildContract } from '#tests/support/builders.ts'
import { lineTotals, pdfHashOf, sellOnTwoLevels, sent } from '#tests/support/two-levels.ts'
import { bill, buildSeller, processDown, type Seller } from '#tests/support/usage.ts'
import { chargesOf, quarantineOf, stateOf, totalOf } from '#tests/support/usage-facts.ts'

const firstOfJuly = '2026-07-01T08:00:00Z'
const thirdOfJuly = '2026-07-03T06:00:00Z'
const firstOfAugust = '2026-08-01T08:00:00Z'

beforeEach(() => setClock(fixedClock('2026-06-29T06:00:00Z')))
afterEach(() => setClock())
afterAll(closeAdapters)

const reason = 'the cloud measured twice'

function openReports({ tenantId }: Seller): Promise<{ id: string; batchId: string }[]> {
  return inTenant(tenantId, ({ db }) =>
    db.usageQuarantine.findMany({ where: { tenantId, state: 'open' }, select: { id: true, batchId: true }, orderBy: { id: 'asc' } }),
  )
}

/** Accepts every report that waits, and has its batches rated and handed down as the job does. */
async function acceptAll(seller: Seller): Promise<void> {
  const open = await openReports(seller)
  const accepted = await asOffice(seller.tenantId, (ctx) => acceptQuantity(ctx, { quarantineIds: open.map(({ id }) => id), reason }))
  if (!accepted.ok) throw new Error(accepted.error)
  for (const batchId of new Set(open.map((report) => report.batchId))) await processDown(seller.tenantId, batchId)
}

const previewOf = async (seller: Seller) => {
  const open = await openReports(seller)
  return asOffice(seller.tenantId, (ctx) =>
    previewAcceptedQuantity(
      ctx,
      open.map(({ id }) => id),
    ),
  )
}

/** What the second invoice comes to, by the billing month each line names. */
async function monthsOf(seller: Seller): Promise<Record<string, bigint>> {
  const months: Record<string, bigint> = {}
  for (const [key, total] of await lineTotals(seller, 1)) months[key.slice(0, 10)] = (months[key.slice(0, 10)] ?? 0n) + total
  return months
}

describe('late and reduced usage after the invoice of its month was finalised', () => {
  test('is the difference to the cent on the next invoice of each level, and the finalised ones keep their bytes', async () => {
    const { provider, reseller } = await sellOnTwoLevels()
    await bill(provider, [sent(130, '2026-06-10')])
    for (const level of [provider, reseller]) await billMonth(level.tenantId, '2026-06', firstOfJuly)
    const before = [(await invoicesOf(provider.tenantId))[0], (await invoicesOf(reseller.tenantId))[0]] as const
    expect(before.map((invoice) => invoice?.net.minor)).toEqual([1150n, 1500n])
    const hashes = [await pdfHashOf(provider, before[0]?.id ?? ''), await pdfHashOf(reseller, before[1]?.id ?? '')]

    setClock(fixedClock(thirdOfJuly))
    await bill(provider, [sent(6, '2026-06-28')])
    await bill(provider, [sent(88, '2026-06-10')])
    expect(await quarantineOf(provider.tenantId)).toEqual(['conflicting-quantity 1'])
    await acceptAll(provider)
    await bill(provider, [sent(100, '2026-07-02')])
    expect(await quarantineOf(provider.tenantId)).toEqual([])
    for (const level of [provider, reseller]) await billMonth(level.tenantId, '2026-07', firstOfAugust)

    // June is 94 GB now: 9.40 instead of 11.50 here; there 44 GB above the allowance, 8.80 instead of the cap of 15.00.
    expect([await monthsOf(provider), await monthsOf(reseller)]).toEqual([
      { '2026-06-01': -210n, '2026-07-01': 1000n },
      { '2026-06-01': -620n, '2026-07-01': 1000n },
    ])
    const after = [(await invoicesOf(provider.tenantId))[0], (await invoicesOf(reseller.tenantId))[0]] as const
    expect(after.map((invoice) => invoice?.contentHash)).toEqual(before.map((invoice) => invoice?.contentHash))
    expect([await pdfHashOf(provider, after[0]?.id ?? ''), await pdfHashOf(reseller, after[1]?.id ?? '')]).toEqual(hashes)
  })

  test('is seen first, with old and new quantity, the invoice it stands on and the difference; seeing changes nothing', async () => {
    const { provider, reseller } = await sellOnTwoLevels()
    await bill(provider, [sent(130, '2026-06-10')])
    for (const level of [provider, reseller]) await billMonth(level.tenantId, '2026-06', firstOfJuly)
    await bill(provider, [sent(88, '2026-06-10')])
    const untouched = await stateOf(provider.tenantId)
    const [invoice] = await invoicesOf(provider.tenantId)

    const { rows, totals, refused } = await previewOf(provider)
    expect(rows.map((row) => [row.before?.toFixed(), row.after.toFixed(), row.difference.toFixed(), row.invoiceNumber])).toEqual([
      ['130', '88', '-2.7', invoice?.number],
    ])
    expect([totals.map(({ minor }) => minor), refused]).toEqual([[-270n], []])
    expect(await stateOf(provider.tenantId)).toBe(untouched)

    await acceptAll(provider)
    expect([await totalOf(provider.tenantId), await totalOf(reseller.tenantId)]).toEqual(['8.8 EUR', '7.6 EUR'])
    for (const level of [provider, reseller]) {
      const added = (await chargesOf(level.tenantId)).filter((charge) => charge.class === 'Correction')
      expect(added.map(({ billingPeriod }) => billingPeriod)).toEqual(added.map(() => '2026-06-01'))
      expect(added.some(({ quantity }) => quantity.startsWith('-')) && added.some(({ quantity }) => quantity === '88')).toBe(true)
    }
  })
})

describe('accepting a reported quantity', () => {
  let seller: Seller
  beforeEach(async () => {
    seller = await buildSeller()
    await bill(seller, [sent(100, '2026-06-10'), sent(50, '2026-06-11')])
  })

  test('takes many at once, and usage that was withdrawn costs nothing any more', async () => {
    await bill(seller, [sent(70, '2026-06-10'), sent(0, '2026-06-11')])
    await acceptAll(seller)
    expect(await totalOf(seller.tenantId)).toBe('7 EUR')
    expect(await quarantineOf(seller.tenantId)).toEqual([])
  })

  test('twice, or when nothing waits, is refused and changes nothing', async () => {
    await bill(seller, [sent(70, '2026-06-10')])
    const quarantineIds = (await openReports(seller)).map(({ id }) => id)
    await acceptAll(seller)
    const settled = await stateOf(seller.tenantId)
    const again = await asOffice(seller.tenantId, (ctx) => acceptQuantity(ctx, { quarantineIds, reason }))
    expect(again).toEqual({ ok: false, error: 'quarantine-not-found' })
    expect(await stateOf(seller.tenantId)).toBe(settled)
  })

  test('of several reports of one fact the latest counts', async () => {
    await bill(seller, [sent(70, '2026-06-10')])
    await bill(seller, [sent(80, '2026-06-10')])
    await acceptAll(seller)
    expect(await totalOf(seller.tenantId)).toBe('13 EUR')
  })

  test('what is reported afterwards is compared with what was accepted', async () => {
    await bill(seller, [sent(70, '2026-06-10')])
    await acceptAll(seller)
    await bill(seller, [sent(90, '2026-06-10')])
    expect(await totalOf(seller.tenantId)).toBe('14 EUR')
    await bill(seller, [sent(60, '2026-06-10')])
    expect(await quarantineOf(seller.tenantId)).toEqual(['conflicting-quantity 1'])
    expect(await totalOf(seller.tenantId)).toBe('14 EUR')
  })

  test('of a server that changed hands gives back to one and charges the other', async () => {
    const other = await buildAccount(seller.tenantId)
    await buildContract(seller.tenantId, { accountId: other, priceBookId: seller.priceBookId })
    await inTenant(seller.tenantId, async ({ db }) => {
      const mapping = await db.cloudMapping.findFirstOrThrow({ where: { tenantId: seller.tenantId, externalId: 'acc-1' } })
      await db.cloudMapping.updateMany({ where: { tenantId: seller.tenantId, id: mapping.id }, data: { accountId: other } })
    })
    await bill(seller, [sent(70, '2026-06-10')])
    const { rows } = await previewOf(seller)
    expect(
      rows.map((row) => [row.accountId === other, row.before?.toFixed() ?? null, row.after.toFixed(), row.difference.toFixed()]),
    ).toEqual(
      expect.arrayContaining([
        [false, '100', '0', '-10'],
        [true, null, '70', '7'],
      ]),
    )
    await acceptAll(seller)
    expect(await totalOf(seller.tenantId)).toBe('12 EUR')
  })

  test('is written down with its reason, and nobody of another seller reaches it', async () => {
    await bill(seller, [sent(70, '2026-06-10')])
    const [report] = await openReports(seller)
    const stranger = await buildSeller()
    const quarantineIds = [report?.id ?? '']
    const refused = await asOffice(stranger.tenantId, (ctx) => acceptQuantity(ctx, { quarantineIds, reason }))
    expect(refused).toEqual({ ok: false, error: 'quarantine-not-found' })

    await acceptAll(seller)
    const entries = await inTenant(seller.tenantId, ({ db }) => db.auditEntry.findMany({ where: { action: 'usage.quantity-accepted' } }))
    expect(entries.map(({ subjectId, detail }) => [subjectId, detail])).toEqual([
      [report?.id, { reason, before: '100000000000', after: '70000000000' }],
    ])
  })
})
