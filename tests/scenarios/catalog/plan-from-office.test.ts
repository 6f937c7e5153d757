import { afterAll, beforeAll, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { readPlanDraft } from '#app/db/catalog/plan-drafts.server.ts'
import { inStore, inTenant, type TenantContext } from '#app/db/context.server.ts'
import { PlanOffering } from '#app/domain/catalog/plan-offering.ts'
import { ProductDraft } from '#app/domain/catalog/product.ts'
import { readProduct } from '#app/reports/products/detail.server.ts'
import { readStoreCatalog } from '#app/reports/store/query.server.ts'
import { placeOrder } from '#app/services/orders/place-order.server.ts'
import { activatePlanDraft } from '#app/services/pricing/activate-plan-draft.server.ts'
import { savePlanDraft, startPlanDraft } from '#app/services/pricing/save-plan-draft.server.ts'
import { submitPlanDraft } from '#app/services/pricing/submit-plan-draft.server.ts'
import { addProduct, changeProduct, moveProduct, placePlan, translateProduct } from '#app/services/products/save-product.server.ts'
import { register } from '#tests/integration/auth/store-people.ts'
import { growTenant } from '#tests/support/tree.ts'

const writer = '0192f000-0000-7000-8000-000000000001'
const second = '0192f000-0000-7000-8000-000000000002'
const now = '2026-06-10T08:00:00Z'
const begins = '2026-06-10T09:00:00Z'

let tenantId: string
beforeAll(async () => {
  setClock(fixedClock(now))
  tenantId = await growTenant('ahorn')
})
afterAll(() => setClock())

const as = <T>(work: (ctx: TenantContext) => Promise<T>, userId = writer) => inTenant(tenantId, work, { actor: { kind: 'user', userId } })
const draft = ProductDraft.parse({ code: 'web-9', kind: 'plan', productGroup: 'web', proration: 'second' })
const offering = PlanOffering.parse({
  cpuNumber: '4',
  memoryMib: '8192',
  diskGib: '160',
  locations: 'vie1, Wien, AT\nfra1, Frankfurt, DE',
  images: 'debian-12, Debian 12, linux',
})
const text = { name: 'Web 9', description: 'Für große Seiten' }
const add = () => as((ctx) => addProduct(ctx, { draft, language: 'de', text, offering }))
const plansShown = async (language: string) => (await inStore(tenantId, (ctx) => readStoreCatalog(ctx, { language })))?.plans ?? []

/** Writes a price of the plan in the public book, which another person activates. */
async function price(productId: string, monthly: string): Promise<void> {
  const { id: priceBookId } = await as(({ db }) => db.priceBook.findFirstOrThrow({ where: { code: 'public' }, select: { id: true } }))
  const started = await as((ctx) => startPlanDraft(ctx, { priceBookId, productId }))
  const draftId = started.ok ? started.value.draftId : ''
  const plan = (await as((ctx) => readPlanDraft(ctx, draftId)))?.plan as object
  await as((ctx) => savePlanDraft(ctx, { draftId, plan: { ...plan, fees: [{ kind: 'recurring', price: monthly }] } }))
  const submitted = await as((ctx) => submitPlanDraft(ctx, { draftId, activateAt: new Date(begins), reason: null }))
  const activated = await as((ctx) => activatePlanDraft(ctx, { draftId }), second)
  if (!submitted.ok || !activated.ok) throw new Error(JSON.stringify([submitted, activated]))
}

test('a plan made in the office is priced, translated, published, and then ordered in the store at a place of its own', async () => {
  const added = await add()
  if (!added.ok) throw new Error(added.error)
  const { productId } = added.value
  await price(productId, '24.00')
  await as((ctx) => translateProduct(ctx, { productId, language: 'en', ownLanguage: 'de', text: { name: 'Web nine', description: '' } }))
  expect(await plansShown('en')).toEqual([])

  setClock(fixedClock(begins))
  expect((await as((ctx) => moveProduct(ctx, { productId, state: 'published' }))).ok).toBe(true)
  expect(await plansShown('en')).toMatchObject([{ name: 'Web nine', cpuNumber: 4, memoryMib: 8_192, diskGib: 160 }])
  expect(await plansShown('de')).toMatchObject([{ name: 'Web 9' }])

  const { accountId } = await register(tenantId, 'kunde@kunde.example')
  await as(({ db }) => db.user.updateMany({ data: { emailConfirmedAt: new Date(now) } }))
  const order = (locationCode: string) =>
    placeOrder({
      tenantId,
      accountIds: [accountId],
      accountId,
      planCode: 'web-9',
      locationCode,
      imageCode: 'debian-12',
      name: 'shop',
      idempotencyKey: `form-${locationCode}`,
      actor: { kind: 'system', name: 'test' },
    })
  expect(await order('dxb-1')).toEqual({ ok: false, error: 'location-not-offered' })
  expect((await order('fra1')).ok).toBe(true)

  const fewer = { ...offering, locations: offering.locations.slice(0, 1) }
  expect((await as((ctx) => placePlan(ctx, { productId, places: fewer }))).ok).toBe(true)
  const { code: _code, kind: _kind, ...terms } = draft
  expect((await as((ctx) => changeProduct(ctx, { productId, draft: { ...terms, termMonths: 12 } }))).ok).toBe(true)
  const kept = { locations: 'vie1, Wien, AT', images: 'debian-12, Debian 12, linux' }
  expect(await as((ctx) => readProduct(ctx, productId))).toMatchObject({ offering: kept, spec: { cpuNumber: 4, termMonths: 12 } })
})

test('who buys from a parent takes plans over from there instead', async () => {
  const parent = tenantId
  tenantId = await growTenant('lakeside', parent)
  expect(await add()).toEqual({ ok: false, error: 'plan-by-offer' })
})
