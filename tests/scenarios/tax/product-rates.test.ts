import { afterEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { ProductDraft } from '#app/domain/catalog/product.ts'
import { readTaxReport } from '#app/reports/tax/query.server.ts'
import { previewBillingRun } from '#app/services/billing/preview-billing-run.server.ts'
import { creditAndReissue } from '#app/services/invoices/credit-and-reissue.server.ts'
import { issueDraft } from '#app/services/invoices/issue-draft.server.ts'
import { priceOrder } from '#app/services/orders/price-order.server.ts'
import { changeProduct } from '#app/services/products/save-product.server.ts'
import { addDiscount } from '#app/services/promotions/add-discount.server.ts'
import { amountsOf, billMonth, invoicesOf } from '#tests/support/billing.ts'
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

/** A shop in Vienna that sells a server at 60.00 and an e-book at the reduced rate for 40.00 a month. */
async function shop(buyer: Parameters<typeof buildAccount>[1] = { kind: 'personal', country: 'AT' }) {
  const tenantId = await buildTenant({ country: 'AT', timeZone: 'Europe/Vienna', vatId: 'ATU12345675' })
  const [server, book] = [await buildProduct(tenantId, 'Server'), await buildProduct(tenantId, 'E-book')]
  const draft = ProductDraft.omit({ code: true, kind: true }).parse({ taxKind: 'reduced' })
  const changed = await asOffice(tenantId, (ctx) => changeProduct(ctx, { productId: book, draft }))
  if (!changed.ok) throw new Error(changed.error)
  const accountId = await buildAccount(tenantId, buyer)
  const { priceBookId } = await buildPriceBook(tenantId, [
    { feeKind: 'recurring', price: '60.00', productId: server },
    { feeKind: 'recurring', price: '40.00', productId: book },
  ])
  const contractId = await buildContract(tenantId, { accountId, priceBookId })
  for (const productId of [server, book])
    await buildSubscription(tenantId, { accountId, contractId, productId, startedAt: '2026-05-31T22:00:00Z' })
  return { tenantId, accountId, server, book }
}

const billJune = (tenantId: string) => billMonth(tenantId, '2026-06', '2026-07-01T06:00:00Z')
const taxesOf = (invoice: Awaited<ReturnType<typeof invoicesOf>>[number] | undefined) =>
  [...(invoice?.taxes ?? [])]
    .sort((a, b) => Number(b.rate) - Number(a.rate))
    .map(({ category, rate, base, tax }) => `${category} ${rate} ${base.minor} ${tax.minor}`)

describe('a product with a rate of its own', () => {
  test('is taxed at it, beside others at theirs, as the preview said', async () => {
    const { tenantId } = await shop()
    setClock(fixedClock('2026-07-01T06:00:00Z'))
    const preview = await asOffice(tenantId, (ctx) => previewBillingRun(ctx, { month: '2026-06' }))
    await billJune(tenantId)
    const [invoice] = await invoicesOf(tenantId)
    expect(amountsOf(invoice)).toEqual([10_000n, 1_600n, 11_600n])
    expect(taxesOf(invoice)).toEqual(['S 20 6000 1200', 'S 10 4000 400'])
    expect(preview.ok && preview.value.rows.map(({ total }) => total.minor)).toEqual([11_600n])

    const { lines, checks } = await asOffice(tenantId, (ctx) => readTaxReport(ctx, { from: '2026-07-01', to: '2026-08-01' }))
    expect(lines.map(({ rate, base, tax }) => [rate, base.minor, tax.minor])).toEqual([
      ['20', 6_000n, 1_200n],
      ['10', 4_000n, 400n],
    ])
    expect(checks.map(({ documents, booked }) => `${documents.minor} ${booked.minor}`).sort()).toEqual(['1200 1200', '400 400'])
  })

  test('has a discount of its own rate: 10.01 off is 6.01 and 4.00', async () => {
    const { tenantId, accountId } = await shop()
    const terms = {
      percent: null,
      scopes: ['recurring' as const],
      productGroups: [],
      priority: 100,
      isStackable: true,
      from: '2026-06-01',
      to: null,
    }
    const coupon = { accountId, name: 'Coupon', amount: { minor: 1_001n, currency: 'EUR' }, reason: 'agreed in May', ...terms }
    expect(await asOffice(tenantId, (ctx) => addDiscount(ctx, coupon as never))).toMatchObject({ ok: true })
    await billJune(tenantId)
    expect(taxesOf((await invoicesOf(tenantId))[0])).toEqual(['S 20 5399 1080', 'S 10 3600 360'])
  })

  test('follows a consumer abroad to the rate of its kind there, and is free of tax for a business with an id', async () => {
    const german = await shop({ kind: 'personal', country: 'DE' })
    const danish = await shop({ kind: 'personal', country: 'DK' })
    const business = await shop({ country: 'DE', vatId: 'DE123456788' })
    for (const { tenantId } of [german, danish, business]) await billJune(tenantId)
    expect(taxesOf((await invoicesOf(german.tenantId))[0])).toEqual(['S 19 6000 1140', 'S 7 4000 280'])
    expect(taxesOf((await invoicesOf(danish.tenantId))[0])).toEqual(['S 25 10000 2500'])
    expect(taxesOf((await invoicesOf(business.tenantId))[0])).toEqual(['AE 0 10000 0'])
  })

  test('costs what its quote says', async () => {
    const { tenantId, accountId, book } = await shop()
    setClock(fixedClock('2026-07-01T06:00:00Z'))
    const quote = await asOffice(tenantId, (ctx) => priceOrder(ctx, { accountId, productId: book }))
    expect(quote.ok && [quote.value.monthlyNet.minor, quote.value.monthlyTax.minor]).toEqual([4_000n, 400n])
  })

  test('keeps its rate when its invoice is taken back and issued anew', async () => {
    const { tenantId } = await shop()
    await billJune(tenantId)
    const [invoice] = await invoicesOf(tenantId)
    setClock(fixedClock('2026-07-02T08:00:00Z'))
    const again = await asOffice(tenantId, (ctx) => creditAndReissue(ctx, { invoiceId: invoice?.id ?? '', reason: 'Wrong address' }))
    if (!again.ok) throw new Error(again.error)
    const issued = await asOffice(tenantId, (ctx) => issueDraft(ctx, { draftId: again.value.draftId, version: 1 }))
    if (!issued.ok) throw new Error(issued.error)
    const anew = (await invoicesOf(tenantId)).find(({ id }) => id === issued.value.invoiceId)
    expect(taxesOf(anew)).toEqual(['S 20 6000 1200', 'S 10 4000 400'])
  })
})
