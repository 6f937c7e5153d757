import { readFileSync } from 'node:fs'
import { v7 } from 'uuid'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { readPlanDraft } from '#app/db/catalog/plan-drafts.server.ts'
import { readPlan } from '#app/domain/pricing/plan-file/plan-file.ts'
import { mapOwner, unmapOwner } from '#app/services/clouds/map-owner.server.ts'
import { type ImportQuotaTariffsInput, importQuotaTariffs } from '#app/services/pricing/import-quota-tariffs.server.ts'
import { closeAdapters } from '#app/wiring.server.ts'
import { billMonth, invoicesOf } from '#tests/support/billing.ts'
import { asOffice, buildAccount, buildContract, buildPriceBook, buildTenant, type RuleFacts } from '#tests/support/builders.ts'
import { buildCloud, deliver, processDown, ran, reported } from '#tests/support/usage.ts'
import { quarantineOf, totalOf } from '#tests/support/usage-facts.ts'

beforeEach(() => setClock(fixedClock('2026-06-29T06:00:00Z')))
afterEach(() => setClock())
afterAll(closeAdapters)

const file = readFileSync('tests/support/fixtures/cloudstack/constructed.quotaTariffList.json', 'utf8')

/** A seller with the rate card that `rules` say and a cloud of which nothing is mapped. */
async function sellerWith(rules: readonly RuleFacts[]) {
  const tenantId = await buildTenant()
  const cloudRef = await buildCloud(tenantId)
  const accountId = await buildAccount(tenantId)
  const { priceBookId } = await buildPriceBook(tenantId, rules)
  await buildContract(tenantId, { accountId, priceBookId })
  return { tenantId, cloudRef, accountId, priceBookId }
}

const domain = (cloudRef: string, externalId: string, accountId: string) =>
  ({ cloudRef, kind: 'domain', externalId, accountId, reason: 'agreed by phone' }) as const

describe('domains of a cloud', () => {
  test('with the same usage cost what the contract of each says', async () => {
    const { tenantId, cloudRef, accountId } = await sellerWith([{ feeKind: 'usage', meter: 'server.running', unit: 'hour', price: '0.02' }])
    const other = await buildAccount(tenantId)
    const book = await buildPriceBook(tenantId, [{ feeKind: 'usage', meter: 'server.running', unit: 'hour', price: '0.05' }])
    await buildContract(tenantId, { accountId: other, priceBookId: book.priceBookId })
    await asOffice(tenantId, (ctx) => mapOwner(ctx, domain(cloudRef, 'ROOT/one', accountId)))
    await asOffice(tenantId, (ctx) => mapOwner(ctx, domain(cloudRef, 'ROOT/two', other)))

    const hours = ['one', 'two'].map((name) => ran('10', { resourceRef: name, owner: { domainPath: `ROOT/${name}/shop` } }))
    await processDown(tenantId, await deliver({ tenantId, cloudRef }, hours))
    await billMonth(tenantId, '2026-06', '2026-07-03T06:00:00Z')
    const invoices = await invoicesOf(tenantId)
    expect(new Map(invoices.map(({ accountId: id, net }) => [id, net.minor]))).toEqual(
      new Map([
        [accountId, 20n],
        [other, 50n],
      ]),
    )
  })

  test('that are mapped late get what waited for them, once; another owner has to be taken away first', async () => {
    const { tenantId, cloudRef, accountId } = await sellerWith([{ feeKind: 'usage', meter: 'server.running', unit: 'hour', price: '0.02' }])
    const batchId = await deliver({ tenantId, cloudRef }, [ran('10', { owner: { domainPath: 'ROOT/one' } })])
    await processDown(tenantId, batchId)
    expect(await quarantineOf(tenantId)).toEqual(['unmapped-owner 1'])

    const mapped = await asOffice(tenantId, (ctx) => mapOwner(ctx, domain(cloudRef, 'ROOT/one', accountId)))
    expect(mapped).toEqual({ ok: true, value: { released: 1 } })
    await processDown(tenantId, batchId)
    await processDown(tenantId, batchId)
    expect(await totalOf(tenantId)).toBe('0.2 EUR')

    expect(await asOffice(tenantId, (ctx) => mapOwner(ctx, domain(cloudRef, 'ROOT/one', accountId)))).toMatchObject({
      error: 'mapped-already',
    })
    const mapping = await asOffice(tenantId, ({ db }) => db.cloudMapping.findFirstOrThrow({ where: { tenantId }, select: { id: true } }))
    await asOffice(tenantId, (ctx) => unmapOwner(ctx, { mappingId: mapping.id }))
    await processDown(
      tenantId,
      await deliver({ tenantId, cloudRef }, [ran('9', { resourceRef: 'srv-2', owner: { domainPath: 'ROOT/one' } })]),
    )
    expect(await quarantineOf(tenantId)).toContain('unmapped-owner 1')
  })
})

describe('tariffs of a quota', () => {
  const importing = (tenantId: string, input: Pick<ImportQuotaTariffsInput, 'priceBookId'> & Partial<ImportQuotaTariffsInput>) =>
    asOffice(tenantId, (ctx) =>
      importQuotaTariffs(ctx, { text: file, month: '2026-06', hoursOfMonth: 'of-the-month', isDryRun: false, ...input }),
    )

  test('become prices of a rate card, and those that cannot are named with the reason', async () => {
    const { tenantId, priceBookId } = await sellerWith([{ feeKind: 'usage', meter: 'snapshot', unit: 'GiB-hour', price: '0.001' }])
    const imported = await importing(tenantId, { priceBookId })
    if (!imported.ok) throw new Error(imported.error)
    const { prices, left, draftId } = imported.value
    // 17.50 a month of 720 hours; 0.10 for 2^30 bytes is less for 10^9.
    expect(prices.map(({ meter, unitPrice }) => `${meter} ${unitPrice.toFixed()}`)).toEqual([
      'server.running 0.02430556',
      'address 0.005',
      'traffic.sent 0.093132257462',
      'volume 0.00009722',
    ])
    expect(left.map(({ name, problem }) => `${name}: ${problem}`)).toEqual([
      'Allocated server: running-and-allocated',
      'Fast disk: activation-rule',
      'Address, old: ended',
      'Address, next: not-yet-in-force',
      'Cores: no-usage-of-its-own',
      'Secondary: no-size',
    ])
    const draft = await asOffice(tenantId, (ctx) => readPlanDraft(ctx, draftId ?? ''))
    const plan = readPlan(draft?.plan)
    expect(plan.ok && plan.value.usage.map(({ meter }) => meter)).toEqual([
      'snapshot',
      'server.running',
      'address',
      'traffic.sent',
      'volume',
    ])
  })

  test('are only looked at in a dry run, and a file of something else is refused', async () => {
    const { tenantId, priceBookId } = await sellerWith([{ feeKind: 'usage', meter: 'snapshot', unit: 'GiB-hour', price: '0.001' }])
    expect(await importing(tenantId, { priceBookId, isDryRun: true })).toMatchObject({ ok: true, value: { draftId: null } })
    expect(await asOffice(tenantId, ({ db }) => db.planDraft.count({ where: { tenantId } }))).toBe(0)
    expect(await importing(tenantId, { priceBookId, text: '{' })).toMatchObject({ error: 'not-json' })
    expect(await importing(tenantId, { priceBookId, text: '{"listusagerecordsresponse":{}}' })).toMatchObject({ error: 'not-tariffs' })
    expect(await importing(tenantId, { priceBookId: v7() })).toMatchObject({ error: 'book-not-found' })
    expect(await importing(tenantId, { priceBookId, text: '{"quotatarifflistresponse":{}}' })).toMatchObject({ error: 'nothing-to-take' })
  })

  test('rate a month to the cent as the cloud does', async () => {
    const taken = await importing(...(await bookOf()))
    if (!taken.ok) throw new Error(taken.error)
    const rules = taken.value.prices.map(
      ({ meter, unit, unitPrice }): RuleFacts => ({ feeKind: 'usage', meter, unit, price: unitPrice.toFixed() }),
    )
    const { tenantId, cloudRef, accountId } = await sellerWith(rules)
    await asOffice(tenantId, (ctx) => mapOwner(ctx, domain(cloudRef, 'ROOT/one', accountId)))

    const at = (day: number) => ({
      owner: { domainPath: 'ROOT/one' },
      windowStart: new Date(Date.UTC(2026, 5, day)),
      windowEnd: new Date(Date.UTC(2026, 5, day + 1)),
    })
    const days = Array.from({ length: 28 }, (_, place) => place + 1)
    const records = days.flatMap((day) => [
      ran('23.999998', at(day)),
      reported({ ...at(day), quantity: '123456789012', resourceRef: 'srv-1' }),
      reported({ ...at(day), usageType: '3', quantity: '24', resourceRef: 'ip-1' }),
      reported({ ...at(day), usageType: '6', quantity: '24', resourceRef: 'disk-1', dimensions: { sizeBytes: '53687091200' } }),
    ])
    await processDown(tenantId, await deliver({ tenantId, cloudRef }, records))
    await billMonth(tenantId, '2026-06', '2026-07-03T06:00:00Z')
    const [invoice] = await invoicesOf(tenantId)
    const lines = invoice?.sections.flatMap(({ lines: own }) => own.map(({ subject, net }) => [subject.meter, net.minor]))
    // rawUsage × 0.02430556; 114.97809924 GiB × 0.10; hours × 0.005; hours × 50 GiB × 0.00009722: the cloud keeps 8 decimals.
    expect(new Map(lines as [string, bigint][])).toEqual(
      new Map([
        ['server.running', 1633n],
        ['traffic.sent', 32194n],
        ['address', 336n],
        ['volume', 327n],
      ]),
    )
  })

  /** A book that the file is read for. */
  async function bookOf(): Promise<[string, { priceBookId: string }]> {
    const { tenantId, priceBookId } = await sellerWith([{ feeKind: 'usage', meter: 'snapshot', unit: 'GiB-hour', price: '0.001' }])
    return [tenantId, { priceBookId }]
  }
})
