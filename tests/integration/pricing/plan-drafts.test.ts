import { afterEach, beforeEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { readPriceRules } from '#app/db/catalog/catalog.server.ts'
import { readPlanDraft } from '#app/db/catalog/plan-drafts.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { activatePlanDraft } from '#app/services/pricing/activate-plan-draft.server.ts'
import { discardPlanDraft } from '#app/services/pricing/discard-plan-draft.server.ts'
import { savePlanDraft, startPlanDraft } from '#app/services/pricing/save-plan-draft.server.ts'
import { submitPlanDraft } from '#app/services/pricing/submit-plan-draft.server.ts'
import { buildPriceBook, buildProduct, buildTenant } from '#tests/support/builders.ts'

const writer = '0192f000-0000-7000-8000-000000000001'
const second = '0192f000-0000-7000-8000-000000000002'
const july = new Date('2026-07-01T00:00:00Z')

let tenantId: string
let productId: string
let priceBookId: string
beforeEach(async () => {
  setClock(fixedClock('2026-06-10T08:00:00Z'))
  tenantId = await buildTenant()
  productId = await buildProduct(tenantId, 'web')
  const book = await buildPriceBook(tenantId, [
    { feeKind: 'recurring', price: '20', productId },
    { feeKind: 'usage', price: '0.10', meter: 'traffic.sent' },
  ])
  priceBookId = book.priceBookId
})
afterEach(() => setClock())

const as = <T>(userId: string, work: (ctx: TenantContext) => Promise<T>) => inTenant(tenantId, work, { actor: { kind: 'user', userId } })

async function started(): Promise<{ draftId: string; plan: Record<string, unknown> }> {
  const result = await as(writer, (ctx) => startPlanDraft(ctx, { priceBookId, productId }))
  const draftId = result.ok ? result.value.draftId : ''
  const draft = await as(writer, (ctx) => readPlanDraft(ctx, draftId))
  return { draftId, plan: draft?.plan as Record<string, unknown> }
}

const tiers = [
  { upTo: '100', unitPrice: '0.20' },
  { upTo: null, unitPrice: '0.05' },
]

test('a draft begins with the prices in force', async () => {
  const { plan } = await started()
  expect(plan).toMatchObject({
    format: 'livery-plan/1',
    kind: 'plan',
    currency: 'EUR',
    proration: 'day',
    fees: [{ kind: 'recurring', price: '20' }],
  })
})

test('a plan that a second person activates is a new version; the former one keeps its prices', async () => {
  const { draftId, plan } = await started()
  const usage = [{ meter: 'traffic.sent', unit: 'GB', model: { kind: 'graduated', tiers } }]
  await as(writer, (ctx) => savePlanDraft(ctx, { draftId, plan: { ...plan, fees: [{ kind: 'recurring', price: '25' }], usage } }))
  expect(await as(writer, (ctx) => submitPlanDraft(ctx, { draftId, activateAt: july, reason: null }))).toEqual({ ok: true, value: null })
  expect(await as(writer, (ctx) => activatePlanDraft(ctx, { draftId }))).toEqual({ ok: false, error: 'own-draft' })
  expect(await as(second, (ctx) => activatePlanDraft(ctx, { draftId }))).toMatchObject({ ok: true })

  const rules = await as(second, (ctx) => readPriceRules(ctx, [priceBookId]))
  const said = rules.map((rule) => [rule.validFrom.toISOString().slice(0, 10), rule.feeKind, rule.model.kind, rule.unitPrice.toFixed()])
  expect(said.sort()).toEqual([
    ['2026-01-01', 'recurring', 'per-unit', '20'],
    ['2026-01-01', 'usage', 'per-unit', '0.1'],
    ['2026-07-01', 'recurring', 'per-unit', '25'],
    ['2026-07-01', 'usage', 'graduated', '0'],
    ['2026-07-01', 'usage', 'per-unit', '0.1'],
  ])
  expect(await as(second, (ctx) => activatePlanDraft(ctx, { draftId }))).toEqual({ ok: false, error: 'not-submitted' })
  expect(await as(writer, (ctx) => savePlanDraft(ctx, { draftId, plan }))).toEqual({ ok: false, error: 'draft-closed' })
})

test('reminders and prices of new orders travel with the file, and count once it is activated', async () => {
  const { draftId, plan } = await started()
  expect([plan.reminderDays, plan.pricePolicy]).toEqual([undefined, undefined])
  const terms = { reminderDays: 14, pricePolicy: 'pinned' }
  await as(writer, (ctx) => savePlanDraft(ctx, { draftId, plan: { ...plan, ...terms } }))
  await as(writer, (ctx) => submitPlanDraft(ctx, { draftId, activateAt: july, reason: null }))
  expect((await started()).plan).not.toMatchObject(terms)
  expect(await as(second, (ctx) => activatePlanDraft(ctx, { draftId }))).toMatchObject({ ok: true })
  expect((await started()).plan).toMatchObject({ proration: 'day', ...terms })
})

test('a plan that is wrong is kept as typed, but not submitted: each field is named', async () => {
  const { draftId, plan } = await started()
  const wrong = { ...plan, currency: 'USD', code: 'nobody', fees: [{ kind: 'recurring', price: '20' }] }
  await as(writer, (ctx) => savePlanDraft(ctx, { draftId, plan: wrong }))
  expect(await as(writer, (ctx) => submitPlanDraft(ctx, { draftId, activateAt: july, reason: null }))).toEqual({
    ok: false,
    error: 'bad-plan',
    problems: [
      { pointer: '/currency', code: 'other-currency' },
      { pointer: '/code', code: 'unknown-product' },
    ],
  })
})

test('a submitted plan that is changed must be submitted again, and a discarded one is closed', async () => {
  const { draftId, plan } = await started()
  await as(writer, (ctx) => submitPlanDraft(ctx, { draftId, activateAt: july, reason: null }))
  await as(second, (ctx) => savePlanDraft(ctx, { draftId, plan }))
  expect(await as(second, (ctx) => activatePlanDraft(ctx, { draftId }))).toEqual({ ok: false, error: 'not-submitted' })
  await as(writer, (ctx) => discardPlanDraft(ctx, { draftId }))
  expect(await as(writer, (ctx) => discardPlanDraft(ctx, { draftId }))).toEqual({ ok: false, error: 'draft-closed' })
})

test('a start in the past is refused, and a book of another tenant is not there', async () => {
  const { draftId } = await started()
  const activateAt = new Date('2026-06-01T00:00:00Z')
  expect(await as(writer, (ctx) => submitPlanDraft(ctx, { draftId, activateAt, reason: null }))).toEqual({
    ok: false,
    error: 'starts-in-the-past',
  })
  const other = await buildTenant({ slug: 'other' })
  expect(await inTenant(other, (ctx) => startPlanDraft(ctx, { priceBookId, productId }))).toEqual({ ok: false, error: 'book-not-found' })
})
