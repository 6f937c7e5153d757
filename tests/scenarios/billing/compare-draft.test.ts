import { afterEach, expect, test } from 'vitest'
import { setClock } from '#app/config/clock.server.ts'
import { readBillingRun } from '#app/reports/billing-runs/query.server.ts'
import { readOfficeStart } from '#app/reports/office-start/query.server.ts'
import { compareDraft } from '#app/services/billing/compare-draft.server.ts'
import { draftBillingRun, finaliseAllDrafts } from '#app/services/billing/run-billing.server.ts'
import { saveBillingSettings } from '#app/services/billing/save-billing-settings.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { billMonth, openRun } from '#tests/support/billing.ts'
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

/** Linde runs Web 1 in May, gives up its backup at the end of it, and takes care beside it in June. */
async function june() {
  const tenantId = await buildTenant()
  const [web1, backup, care] = [
    await buildProduct(tenantId, 'Web 1'),
    await buildProduct(tenantId, 'Backup'),
    await buildProduct(tenantId, 'Care'),
  ]
  const prices = [
    { feeKind: 'recurring', price: '24.90', productId: web1 },
    { feeKind: 'recurring', price: '12.00', productId: backup },
    { feeKind: 'recurring', price: '49.00', productId: care },
  ] as const
  const { priceBookId } = await buildPriceBook(tenantId, prices)
  const accountId = await buildAccount(tenantId, { name: 'Café Linde' })
  const contractId = await buildContract(tenantId, { accountId, priceBookId })
  const common = { accountId, contractId }
  await buildSubscription(tenantId, { ...common, productId: web1, startedAt: '2026-04-30T22:00:00Z' })
  const may = { startedAt: '2026-04-30T22:00:00Z', endedAt: '2026-05-31T22:00:00Z' }
  await buildSubscription(tenantId, { ...common, productId: backup, ...may })
  await buildSubscription(tenantId, { ...common, productId: care, startedAt: '2026-05-31T22:00:00Z' })
  await billMonth(tenantId, '2026-05', '2026-06-01T06:00:00Z')
  const billingRunId = await openRun(tenantId, '2026-06', '2026-07-01T06:00:00Z')
  await draftBillingRun(processOf(tenantId, {}), { billingRunId })
  const run = await asOffice(tenantId, (ctx) => readBillingRun(ctx, billingRunId))
  return { tenantId, billingRunId, draftId: run?.drafts[0]?.id ?? '' }
}

async function comparedIn({ tenantId, ...draft }: Awaited<ReturnType<typeof june>>) {
  const compared = await asOffice(tenantId, (ctx) => compareDraft(ctx, draft))
  if (!compared.ok) throw new Error(compared.error)
  const { rows, previous, net } = compared.value
  const lines = rows.map(({ change, line, before, now }) => `${change} ${line.subject.product?.en} ${before?.minor} ${now?.minor}`)
  return { lines, before: previous?.net.minor, net: net?.minor }
}

test('a draft stands line by line beside the invoice before it, and as it did once it has its number', async () => {
  const draft = await june()
  const expected = {
    lines: ['new Care undefined 4900', 'gone Backup 1200 undefined', 'same Web 1 2490 2490'],
    before: 3_690n,
    net: 7_390n,
  }
  expect(await comparedIn(draft)).toEqual(expected)
  await finaliseAllDrafts(processOf(draft.tenantId, {}), draft)
  expect(await comparedIn(draft)).toEqual(expected)
  expect(await asOffice(draft.tenantId, (ctx) => compareDraft(ctx, { ...draft, billingRunId: draft.draftId }))).toEqual({
    ok: false,
    error: 'draft-not-found',
  })
})

test('a run that is held waits on the start page of those who may approve it, and of nobody else', async () => {
  const { tenantId, billingRunId } = await june()
  await asOffice(tenantId, (ctx) =>
    saveBillingSettings(ctx, { changedPercent: 30, wildPercent: 200, wildSharePercent: 20, approvalAbove: { EUR: 100n } }),
  )
  await draftBillingRun(processOf(tenantId, {}), { billingRunId })
  const needsOf = async (mayApprove: boolean) => {
    const rights = { mayApprove, mayWrite: true, mayReview: false }
    const { needs } = await asOffice(tenantId, (ctx) => readOfficeStart(ctx, { failedJobs: 0, rights }))
    return needs.filter(({ kind }) => kind === 'held-run')
  }
  expect(await needsOf(true)).toEqual([{ kind: 'held-run', runId: billingRunId, periodEnd: '2026-07-01' }])
  expect(await needsOf(false)).toEqual([])
})
