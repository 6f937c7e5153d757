import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { readRulesOfContract } from '#app/db/catalog/contract-price-books.server.ts'
import { inStore } from '#app/db/context.server.ts'
import type { RevisionChange } from '#app/domain/catalog/revision.ts'
import { rulesThatCount } from '#app/domain/pricing/contract-layers.ts'
import { readRevisionDetail } from '#app/reports/catalogs/revision-detail.server.ts'
import { readStoreCatalog } from '#app/reports/store/query.server.ts'
import { activateDueRevisions } from '#app/services/catalog/activate-revision.server.ts'
import {
  discardRevision,
  draftRevision,
  editRevision,
  removeChangeFrom,
  scheduleRevision,
} from '#app/services/catalog/edit-revision.server.ts'
import { addAffinity, addCatalog, addChannel, openReferenceCatalog, placeAccount } from '#app/services/catalog/keep-channels.server.ts'
import { quoteOrder } from '#app/services/orders/quote-order.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { asOffice, buildAccount, buildContract, buildPriceBook, buildTenant, builtAt } from '#tests/support/builders.ts'

const eve = '2026-06-30T21:59:59Z'
/** Midnight of 1 July in Berlin. */
const firstOfJuly = new Date('2026-06-30T22:00:00Z')

let tenantId: string
let web1: string
let web2: string
let book: string
let reference: string
beforeEach(async () => {
  setClock(fixedClock('2026-06-10T09:00:00Z'))
  tenantId = await buildTenant()
  ;[web1, web2, book] = [v7(), v7(), v7()]
  await asOffice(tenantId, async ({ db }) => {
    const spec = { cpuNumber: 1, memoryMib: 2048, diskGib: 20, locations: [{ code: 'fra-1', city: 'Frankfurt', country: 'DE' }] }
    const plan = { tenantId, kind: 'plan', description: {}, spec, status: 'published', createdAt: builtAt }
    await db.product.createMany({
      data: [
        { ...plan, id: web1, code: 'web-1', name: { en: 'Web 1' }, position: 1 },
        { ...plan, id: web2, code: 'web-2', name: { en: 'Web 2' }, position: 2 },
      ],
    })
    const versionId = v7()
    await db.priceBook.createMany({
      data: [{ tenantId, id: book, code: 'retail', name: 'Retail', currency: 'EUR', isPublic: true, createdAt: builtAt }],
    })
    await db.priceVersion.createMany({
      data: [{ tenantId, id: versionId, priceBookId: book, number: 1, isPublic: true, validFrom: builtAt, createdAt: builtAt }],
    })
    const price = { tenantId, priceVersionId: versionId, isPublic: true, feeKind: 'recurring', unit: 'month', included: '0', match: {} }
    await db.priceRule.createMany({
      data: [
        { ...price, id: v7(), productId: web1, unitPrice: '19.90' },
        { ...price, id: v7(), productId: web2, unitPrice: '79' },
        { ...price, id: v7(), productId: web1, unitPrice: '0.10', included: '100', feeKind: 'usage', meter: 'traffic.sent', unit: 'GB' },
      ],
    })
  })
  reference = (await asOffice(tenantId, (ctx) => openReferenceCatalog(ctx, { catalog: 'Everything', channel: 'Store' }))).catalogId
})
afterEach(() => setClock())

const store = async () =>
  ((await inStore(tenantId, (ctx) => readStoreCatalog(ctx, { language: 'en' })))?.plans ?? []).map(
    ({ name, monthlyCap }) => `${name} ${monthlyCap.minor}`,
  )

async function draft(changes: readonly RevisionChange[], catalogId = reference): Promise<string> {
  const drafted = await asOffice(tenantId, (ctx) => draftRevision(ctx, { catalogId, note: 'Summer' }))
  if (!drafted.ok) throw new Error(drafted.error)
  const edited = await asOffice(tenantId, (ctx) => editRevision(ctx, { revisionId: drafted.value.revisionId, changes }))
  if (!edited.ok) throw new Error(edited.error)
  return drafted.value.revisionId
}
const schedule = (revisionId: string, activateAt: Date) => asOffice(tenantId, (ctx) => scheduleRevision(ctx, { revisionId, activateAt }))
const activate = (at: string) => {
  setClock(fixedClock(at))
  return activateDueRevisions(processOf(tenantId, {}))
}

const summer = (): RevisionChange[] => [
  { kind: 'hide', productId: web2 },
  { kind: 'text', productId: web1, language: 'en', name: 'Web One' },
  {
    kind: 'price',
    productId: web1,
    priceBookId: book,
    fee: { feeKind: 'recurring', meter: null, match: {}, unitPrice: '21.90', cap: null },
  },
]

describe('a catalog revision scheduled for 1 July', () => {
  test('is not in the store on the eve and is there on the day', async () => {
    await schedule(await draft(summer()), firstOfJuly)
    expect(await activate(eve)).toEqual({ activated: 0 })
    expect(await store()).toEqual(['Web 1 1990', 'Web 2 7900'])

    expect(await activate(firstOfJuly.toISOString())).toEqual({ activated: 1 })
    expect(await store()).toEqual(['Web One 2190'])
    expect(await activate(firstOfJuly.toISOString())).toEqual({ activated: 0 })
  })

  test('that is discarded never takes effect', async () => {
    const revisionId = await draft(summer())
    await schedule(revisionId, firstOfJuly)
    await asOffice(tenantId, (ctx) => discardRevision(ctx, revisionId))
    expect(await activate('2026-07-01T09:00:00Z')).toEqual({ activated: 0 })
    expect(await store()).toEqual(['Web 1 1990', 'Web 2 7900'])
  })

  test('cannot be changed any more, and none begins in the past', async () => {
    const revisionId = await draft(summer())
    expect(await schedule(revisionId, new Date('2026-06-01T00:00:00Z'))).toEqual({ ok: false, error: 'starts-in-the-past' })
    await schedule(revisionId, firstOfJuly)
    const edited = await asOffice(tenantId, (ctx) => editRevision(ctx, { revisionId, changes: [] }))
    expect(edited).toEqual({ ok: false, error: 'not-a-draft' })
  })

  test('is refused at the change that cannot be made', async () => {
    const drafted = await asOffice(tenantId, (ctx) => draftRevision(ctx, { catalogId: reference, note: 'Summer' }))
    const revisionId = drafted.ok ? drafted.value.revisionId : ''
    const changes: RevisionChange[] = [...summer(), { kind: 'hide', productId: v7() }]
    const edited = await asOffice(tenantId, (ctx) => editRevision(ctx, { revisionId, changes }))
    expect(edited).toMatchObject({ ok: false, error: 'refused', at: { index: 3, problem: 'product-not-found' } })
  })
})

describe('a revision that changes what use costs', () => {
  test('keeps the included quantity, and begins on its day', async () => {
    const fee = { feeKind: 'usage' as const, meter: 'traffic.sent', match: {}, unitPrice: '0.15', cap: null }
    await schedule(await draft([{ kind: 'price', productId: web1, priceBookId: book, fee }]), firstOfJuly)
    const traffic = async () => {
      const plans = (await inStore(tenantId, (ctx) => readStoreCatalog(ctx, { language: 'en' })))?.plans ?? []
      return plans.filter(({ code }) => code === 'web-1').map(({ trafficGb, trafficPricePerGb }) => [trafficGb, trafficPricePerGb])
    }
    await activate(eve)
    expect(await traffic()).toEqual([[100, '0.1']])
    await activate(firstOfJuly.toISOString())
    expect(await traffic()).toEqual([[100, '0.15']])
  })
})

describe('a revision that takes over prices', () => {
  /** A book nobody but its contract sees: Web 1 at 9.90. */
  async function privateBook(): Promise<string> {
    return (await buildPriceBook(tenantId, [{ feeKind: 'recurring', price: '9.90', productId: web1 }])).priceBookId
  }
  const firstVersion = async () => {
    const { id } = await asOffice(tenantId, ({ db }) =>
      db.priceVersion.findFirstOrThrow({ where: { priceBookId: book, number: 1 }, select: { id: true } }),
    )
    return id
  }

  test('gives a channel’s catalog a book of its own with those of another book, on the day and not before', async () => {
    const source = await privateBook()
    const added = await asOffice(tenantId, (ctx) => addCatalog(ctx, { code: 'schools', name: 'Schools' }))
    const catalogId = added.ok ? added.value.catalogId : ''
    await asOffice(tenantId, ({ db }) => db.channel.updateMany({ where: { code: 'direct' }, data: { catalogId } }))
    const accountId = await buildAccount(tenantId)
    const contractId = await buildContract(tenantId, { accountId, priceBookId: book })
    const changes: RevisionChange[] = [
      { kind: 'add', productId: web1, position: 1 },
      { kind: 'price-book', priceBookId: source },
    ]
    const revisionId = await draft(changes, catalogId)
    const detail = await asOffice(tenantId, (ctx) => readRevisionDetail(ctx, revisionId))
    expect(detail?.rows.map(({ name, prices }) => [name.en, prices.map(({ feeKey, before, after }) => [feeKey, before, after])])).toEqual([
      [
        'Web 1',
        [
          ['recurring|', '19.9', '9.9'],
          ['usage|traffic.sent', '0.1', null],
        ],
      ],
      ['Web 2', [['recurring|', '79', null]]],
    ])
    await schedule(revisionId, firstOfJuly)
    await activate(eve)
    expect(await store()).toEqual([])
    await activate(firstOfJuly.toISOString())
    expect(await store()).toEqual(['Web 1 990'])
    const rules = await asOffice(tenantId, (ctx) => readRulesOfContract(ctx, contractId))
    const monthly = (at: string) =>
      rulesThatCount(rules, new Date(at)).flatMap((rule) => (rule.productId === web1 && rule.feeKind === 'recurring' ? rule.unitPrice : []))
    expect([...monthly(eve), ...monthly('2026-07-02T00:00:00Z')].map(String)).toEqual(['19.9', '9.9'])
  })

  test('brings the prices of an earlier version back, with a single price on top', async () => {
    const former = await firstVersion()
    const raise = [summer()[2] as RevisionChange]
    await schedule(await draft(raise), new Date('2026-06-10T09:00:00Z'))
    await activate('2026-06-10T09:00:00Z')
    expect(await store()).toEqual(['Web 1 2190', 'Web 2 7900'])

    const fee = { feeKind: 'recurring' as const, meter: null, match: {}, unitPrice: '75', cap: null }
    const back: RevisionChange[] = [
      { kind: 'price-version', priceVersionId: former },
      { kind: 'price', productId: web2, priceBookId: book, fee },
    ]
    await schedule(await draft(back), firstOfJuly)
    await activate(firstOfJuly.toISOString())
    expect(await store()).toEqual(['Web 1 1990', 'Web 2 7500'])
  })

  test('is refused for a book without prices on the day', async () => {
    const drafted = await asOffice(tenantId, (ctx) => draftRevision(ctx, { catalogId: reference, note: 'Summer' }))
    const revisionId = drafted.ok ? drafted.value.revisionId : ''
    const edited = await asOffice(tenantId, (ctx) =>
      editRevision(ctx, { revisionId, changes: [{ kind: 'price-book', priceBookId: v7() }] }),
    )
    expect(edited).toMatchObject({ ok: false, at: { index: 0, problem: 'price-book-not-found' } })
  })
})

test('a change is taken out of a draft alone, unless somebody changed the draft meanwhile', async () => {
  const revisionId = await draft(summer())
  const remove = (index: number, of: number) => asOffice(tenantId, (ctx) => removeChangeFrom(ctx, { revisionId, index, of }))
  expect(await remove(0, 3)).toEqual({ ok: true, value: null })
  expect(await remove(0, 3)).toEqual({ ok: false, error: 'changed-meanwhile' })
  const left = await asOffice(tenantId, (ctx) => readRevisionDetail(ctx, revisionId))
  expect(left?.changes.map(({ kind }) => kind)).toEqual(['text', 'price'])
})

describe('a channel with a catalog of its own', () => {
  test('sells what its catalog shows, and an order of anything else is refused', async () => {
    const added = await asOffice(tenantId, (ctx) => addCatalog(ctx, { code: 'schools', name: 'Schools' }))
    const catalogId = added.ok ? added.value.catalogId : ''
    await schedule(await draft([{ kind: 'add', productId: web2, position: 0 }], catalogId), new Date('2026-06-10T09:00:00Z'))
    await activate('2026-06-10T09:00:00Z')
    const channel = { code: 'schools', name: 'Schools', catalogId, segment: null, countries: [], currencies: ['EUR'], isDefault: false }
    await asOffice(tenantId, (ctx) => addChannel(ctx, channel))
    const accountId = await buildAccount(tenantId)
    await buildContract(tenantId, { accountId, priceBookId: book })
    const orderable = async () => {
      const quotes = await asOffice(tenantId, async (ctx) => {
        const first = await quoteOrder(ctx, { accountId, planCode: 'web-1' })
        const second = await quoteOrder(ctx, { accountId, planCode: 'web-2' })
        return { quotes: [first, second] }
      })
      return quotes.quotes.map((quote) => (quote.ok ? 'offered' : quote.error))
    }
    expect(await orderable()).toEqual(['offered', 'offered'])

    const { id } = await asOffice(tenantId, ({ db }) =>
      db.channel.findUniqueOrThrow({ where: { tenantId_code: { tenantId, code: 'schools' } }, select: { id: true } }),
    )
    await asOffice(tenantId, (ctx) => placeAccount(ctx, { accountId, channelId: id, segment: null }))
    expect(await orderable()).toEqual(['plan-not-found', 'offered'])
    expect(await store()).toEqual(['Web 1 1990', 'Web 2 7900'])

    await asOffice(tenantId, (ctx) => placeAccount(ctx, { accountId, channelId: null, segment: 'education' }))
    expect(await orderable()).toEqual(['offered', 'offered'])
    await asOffice(tenantId, (ctx) =>
      addAffinity(ctx, { catalogId, partnerLevelId: null, segment: 'education', country: null, priority: 1 }),
    )
    expect(await orderable()).toEqual(['plan-not-found', 'offered'])
  })
})
