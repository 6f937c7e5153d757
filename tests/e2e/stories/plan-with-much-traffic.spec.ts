import { orderForm, pay, toCheckout, untilRunning } from './support/order.ts'
import { companyFrom, expectFigures, expectNewestInvoice } from './support/pages.ts'
import { expect, type Page, type Stage, test } from './support/stage.ts'

const maker = { as: 'mara@meridian.example' }
const approver = { as: 'anke@meridian.example' }
const filmwerk = { name: 'Filmwerk GmbH', person: 'paula@filmwerk.example', city: 'Köln' }
const radio = { name: 'Radio Nord e.V.', person: 'jan@radio-nord.example', city: 'Kiel' }

/** Setup, a month, 10,000 GB included, 10,000 GB at 0.02 and what is beyond at 0.015. */
const trafficMax = {
  format: 'livery-plan/1',
  kind: 'plan',
  code: 'traffic-max',
  name: { en: 'Traffic Max', de: 'Traffic Max' },
  currency: 'EUR',
  proration: 'day',
  fees: [
    { kind: 'setup', price: '25.00' },
    { kind: 'recurring', price: '149.00' },
  ],
  usage: [
    {
      meter: 'traffic.sent',
      unit: 'GB',
      included: '10000',
      model: {
        kind: 'graduated',
        tiers: [
          { upTo: '10000', unitPrice: '0.02' },
          { upTo: null, unitPrice: '0.015' },
        ],
      },
    },
  ],
}

test('a new plan is sold from its day on and billed by itself: 221.34, 207.06, 500.99 and 177.31', async ({ stage }) => {
  await stage.begin('2026-05-20T08:00:00Z')
  await stage.ask('person', { seller: 'meridian', email: approver.as, name: 'Anke Vogt', profile: 'finance' })
  await stage.ask('plan', { code: 'traffic-max', like: 'web-2', free: ['nginx', 'monitoring'], optional: ['backup'] })
  const office = await stage.open('meridian', maker)
  const draft = await makeDraft(office)
  const second = await stage.open('meridian', approver)
  await second.goto(draft)
  await second.locator('button[value=activate]').click()
  await expect(second.locator('button[value=activate]')).toHaveCount(0)

  const store = await stage.open('meridian')
  await stage.travel('2026-05-31T12:00:00Z')
  await store.goto('/compare')
  await expect(store.locator('main')).not.toContainText('Traffic Max')
  await stage.travel('2026-06-01T05:00:00Z')
  await store.goto('/compare?plan=traffic-max&plan=web-2&tax=net&gb=24000')
  // 149.00 and, beyond the 10,000 GB included, 200.00 and 60.00.
  await expect(store.getByRole('row').filter({ hasText: '409.00' })).toHaveCount(1)

  const customers = [
    { of: filmwerk, server: 'film-01', options: ['backup'], first: ['25.00', '149.00', '12.00', '186.00', '35.34', '221.34'] },
    { of: radio, server: 'radio-01', options: [], first: ['25.00', '149.00', '174.00', '33.06', '207.06'] },
  ]
  const panels: Page[] = []
  for (const { of, server, options, first } of customers) {
    const panel = await buyer(stage, of)
    await orderForm(panel, 'traffic-max')
    for (const option of options) await panel.locator(`#option-${option}`).check()
    await toCheckout(panel, server)
    await pay(panel, 'later')
    await untilRunning(panel)
    await expectNewestInvoice(panel, first)
    panels.push(panel)
  }

  await stage.travel('2026-06-30T12:00:00Z')
  await stage.ask('send', [
    { server: 'film-01', days: { '2026-06-10': 12_000, '2026-06-20': 12_000 } },
    { server: 'radio-01', days: { '2026-06-15': 8000 } },
  ])
  await stage.travel('2026-07-01T03:00:00Z')
  await office.goto('/office/billing-runs/preview?month=2026-06')
  await expectFigures(office, ['500.99', '177.31', '678.30'])
  await stage.travel('2026-07-01T06:30:00Z')
  const [film, nord] = panels
  if (!film || !nord) throw new Error('there are two customers')
  await expectNewestInvoice(film, ['149.00', '12.00', '200.00', '60.00', '421.00', '79.99', '500.99'])
  await expect(film.locator('main')).toContainText('nginx')
  await expectNewestInvoice(nord, ['149.00', '28.31', '177.31'])

  // Another hour makes nothing again.
  await stage.travel('2026-07-01T08:30:00Z')
  await nord.goto('/panel/invoices')
  await expect(nord.getByRole('link', { name: /^MG-2026-\d{5}$/ })).toHaveCount(2)
  expect(await stage.ask('broken', null)).toEqual([])
})

/** The billing manager's draft of the prices, put before a second person for 1 June. Returns its path. */
async function makeDraft(office: Page): Promise<string> {
  await office.goto('/office/pricing/plans')
  await office.locator('select[name=priceBookId]').selectOption({ label: 'Retail · EUR' })
  await office.locator('select[name=productId]').selectOption({ label: 'Traffic Max' })
  await office.getByRole('button', { name: 'Start a draft' }).click()
  await expect(office).toHaveURL(/\/office\/pricing\/plans\/[0-9a-f-]{36}$/)
  await office.locator('[name=json]').fill(JSON.stringify(trafficMax))
  await office.locator('button[value=import]').click()
  await expect(office.locator('[name="usage.0.included"]')).toHaveValue('10000')
  await office.locator('[name=activateOn]').fill('2026-06-01')
  await office.locator('button[value=submit]').click()
  await expect(office.getByText('another person has to activate it')).toBeVisible()
  return new URL(office.url()).pathname
}

/** A company that pays with its orders and in advance. */
async function buyer(stage: Stage, { name, person, city }: { readonly name: string; readonly person: string; readonly city: string }) {
  const terms = { creditLimitMinor: 200_000n, feesInAdvance: true, invoicesOrders: true }
  const facts = { ...companyFrom(city), name, email: person, contract: { priceBookCode: 'retail', terms } }
  const accountId = await stage.ask('customer', { seller: 'meridian', ...facts })
  await stage.ask('person', { seller: 'meridian', accountId, email: person, name: 'Paula Jansen', profile: 'customer-owner' })
  return stage.open('meridian', { as: person })
}
