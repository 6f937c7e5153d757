import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inStore } from '#app/db/context.server.ts'
import type { RevisionChange } from '#app/domain/catalog/revision.ts'
import { readStoreCatalog } from '#app/reports/store/query.server.ts'
import { activateDueRevisions } from '#app/services/catalog/activate-revision.server.ts'
import { discardRevision, draftRevision, editRevision, scheduleRevision } from '#app/services/catalog/edit-revision.server.ts'
import { addAffinity, addCatalog, addChannel, openReferenceCatalog, placeAccount } from '#app/services/catalog/keep-channels.server.ts'
import { quoteOrder } from '#app/services/orders/quote-order.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { asOffice, buildAccount, buildContract, buildTenant, builtAt } from '#tests/support/builders.ts'

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
      ],
    })
  })
  reference = (await asOffice(tenantId, (ctx) => openReferenceCatalog(ctx, { catalog: 'Everything', channel: 'Store' }))).catalogId
})
afterEach(() => setClock())

const store = async () =>
  ((await inStore(tenantId, (ctx) => readStoreCatalog(ctx, 'en')))?.plans ?? []).map(
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
