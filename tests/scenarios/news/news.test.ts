import { afterEach, beforeEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inPanel, inStore, inTenant, type TenantContext } from '#app/db/context.server.ts'
import { hasStoreNews, listNewNews, listPanelNews, listStoreNews, readOfficeNews, readStoreNews } from '#app/reports/news/query.server.ts'
import { readStoreRevision } from '#app/services/catalog/store-revision.server.ts'
import { markNewsRead } from '#app/services/news/mark-news-read.server.ts'
import { publishNews } from '#app/services/news/publish-news.server.ts'
import { type SaveNewsInput, saveNews } from '#app/services/news/save-news.server.ts'
import { withdrawNews } from '#app/services/news/withdraw-news.server.ts'
import { addMember } from '#app/services/people/add-member.server.ts'

import { buildAccount } from '#tests/support/builders.ts'
import { growTenant } from '#tests/support/tree.ts'

let provider: string
let tenantId: string
beforeEach(async () => {
  setClock(fixedClock('2026-06-10T08:00:00Z'))
  provider ??= await growTenant('meridian')
  tenantId ??= await growTenant('ahorn', provider)
})
afterEach(async () => {
  for (const of of [provider, tenantId]) await inTenant(of, ({ db }) => db.news.updateMany({ data: { state: 'withdrawn' } }))
  setClock()
})

const plans = { de: { title: 'Neue Tarife', text: 'Ab heute.' }, fr: { title: 'Nouvelles offres', text: 'Dès maintenant.' } }
const draft = (facts: Partial<SaveNewsInput> = {}): SaveNewsInput => ({
  id: null,
  place: 'store-and-panel',
  showsFrom: null,
  showsUntil: null,
  texts: plans,
  ...facts,
})

async function written(facts: Partial<SaveNewsInput> = {}, of = tenantId): Promise<string> {
  const saved = await inTenant(of, (ctx) => saveNews(ctx, draft(facts)))
  if (!saved.ok) throw new Error(saved.error)
  return saved.value
}

async function published(facts: Partial<SaveNewsInput> = {}, of = tenantId): Promise<string> {
  const id = await written(facts, of)
  expect(await inTenant(of, (ctx) => publishNews(ctx, id))).toEqual({ ok: true, value: null })
  return id
}

const languages = ['fr', 'de'] as const
const inTheStore = async (of = tenantId) => (await inStore(of, (ctx) => listStoreNews(ctx, { languages }))).map(({ title }) => title)

async function customer(): Promise<{ accountId: string; userId: string }> {
  const accountId = await buildAccount(tenantId)
  const person = { email: `${accountId}@example.test`, name: 'Erika', language: 'de', profile: 'customer-owner' } as const
  await inTenant(tenantId, (ctx) => addMember(ctx, { ...person, accountId }))
  const { userId } = await inTenant(tenantId, ({ db }) => db.membership.findFirstOrThrow({ where: { accountId } }))
  return { accountId, userId }
}

type Reader = Awaited<ReturnType<typeof customer>>
const inThePanel = async (reader: Reader) =>
  (await inPanel(tenantId, [reader.accountId], (ctx) => listPanelNews(ctx, { languages, ...reader }))).map(
    ({ title, isNew }) => `${title}${isNew ? ' (new)' : ''}`,
  )
const at = (instant: string) => setClock(fixedClock(instant))

test('a draft is the office’s alone; what is published is read in the language wanted, until it is withdrawn', async () => {
  const id = await written()
  expect([await inTheStore(), await inThePanel(await customer())]).toEqual([[], []])
  await published({ id })
  expect([await inTheStore(), await inThePanel(await customer())]).toEqual([['Nouvelles offres'], ['Nouvelles offres (new)']])
  const german = await inStore(tenantId, (ctx) => readStoreNews(ctx, { id, languages: ['en', 'de'] }))
  expect(german).toMatchObject({ language: 'de', title: 'Neue Tarife', at: new Date('2026-06-10T08:00:00Z') })

  expect(await inTenant(tenantId, (ctx) => withdrawNews(ctx, id))).toEqual({ ok: true, value: null })
  expect([await inTheStore(), await inThePanel(await customer())]).toEqual([[], []])
  expect(await inStore(tenantId, (ctx) => readStoreNews(ctx, { id, languages }))).toBeNull()
  expect((await inTenant(tenantId, (ctx) => readOfficeNews(ctx, id)))?.standing).toBe('withdrawn')
})

test('news is shown from its day until its last', async () => {
  await published({ showsFrom: new Date('2026-06-12T00:00:00Z'), showsUntil: new Date('2026-06-14T00:00:00Z') })
  expect([await inTheStore(), await inStore(tenantId, hasStoreNews)]).toEqual([[], false])
  at('2026-06-12T00:00:00Z')
  expect([await inTheStore(), await inStore(tenantId, hasStoreNews)]).toEqual([['Nouvelles offres'], true])
  at('2026-06-14T00:00:00Z')
  expect(await inTheStore()).toEqual([])
})

test('what is for the panel alone does not exist in the store', async () => {
  const id = await published({ place: 'panel' })
  expect([await inTheStore(), await inThePanel(await customer())]).toEqual([[], ['Nouvelles offres (new)']])
  expect(await inStore(tenantId, ({ db }) => db.news.count())).toBe(0)
  expect(await inStore(tenantId, (ctx) => readStoreNews(ctx, { id, languages }))).toBeNull()
})

test('the news of one seller is never another’s: a provider’s is not shown in the stores of its resellers', async () => {
  const id = await published({}, provider)
  expect([await inTheStore(provider), await inTheStore()]).toEqual([['Nouvelles offres'], []])
  expect(await inThePanel(await customer())).toEqual([])
  expect(await inTenant(tenantId, (ctx) => readOfficeNews(ctx, id))).toBeNull()
  expect(await inTenant(tenantId, (ctx) => saveNews(ctx, draft({ id })))).toEqual({ ok: false, error: 'news-not-found' })
  expect(await inTenant(tenantId, (ctx) => withdrawNews(ctx, id))).toEqual({ ok: false, error: 'news-not-found' })
})

test('news is new to a person until that person has read it', async () => {
  const [one, other] = [await customer(), await customer()]
  await published()
  expect([await inThePanel(one), await inThePanel(other)]).toEqual([['Nouvelles offres (new)'], ['Nouvelles offres (new)']])
  at('2026-06-10T09:00:00Z')
  await inPanel(tenantId, [one.accountId], (ctx) => markNewsRead(ctx, one))
  expect([await inThePanel(one), await inThePanel(other)]).toEqual([['Nouvelles offres'], ['Nouvelles offres (new)']])

  at('2026-06-11T09:00:00Z')
  await published({ texts: { de: { title: 'Feiertag', text: 'Das Büro ist zu.' } } })
  expect(await inThePanel(one)).toEqual(['Feiertag (new)', 'Nouvelles offres'])
  const heads = await inPanel(tenantId, [one.accountId], (ctx) => listNewNews(ctx, { languages, ...one }))
  expect(heads.map(({ title }) => title)).toEqual(['Feiertag'])
})

test('readers write no news', async () => {
  const { accountId } = await customer()
  const facts = { tenantId, place: 'panel', state: 'published', texts: {}, createdBy: 'x', changedBy: 'x' }
  const row = (at: Date) => ({ ...facts, id: accountId, showsFrom: at, publishedAt: at, createdAt: at, changedAt: at })
  const write = ({ db, now }: TenantContext) => db.news.createMany({ data: [row(now)] })
  await expect(inPanel(tenantId, [accountId], write)).rejects.toThrow('row-level security')
  await expect(inStore(tenantId, write)).rejects.toThrow('row-level security')
})

test('each change gives the store’s kept pages a new number', async () => {
  const revision = () => inStore(tenantId, readStoreRevision)
  const before = await revision()
  const id = await published()
  const after = await revision()
  expect(after).not.toBe(before)
  await inTenant(tenantId, (ctx) => withdrawNews(ctx, id))
  expect(await revision()).not.toBe(after)
})

test('news says something in some language and ends after it begins; each deed is in the audit trail', async () => {
  const save = (facts: Partial<SaveNewsInput>) => inTenant(tenantId, (ctx) => saveNews(ctx, draft(facts)))
  expect(await save({ texts: {} })).toEqual({ ok: false, error: 'no-text' })
  const day = new Date('2026-06-12T00:00:00Z')
  expect(await save({ showsFrom: day, showsUntil: day })).toEqual({ ok: false, error: 'ends-before-start' })
  const id = await published()
  await save({ id, place: 'panel' })
  await inTenant(tenantId, (ctx) => withdrawNews(ctx, id))
  const trail = await inTenant(tenantId, ({ db }) => db.auditEntry.findMany({ where: { subjectId: id }, orderBy: { id: 'asc' } }))
  expect(trail.map(({ action }) => action)).toEqual(['news.written', 'news.published', 'news.changed', 'news.withdrawn'])
})
