import { afterEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { readAccountTax } from '#app/reports/tax/account.server.ts'
import { readTaxDocuments, readTaxReport } from '#app/reports/tax/query.server.ts'
import { createCreditNote } from '#app/services/invoices/create-credit-note.server.ts'
import { voidInvoice } from '#app/services/invoices/void-invoice.server.ts'
import { addExemption } from '#app/services/tax/add-exemption.server.ts'
import { addRegistration } from '#app/services/tax/add-registration.server.ts'
import { enterTaxRate } from '#app/services/tax/enter-tax-rate.server.ts'
import { setPriceTax } from '#app/services/tax/set-price-tax.server.ts'
import { withdrawExemption } from '#app/services/tax/withdraw-exemption.server.ts'
import { withdrawTaxRate } from '#app/services/tax/withdraw-tax-rate.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { amountsOf, billMonth, invoicesOf } from '#tests/support/billing.ts'
import {
  asOffice,
  type BuyerFacts,
  buildAccount,
  buildCharges,
  buildContract,
  buildPriceBook,
  buildTenant,
} from '#tests/support/builders.ts'

afterEach(() => setClock())

const files = { put: async () => undefined, get: async () => undefined }

/** A seller whose list charges 1.00 per GB. */
async function seller(facts: Parameters<typeof buildTenant>[0] = {}) {
  const tenantId = await buildTenant(facts)
  const book = await buildPriceBook(tenantId, [{ feeKind: 'usage', price: '1', meter: 'traffic.sent' }])
  return { tenantId, book }
}

type Seller = Awaited<ReturnType<typeof seller>>

/** A buyer of that list, and how it uses something worth `amount` in a month. */
async function buyer({ tenantId, book }: Seller, facts: BuyerFacts) {
  const accountId = await buildAccount(tenantId, facts)
  const contractId = await buildContract(tenantId, { accountId, priceBookId: book.priceBookId })
  const refs = { accountId, contractId, priceVersionId: book.priceVersionId, priceRuleId: book.ruleIds[0] ?? '' }
  const uses = (month: string, amount: string) =>
    buildCharges(tenantId, [{ ...refs, billingPeriod: `${month}-01`, quantity: amount, amount }])
  return { accountId, uses }
}

async function taxesOf(tenantId: string) {
  const invoices = await invoicesOf(tenantId)
  return invoices.map(({ taxes, total }) => [...taxes.map((tax) => `${tax.category} ${tax.rate} ${tax.reason}`), total.minor])
}

const june = { from: '2026-06-01', to: '2026-07-01' }
const july = { from: '2026-07-01', to: '2026-08-01' }

describe('prices that include tax', () => {
  test('500.00 at 19 % stays 500.00 on the invoice: 420.17 and 79.83', async () => {
    const shop = await seller()
    expect(
      (await asOffice(shop.tenantId, (ctx) => setPriceTax(ctx, { priceBookId: shop.book.priceBookId, behaviour: 'inclusive' }))).ok,
    ).toBe(true)
    const customer = await buyer(shop, { kind: 'personal' })
    await customer.uses('2026-06', '500')
    await billMonth(shop.tenantId, '2026-06', '2026-07-01T06:00:00Z')
    const [invoice] = await invoicesOf(shop.tenantId)
    expect(amountsOf(invoice)).toEqual([42_017n, 7_983n, 50_000n])
    expect(invoice?.sections[0]?.lines.map((line) => line.net.minor)).toEqual([42_017n])
  })

  test('an Austrian private buyer pays the same 500.00, of which 83.33 are Austrian', async () => {
    const shop = await seller()
    await asOffice(shop.tenantId, (ctx) => setPriceTax(ctx, { priceBookId: shop.book.priceBookId, behaviour: 'inclusive' }))
    const customer = await buyer(shop, { kind: 'personal', country: 'AT' })
    await customer.uses('2026-06', '500')
    await billMonth(shop.tenantId, '2026-06', '2026-07-01T06:00:00Z')
    expect(amountsOf((await invoicesOf(shop.tenantId))[0])).toEqual([41_667n, 8_333n, 50_000n])
  })

  test('a full credit note gives back 500.00, with the tax of its invoice', async () => {
    const shop = await seller()
    await asOffice(shop.tenantId, (ctx) => setPriceTax(ctx, { priceBookId: shop.book.priceBookId, behaviour: 'inclusive' }))
    const customer = await buyer(shop, { kind: 'personal' })
    await customer.uses('2026-06', '500')
    await billMonth(shop.tenantId, '2026-06', '2026-07-01T06:00:00Z')
    const [invoice] = await invoicesOf(shop.tenantId)
    const credited = await asOffice(shop.tenantId, (ctx) =>
      createCreditNote(ctx, { invoiceId: invoice?.id ?? '', request: { kind: 'rest' }, reason: 'cancelled', isChargedAgain: false }),
    )
    expect(credited.ok).toBe(true)
    expect((await invoicesOf(shop.tenantId)).map(amountsOf)).toContainEqual([42_017n, 7_983n, 50_000n])
    expect(await invoicesOf(shop.tenantId)).toHaveLength(2)
  })

  test('what was charged by a book keeps it as it is', async () => {
    const shop = await seller()
    const customer = await buyer(shop, {})
    await customer.uses('2026-06', '5')
    expect(
      await asOffice(shop.tenantId, (ctx) => setPriceTax(ctx, { priceBookId: shop.book.priceBookId, behaviour: 'inclusive' })),
    ).toEqual({
      ok: false,
      error: 'book-in-use',
    })
  })
})

describe('rates the seller enters', () => {
  test('count from their day on and leave finalised invoices and their credit notes alone', async () => {
    const shop = await seller()
    const customer = await buyer(shop, { kind: 'personal' })
    await customer.uses('2026-06', '100')
    await billMonth(shop.tenantId, '2026-06', '2026-07-01T06:00:00Z')
    const rate = { country: 'DE', kind: 'standard', percent: '21', from: '2026-06-01', to: null } as const
    const entered = await asOffice(shop.tenantId, (ctx) => enterTaxRate(ctx, { rate, source: 'BGBl.', scheme: null }))
    await customer.uses('2026-07', '100')
    await billMonth(shop.tenantId, '2026-07', '2026-08-01T06:00:00Z')
    expect(await taxesOf(shop.tenantId)).toEqual([
      ['S 19 domestic', 11_900n],
      ['S 21 domestic', 12_100n],
    ])

    const [first] = await invoicesOf(shop.tenantId)
    await asOffice(shop.tenantId, (ctx) =>
      createCreditNote(ctx, { invoiceId: first?.id ?? '', request: { kind: 'rest' }, reason: 'goodwill', isChargedAgain: false }),
    )
    expect((await taxesOf(shop.tenantId)).filter(([tax]) => tax === 'S 19 domestic')).toEqual([
      ['S 19 domestic', 11_900n],
      ['S 19 domestic', 11_900n],
    ])

    if (!entered.ok) throw new Error(entered.error)
    const { rateId } = entered.value
    expect((await asOffice(shop.tenantId, (ctx) => withdrawTaxRate(ctx, { rateId }))).ok).toBe(true)
    await customer.uses('2026-08', '100')
    await billMonth(shop.tenantId, '2026-08', '2026-09-01T06:00:00Z')
    expect(await taxesOf(shop.tenantId)).toContainEqual(['S 19 domestic', 11_900n])
  })

  test('a seller in a country that does not ship bills with its own: 18 % GST', async () => {
    const shop = await seller({ country: 'IN', vatId: '27AAPFU0939F1ZV', timeZone: 'Asia/Kolkata' })
    const customer = await buyer(shop, { country: 'IN' })
    await customer.uses('2026-06', '100')
    const rate = { country: 'IN', kind: 'standard', percent: '18', from: '2017-07-01', to: null } as const
    await asOffice(shop.tenantId, (ctx) => enterTaxRate(ctx, { rate, source: 'CGST Act', scheme: { taxName: 'GST', idName: 'GSTIN' } }))
    await billMonth(shop.tenantId, '2026-06', '2026-07-01T06:00:00Z')
    expect(await taxesOf(shop.tenantId)).toEqual([['S 18 domestic', 11_800n]])
  })

  test('nonsense is refused', async () => {
    const { tenantId } = await seller()
    const enter = (change: object) =>
      asOffice(tenantId, (ctx) =>
        enterTaxRate(ctx, {
          rate: { country: 'IN', kind: 'standard', percent: '18', from: '2026-01-01', to: null, ...change },
          source: 'x',
          scheme: null,
        }),
      )
    expect(await enter({ country: 'India' })).toEqual({ ok: false, error: 'unknown-country' })
    expect(await enter({ percent: '101' })).toEqual({ ok: false, error: 'not-a-percentage' })
    expect(await enter({ to: '2026-01-01' })).toEqual({ ok: false, error: 'ends-before-it-begins' })
  })
})

describe('certificates and registrations', () => {
  test('an exemption frees the invoices of its time, and says why', async () => {
    const shop = await seller()
    const { accountId, uses } = await buyer(shop, { kind: 'business', name: 'Botschaft' })
    const pdf = { name: 'freistellung.pdf', content: new TextEncoder().encode('%PDF-1.7') }
    const paper = {
      accountId,
      country: 'DE',
      ground: 'diplomatic',
      certificateNumber: 'V 12',
      from: '2026-06-01',
      to: '2026-07-01',
      paper: pdf,
    } as const
    const added = await addExemption(processOf(shop.tenantId, { files }), paper)
    expect(added.ok).toBe(true)
    setClock(fixedClock('2026-06-15T06:00:00Z'))
    expect((await asOffice(shop.tenantId, (ctx) => readAccountTax(ctx, accountId)))?.treatment).toEqual({
      category: 'E',
      rate: '0',
      reason: 'buyer-exempt',
    })
    await uses('2026-06', '100')
    await billMonth(shop.tenantId, '2026-06', '2026-07-01T06:00:00Z')
    await uses('2026-07', '100')
    await billMonth(shop.tenantId, '2026-07', '2026-08-01T06:00:00Z')
    expect(await taxesOf(shop.tenantId)).toEqual([
      ['E 0 buyer-exempt', 10_000n],
      ['S 19 domestic', 11_900n],
    ])
  })

  test('a withdrawn one frees nothing; a paper that is no paper is refused', async () => {
    const shop = await seller()
    const { accountId, uses } = await buyer(shop, {})
    const paper = { accountId, country: 'DE', ground: 'charity', certificateNumber: '7', from: '2026-01-01', to: null } as const
    const process = processOf(shop.tenantId, { files })
    const script = { name: 'paper.pdf', content: new TextEncoder().encode('<script>') }
    expect(await addExemption(process, { ...paper, paper: script })).toEqual({ ok: false, error: 'paper-not-readable' })
    const added = await addExemption(process, { ...paper, paper: null })
    if (!added.ok) throw new Error(added.error)
    await asOffice(shop.tenantId, (ctx) => withdrawExemption(ctx, added.value))
    await uses('2026-06', '100')
    await billMonth(shop.tenantId, '2026-06', '2026-07-01T06:00:00Z')
    expect(await taxesOf(shop.tenantId)).toEqual([['S 19 domestic', 11_900n]])
  })

  test('a German seller registered in Norway charges its consumers there 25 %', async () => {
    const shop = await seller()
    const { uses } = await buyer(shop, { kind: 'personal', country: 'NO' })
    await asOffice(shop.tenantId, (ctx) =>
      addRegistration(ctx, { kind: 'country', country: 'NO', number: '2012345', from: '2026-06-30', to: null }),
    )
    await uses('2026-05', '100')
    await billMonth(shop.tenantId, '2026-05', '2026-06-01T06:00:00Z')
    await uses('2026-06', '100')
    await billMonth(shop.tenantId, '2026-06', '2026-07-01T06:00:00Z')
    expect(await taxesOf(shop.tenantId)).toEqual([
      ['O 0 outside-eu', 10_000n],
      ['S 25 destination-registered', 12_500n],
    ])
  })

  test('a registration at home or without its number is refused', async () => {
    const { tenantId } = await seller({ country: 'CH', timeZone: 'Europe/Zurich' })
    const add = (input: Partial<Parameters<typeof addRegistration>[1]>) =>
      asOffice(tenantId, (ctx) =>
        addRegistration(ctx, { kind: 'country', country: 'NO', number: '1', from: '2026-01-01', to: null, ...input }),
      )
    expect(await add({ country: 'CH' })).toEqual({ ok: false, error: 'own-country' })
    expect(await add({ number: null })).toEqual({ ok: false, error: 'number-missing' })
    expect(await add({ kind: 'below-threshold', country: null, number: null })).toEqual({ ok: false, error: 'only-in-the-eu' })
  })
})

describe('the report of a month', () => {
  /** In June: Germany 100.00, an Austrian company 200.00, a private buyer in Vienna 50.00, Switzerland 80.00. */
  async function shopOfJune() {
    const shop = await seller()
    const buyers = [
      await buyer(shop, { name: 'Brandt' }),
      await buyer(shop, { name: 'Ahorn', country: 'AT', vatId: 'ATU13585627' }),
      await buyer(shop, { name: 'Eva', kind: 'personal', country: 'AT' }),
      await buyer(shop, { name: 'Lakeside', country: 'CH' }),
    ]
    const amounts = ['100', '200', '50', '80']
    for (const [index, each] of buyers.entries()) await each.uses('2026-05', amounts[index] ?? '0')
    await billMonth(shop.tenantId, '2026-05', '2026-06-10T06:00:00Z')
    return shop
  }

  const report = (tenantId: string, period: typeof june) => asOffice(tenantId, (ctx) => readTaxReport(ctx, period))

  test('is by country, category and rate, lists reverse charge by buyer, and is what the books say', async () => {
    const { tenantId } = await shopOfJune()
    const { lines, recapitulative, checks } = await report(tenantId, june)
    expect(
      lines.map((line) => [line.country, line.category, line.rate, line.reason, line.base.minor, line.tax.minor, line.documents]),
    ).toEqual([
      ['AT', 'S', '20', 'destination-eu', 5_000n, 1_000n, 1],
      ['DE', 'S', '19', 'domestic', 10_000n, 1_900n, 1],
      ['DE', 'O', '0', 'outside-eu', 8_000n, 0n, 1],
      ['DE', 'AE', '0', 'reverse-charge-eu', 20_000n, 0n, 1],
    ])
    expect(recapitulative.map(({ name, vatId, base }) => [name, vatId, base.minor])).toEqual([['Ahorn', 'ATU13585627', 20_000n]])
    expect(checks.map(({ category, rate, documents, booked }) => [category, rate, documents.minor, booked.minor])).toEqual([
      ['S', '19', 1_900n, 1_900n],
      ['S', '20', 1_000n, 1_000n],
      ['O', '0', 0n, 0n],
      ['AE', '0', 0n, 0n],
    ])
    expect((await report(tenantId, july)).lines).toEqual([])
  })

  test('every line leads to its documents', async () => {
    const { tenantId } = await shopOfJune()
    const filter = { country: 'AT', category: 'S', rate: '20', reason: 'destination-eu', currency: 'EUR' }
    const documents = await asOffice(tenantId, (ctx) => readTaxDocuments(ctx, june, filter))
    expect(documents.map(({ buyer: name, kind, bookedOn, base, tax }) => [name, kind, bookedOn, base.minor, tax.minor])).toEqual([
      ['Eva', 'invoice', '2026-06-10', 5_000n, 1_000n],
    ])
  })

  test('a credit note and a void count back in the month they are made in, and the books agree in both', async () => {
    const { tenantId } = await shopOfJune()
    const invoices = await invoicesOf(tenantId)
    const of = (name: string) => invoices.find((invoice) => invoice.buyer.name === name)?.id ?? ''
    setClock(fixedClock('2026-07-05T06:00:00Z'))
    await asOffice(tenantId, (ctx) =>
      createCreditNote(ctx, { invoiceId: of('Brandt'), request: { kind: 'rest' }, reason: 'goodwill', isChargedAgain: false }),
    )
    await asOffice(tenantId, (ctx) => voidInvoice(ctx, { invoiceId: of('Eva'), reason: 'wrong buyer' }))
    const inJuly = await report(tenantId, july)
    expect(inJuly.lines.map((line) => [line.country, line.rate, line.base.minor, line.tax.minor])).toEqual([
      ['AT', '20', -5_000n, -1_000n],
      ['DE', '19', -10_000n, -1_900n],
    ])
    expect(inJuly.checks.every(({ documents, booked }) => documents.minor === booked.minor)).toBe(true)
    expect((await report(tenantId, june)).checks.every(({ documents, booked }) => documents.minor === booked.minor)).toBe(true)
    const both = await report(tenantId, { from: june.from, to: july.to })
    expect(both.lines.filter(({ tax }) => tax.minor !== 0n)).toEqual([])
  })
})
