import { afterEach, describe, expect, test } from 'vitest'
import { setClock } from '#app/config/clock.server.ts'
import type { InvoiceDetail } from '#app/reports/invoices/shape.ts'
import { amountsOf, billMonth, invoicesOf } from '#tests/support/billing.ts'
import {
  buildAccount,
  buildCharges,
  buildContract,
  buildPriceBook,
  buildProduct,
  buildSubscription,
  buildTenant,
} from '#tests/support/builders.ts'

afterEach(() => setClock())

const firstOfJune = '2026-06-01T06:00:00Z'
const firstOfJuly = '2026-07-01T06:00:00Z'
const vienna = {
  slug: 'ahorn',
  legalName: 'Ahorn Hosting GmbH',
  country: 'AT',
  timeZone: 'Europe/Vienna',
  vatId: 'ATU12345675',
  numberPrefix: 'AH',
}

type Plan = { readonly setup?: string; readonly month: string; readonly overage: string; readonly included?: string }

/** A book with one plan: setup, month, and traffic above what is included. */
async function sellPlan(tenantId: string, plan: Plan, currency = 'EUR') {
  const productId = await buildProduct(tenantId)
  const book = await buildPriceBook(
    tenantId,
    [
      { feeKind: 'usage', price: plan.overage, meter: 'traffic.sent', included: plan.included ?? '100' },
      { feeKind: 'recurring', price: plan.month, productId },
      ...(plan.setup ? [{ feeKind: 'setup', price: plan.setup, productId } as const] : []),
    ],
    currency,
  )
  return { productId, priceBookId: book.priceBookId, usage: { priceVersionId: book.priceVersionId, priceRuleId: book.ruleIds[0] ?? '' } }
}

function linesOf(invoice: InvoiceDetail | undefined) {
  return invoice?.sections.flatMap((section) => section.lines.map((line) => [line.kind, line.net.minor]))
}

describe('a provider and its resellers', () => {
  test('Ahorn owes Meridian 29.96 for June, VAT reversed to Vienna', async () => {
    const meridian = await buildTenant()
    const accountId = await buildAccount(meridian, { name: 'Ahorn Hosting GmbH', country: 'AT', vatId: 'ATU12345675' })
    const { productId, priceBookId, usage } = await sellPlan(meridian, { setup: '9.00', month: '15.20', overage: '0.096' })
    const contractId = await buildContract(meridian, { accountId, priceBookId })
    const subscriptionId = await buildSubscription(meridian, { accountId, contractId, productId, startedAt: '2026-06-01T07:00:00Z' })
    await buildCharges(meridian, [
      {
        ...usage,
        accountId,
        contractId,
        subscriptionId,
        productId,
        billingPeriod: '2026-06-01',
        quantity: '160',
        included: '100',
        billed: '60',
        unitPrice: '0.096',
        amount: '5.76',
      },
    ])

    expect(await billMonth(meridian, '2026-06', firstOfJuly)).toBe(1)

    const [invoice] = await invoicesOf(meridian)
    expect(amountsOf(invoice)).toEqual([2996n, 0n, 2996n])
    expect(invoice?.taxes.map((tax) => [tax.category, tax.reason])).toEqual([['AE', 'reverse-charge-eu']])
    expect(linesOf(invoice)).toEqual([
      ['setup', 900n],
      ['recurring', 1520n],
      ['usage', 576n],
    ])
    expect([invoice?.number, invoice?.issueDate, invoice?.dueDate]).toEqual(['MG-2026-00001', '2026-07-01', '2026-07-15'])
  })

  test('Lakeside owes Meridian 26.10 EUR for June, supplied outside the EU', async () => {
    const meridian = await buildTenant()
    const accountId = await buildAccount(meridian, { name: 'Lakeside Cloud AG', country: 'CH', vatId: 'CHE123456788' })
    const { productId, priceBookId } = await sellPlan(meridian, { setup: '9.00', month: '17.10', overage: '0.108' })
    const contractId = await buildContract(meridian, { accountId, priceBookId })
    // The plan runs by anniversary below; its fee begins in June and is charged in full.
    await buildSubscription(meridian, { accountId, contractId, productId: productId, startedAt: '2026-05-31T22:00:00Z' })

    await billMonth(meridian, '2026-06', firstOfJuly)

    const [invoice] = await invoicesOf(meridian)
    expect(amountsOf(invoice)).toEqual([2610n, 0n, 2610n])
    expect(invoice?.taxes.map((tax) => [tax.category, tax.reason])).toEqual([['O', 'outside-eu']])
  })

  test('900 GB over the allowance cost 72.00, 90.00 and 135.00 from level to level', async () => {
    const nets: (bigint | undefined)[] = []
    for (const [price, amount] of [
      ['0.08', '72'],
      ['0.10', '90'],
      ['0.15', '135'],
    ] as const) {
      const seller = await buildTenant()
      const accountId = await buildAccount(seller)
      const { priceBookId, usage } = await sellPlan(seller, { month: '10', overage: price })
      const contractId = await buildContract(seller, { accountId, priceBookId })
      await buildCharges(seller, [
        {
          ...usage,
          accountId,
          contractId,
          billingPeriod: '2026-06-01',
          quantity: '1000',
          included: '100',
          billed: '900',
          unitPrice: price,
          amount,
        },
      ])
      await billMonth(seller, '2026-06', firstOfJuly)
      nets.push((await invoicesOf(seller))[0]?.net.minor)
    }
    expect(nets).toEqual([7200n, 9000n, 13500n])
  })
})

describe('a reseller and its customers', () => {
  test('Café Linde pays its first month in advance and June’s traffic afterwards', async () => {
    const ahorn = await buildTenant(vienna)
    const accountId = await buildAccount(ahorn, { name: 'Café Linde e.U.', country: 'AT' })
    const { productId, priceBookId, usage } = await sellPlan(ahorn, { setup: '15.00', month: '24.90', overage: '0.15' })
    const contractId = await buildContract(ahorn, { accountId, priceBookId, feesInAdvance: true })
    const subscriptionId = await buildSubscription(ahorn, { accountId, contractId, productId, startedAt: '2026-05-31T22:00:00Z' })
    await billMonth(ahorn, '2026-05', firstOfJune)
    await buildCharges(ahorn, [
      {
        ...usage,
        accountId,
        contractId,
        subscriptionId,
        productId,
        billingPeriod: '2026-06-01',
        quantity: '160',
        included: '100',
        billed: '60',
        unitPrice: '0.15',
        amount: '9.00',
      },
    ])
    await billMonth(ahorn, '2026-06', firstOfJuly)

    const [june, july] = await invoicesOf(ahorn)
    expect(amountsOf(june)).toEqual([3990n, 798n, 4788n])
    expect(amountsOf(july)).toEqual([3390n, 678n, 4068n])
    expect(linesOf(july)).toEqual([
      ['recurring', 2490n],
      ['usage', 900n],
    ])
    expect(july?.sections[0]?.lines[1]).toMatchObject({ quantity: '160', includedQuantity: '100', billedQuantity: '60', unitPrice: '0.15' })
  })

  test('Brandt’s overage of May and its fee of June come to 272.51', async () => {
    const meridian = await buildTenant()
    const accountId = await buildAccount(meridian, { name: 'Brandt Versand GmbH' })
    const { productId, priceBookId, usage } = await sellPlan(meridian, { setup: '10.00', month: '19.00', overage: '0.12' })
    const contractId = await buildContract(meridian, { accountId, priceBookId, feesInAdvance: true })
    const subscriptionId = await buildSubscription(meridian, { accountId, contractId, productId, startedAt: '2026-02-01T09:00:00Z' })
    await billMonth(meridian, '2026-04', '2026-05-01T06:00:00Z')
    await buildCharges(meridian, [
      {
        ...usage,
        accountId,
        contractId,
        subscriptionId,
        productId,
        billingPeriod: '2026-05-01',
        quantity: '1850',
        included: '100',
        billed: '1750',
        unitPrice: '0.12',
        amount: '210',
        resourceName: 'shop-01',
      },
    ])
    await billMonth(meridian, '2026-05', firstOfJune)

    const [, june] = await invoicesOf(meridian)
    expect(amountsOf(june)).toEqual([22900n, 4351n, 27251n])
    expect(june?.sections[0]?.lines[1]?.subject).toMatchObject({ resource: 'shop-01', billingPeriod: '2026-05-01' })
  })

  test('Praxis Keller in Bern pays Swiss VAT in francs', async () => {
    const lakeside = await buildTenant({
      slug: 'lakeside',
      country: 'CH',
      currency: 'CHF',
      timeZone: 'Europe/Zurich',
      vatId: 'CHE123456788',
      numberPrefix: 'LC',
    })
    const accountId = await buildAccount(lakeside, { name: 'Praxis Keller AG', country: 'CH' })
    const { productId, priceBookId, usage } = await sellPlan(lakeside, { month: '22.90', overage: '0.18' }, 'CHF')
    const contractId = await buildContract(lakeside, { accountId, priceBookId, currency: 'CHF' })
    const subscriptionId = await buildSubscription(lakeside, { accountId, contractId, productId, startedAt: '2026-05-31T22:00:00Z' })
    await buildCharges(lakeside, [
      {
        ...usage,
        accountId,
        contractId,
        subscriptionId,
        productId,
        currency: 'CHF',
        billingPeriod: '2026-06-01',
        quantity: '130',
        included: '100',
        billed: '30',
        unitPrice: '0.18',
        amount: '5.40',
      },
    ])
    await billMonth(lakeside, '2026-06', firstOfJuly)

    const [invoice] = await invoicesOf(lakeside)
    expect(amountsOf(invoice)).toEqual([2830n, 229n, 3059n])
    expect([invoice?.number, invoice?.total.currency]).toEqual(['LC-2026-00001', 'CHF'])
  })

  test('Hanse’s departments are sections of one invoice of 580.84', async () => {
    const meridian = await buildTenant()
    const hanse = await buildAccount(meridian, { name: 'Hanse Maschinenbau AG', kind: 'enterprise' })
    const department = (name: string) => buildAccount(meridian, { name, parentAccountId: hanse })
    const [research, sales, it] = [await department('R&D'), await department('Sales'), await department('IT')]
    const [compute, web2, web1] = [
      await buildProduct(meridian, 'Compute L'),
      await buildProduct(meridian, 'Web 2'),
      await buildProduct(meridian, 'Web 1'),
    ]
    const book = await buildPriceBook(meridian, [
      { feeKind: 'usage', price: '0.12', meter: 'traffic.sent', included: '100' },
      { feeKind: 'recurring', price: '108.00', productId: compute },
      { feeKind: 'recurring', price: '71.10', productId: web2 },
      { feeKind: 'recurring', price: '17.10', productId: web1 },
    ])
    const contractId = await buildContract(meridian, { accountId: hanse, priceBookId: book.priceBookId })
    const june = '2026-06-01T09:00:00Z'
    const run = (accountId: string, productId: string, startedAt = june) =>
      buildSubscription(meridian, { accountId, contractId, productId, startedAt })
    for (const startedAt of [june, june, june, '2026-06-16T10:00:00Z']) await run(research, compute, startedAt)
    await run(sales, web2)
    const [busy] = [await run(it, web1), await run(it, web1)]
    await buildCharges(meridian, [
      {
        accountId: it,
        payerAccountId: hanse,
        contractId,
        subscriptionId: busy,
        productId: web1,
        priceVersionId: book.priceVersionId,
        priceRuleId: book.ruleIds[0] ?? '',
        billingPeriod: '2026-06-01',
        quantity: '140',
        included: '100',
        billed: '40',
        unitPrice: '0.12',
        amount: '4.80',
      },
    ])
    await billMonth(meridian, '2026-06', firstOfJuly)

    const [invoice] = await invoicesOf(meridian)
    expect(amountsOf(invoice)).toEqual([48810n, 9274n, 58084n])
    expect(invoice?.sections.map((section) => [section.name, section.net.minor])).toEqual([
      ['IT', 3900n],
      ['R&D', 37800n],
      ['Sales', 7110n],
    ])
  })
})

describe('a new plan with much traffic', () => {
  /** Traffic Max: setup 25.00, month 149.00, 10,000 GB included, 10,000 GB at 0.02, beyond at 0.015; backup 12.00. */
  async function trafficMax() {
    const meridian = await buildTenant()
    const [plan, backup] = [await buildProduct(meridian, 'Traffic Max'), await buildProduct(meridian, 'Backup')]
    const book = await buildPriceBook(meridian, [
      { feeKind: 'usage', price: '0.02', meter: 'traffic.sent', included: '10000' },
      { feeKind: 'usage', price: '0.015', meter: 'traffic.sent' },
      { feeKind: 'setup', price: '25.00', productId: plan },
      { feeKind: 'recurring', price: '149.00', productId: plan },
      { feeKind: 'recurring', price: '12.00', productId: backup },
    ])
    const customer = async (name: string, withBackup: boolean) => {
      const accountId = await buildAccount(meridian, { name })
      const contractId = await buildContract(meridian, { accountId, priceBookId: book.priceBookId, feesInAdvance: true })
      const order = { accountId, contractId, startedAt: '2026-05-31T22:00:00Z' }
      await buildSubscription(meridian, { ...order, productId: plan })
      if (withBackup) await buildSubscription(meridian, { ...order, productId: backup })
      return { accountId, contractId, priceVersionId: book.priceVersionId, billingPeriod: '2026-06-01' }
    }
    return { meridian, customer, tiers: book.ruleIds.slice(0, 2) }
  }

  test('bills Filmwerk 221.34 and 500.99, Radio Nord 207.06 and 177.31', async () => {
    const { meridian, customer, tiers } = await trafficMax()
    const [filmwerk, radio] = [await customer('Filmwerk GmbH', true), await customer('Radio Nord e.V.', false)]
    expect(await billMonth(meridian, '2026-05', firstOfJune)).toBe(2)
    const [first = '', beyond = ''] = tiers
    await buildCharges(meridian, [
      { ...filmwerk, priceRuleId: first, quantity: '20000', included: '10000', billed: '10000', unitPrice: '0.02', amount: '200' },
      { ...filmwerk, priceRuleId: beyond, quantity: '4000', billed: '4000', unitPrice: '0.015', amount: '60' },
      { ...radio, priceRuleId: first, quantity: '8000', included: '8000', billed: '0', unitPrice: '0.02', amount: '0' },
    ])
    expect(await billMonth(meridian, '2026-06', firstOfJuly)).toBe(2)
    expect(await billMonth(meridian, '2026-06', firstOfJuly)).toBe(0)

    const invoices = await invoicesOf(meridian)
    const of = (name: string) => invoices.filter(({ buyer }) => buyer.name === name).map(amountsOf)
    expect(of('Filmwerk GmbH')).toEqual([
      [18_600n, 3_534n, 22_134n],
      [42_100n, 7_999n, 50_099n],
    ])
    expect(of('Radio Nord e.V.')).toEqual([
      [17_400n, 3_306n, 20_706n],
      [14_900n, 2_831n, 17_731n],
    ])
  })
})

test('Lakeside owes Meridian 20.34 EUR for July: a month’s fee and 30 GB above what is included', async () => {
  const meridian = await buildTenant()
  const accountId = await buildAccount(meridian, { name: 'Lakeside Cloud AG', country: 'CH', vatId: 'CHE123456788' })
  const { productId, priceBookId, usage } = await sellPlan(meridian, { month: '17.10', overage: '0.108' })
  const contractId = await buildContract(meridian, { accountId, priceBookId })
  const subscriptionId = await buildSubscription(meridian, { accountId, contractId, productId, startedAt: '2026-06-30T22:00:00Z' })
  const sent = { quantity: '130', included: '100', billed: '30', unitPrice: '0.108', amount: '3.24' }
  await buildCharges(meridian, [{ ...usage, accountId, contractId, subscriptionId, productId, billingPeriod: '2026-07-01', ...sent }])
  await billMonth(meridian, '2026-07', '2026-08-01T06:00:00Z')
  expect((await invoicesOf(meridian)).map(amountsOf)).toEqual([[2_034n, 0n, 2_034n]])
})
