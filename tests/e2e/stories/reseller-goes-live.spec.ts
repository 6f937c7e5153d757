import { registerCompany } from '../support/customer-path.ts'
import { mailTo } from '../support/mailbox.ts'
import { orderForm, pay, toCheckout, untilRunning } from './support/order.ts'
import { expectFigures, expectNewestInvoice, figuresIn } from './support/pages.ts'
import { expect, type Page, type Stage, test } from './support/stage.ts'

const keller = {
  person: 'Urs Keller',
  company: 'Praxis Keller AG',
  email: 'urs@praxis-keller.example',
  password: 'ein Hocker und drei Lampen',
  street: 'Marktgasse 22',
  postalCode: '3011',
  city: 'Bern',
}
const owner = { as: 'reto@lakeside.example' }

test('a reseller goes live: 40.97 and 30.59 CHF below, 26.10 and 20.34 EUR above', async ({ stage }) => {
  await stage.begin('2026-06-08T06:00:00Z')
  const lakeside = await stage.open('lakeside', owner)
  await credit(lakeside, '2,000.00')
  await seePrices(lakeside)

  const store = await stage.open('lakeside', { locale: 'de-CH', refusals: [422] })
  await registerCompany(store, keller)
  stage.stays({ page: store, ...keller })
  const accountId = await stage.ask('accountCalled', { seller: 'lakeside', name: keller.company })
  await stage.ask('agree', { seller: 'lakeside', accountId, day: 8, fees: 'with-order' })
  await orderForm(store, 'web-1')
  await toCheckout(store, 'keller-01')
  await expect(store.locator('main')).toContainText('40.97')
  await pay(store, 'card')
  await expect(store).toHaveURL(/\/sandbox-pay\//)
  await credit(lakeside, '1,973.90')
  await store.locator('#card-approve').check()
  await store.locator('main form button').first().click()
  await untilRunning(store)
  await expectNewestInvoice(store, ['15.00', '22.90', '37.90', '3.07', '40.97'])
  await expect(store.getByRole('heading', { level: 1 })).toContainText('LC-2026-00001')

  await stage.travel('2026-06-30T12:00:00Z')
  await stage.ask('send', [{ server: 'keller-01', days: { '2026-06-20': 95 } }])
  await stage.travel('2026-07-01T06:30:00Z')
  await seePurchase(lakeside, ['9.00', '17.10', '26.10'])
  await stage.travel('2026-07-07T12:00:00Z')
  await stage.ask('send', [{ server: 'keller-01', days: { '2026-07-02': 35 } }])
  await stage.travel('2026-07-08T06:30:00Z')
  await expectNewestInvoice(store, ['22.90', '5.40', '28.30', '2.29', '30.59'])
  await stage.travel('2026-08-01T06:30:00Z')
  await seePurchase(lakeside, ['17.10', '3.24', '20.34'])

  await nothingBehind(store)
  await bothReadOneStatement(stage, lakeside)
  expect(await stage.ask('broken', null)).toEqual([])
})

async function credit(lakeside: Page, available: string): Promise<void> {
  await expect(async () => {
    await lakeside.goto('/office/purchases/credit')
    expect((await figuresIn(lakeside, '#credit')).at(-1)).toBe(available)
  }).toPass()
}

/** What Bronze buys at, and what the rule made of it. */
async function seePrices(lakeside: Page): Promise<void> {
  for (const [plan, buy, sell] of [
    ['web-1', '17.1', '22.9'],
    ['web-2', '71.1', '93.9'],
  ] as const) {
    await lakeside.goto(`/office/pricing/margins?search=${plan}`)
    await expect(lakeside.locator('main')).toContainText(buy)
    await expect(lakeside.getByRole('textbox', { name: /Recurring fee/ }).first()).toHaveValue(sell)
  }
}

/** The newest of Meridian's invoices to Lakeside: place of supply outside the EU, no VAT. */
async function seePurchase(lakeside: Page, figures: readonly string[]): Promise<void> {
  await lakeside.goto('/office/purchases')
  await lakeside
    .getByRole('link', { name: /^MG-2026-\d{5}$/ })
    .first()
    .click()
  await expect(lakeside.getByRole('heading', { level: 1 })).toContainText('MG-2026-')
  await expectFigures(lakeside, figures)
}

/** Nothing that Keller reads names the provider or a price in euro. */
async function nothingBehind(store: Page): Promise<void> {
  for (const path of ['/panel', '/panel/invoices', '/panel/subscriptions', '/panel/servers', '/panel/usage?month=2026-07']) {
    await store.goto(path)
    const text = await store.content()
    expect(text.match(/\b(meridian|livery)/i)?.[0], path).toBeUndefined()
    expect(await store.locator('main').innerText(), path).not.toMatch(/€|EUR/)
  }
  expect(await mailTo(store, keller.email, 'LC-2026-00001')).not.toMatch(/meridian|livery|€|EUR/i)
}

/** The statement Lakeside opens and the one Meridian opens for Lakeside have the same figures. */
async function bothReadOneStatement(stage: Stage, lakeside: Page): Promise<void> {
  await lakeside.goto('/office/purchases/statement?from=2026-07-01&to=2026-08-01')
  await expectFigures(lakeside, ['26.10', '20.34', '46.44'])
  const below = await figuresIn(lakeside)
  const accountId = await stage.ask('accountCalled', { seller: 'meridian', name: 'Lakeside Cloud AG' })
  const meridian = await stage.open('meridian', { as: 'mara@meridian.example' })
  await meridian.goto(`/office/accounts/${accountId}/statement?from=2026-07-01&to=2026-08-01`)
  await expect.poll(() => figuresIn(meridian)).toEqual(below)
  await expect(meridian.locator('main')).not.toContainText(/Keller|CHF/)
}
