import { orderForm, pay, toCheckout, untilRunning } from './support/order.ts'
import { expectFigures, expectNewestInvoice, figuresIn } from './support/pages.ts'
import { expect, type Page, type Stage, test } from './support/stage.ts'

const channelManager = { as: 'jonas@meridian.example' }
const owner = { as: 'johanna@ahorn.example' }
const linde = { name: 'Café Linde e.U.', person: 'maria@linde.example' }

test('a partner sells its first server: 24.20 of 5,000.00 reserved, a margin of 18.94, and 15.20 owed after the wire', async ({
  stage,
}) => {
  await stage.begin('2026-06-01T05:00:00Z')
  await stage.ask('person', { seller: 'meridian', email: channelManager.as, name: 'Jonas Weber', profile: 'channel-manager' })
  await stage.ask('person', { seller: 'ahorn', email: 'stefan@ahorn.example', name: 'Stefan Moser', profile: 'account-manager' })
  const ahorn = await stage.open('ahorn', owner)
  await seeTerms(ahorn)
  await salesSeesNoStaff(stage)
  await ahorn.goto('/')
  await expect(ahorn.getByRole('row', { name: 'Web 1' })).toContainText('29.88')

  await cafeLinde(stage)
  const store = await stage.open('ahorn', { as: linde.person })
  await orderForm(store, 'web-1')
  await toCheckout(store, 'linde-01')
  await expect(store.locator('main')).toContainText('47.88')
  await pay(store, 'later')
  await untilRunning(store)
  await credit(ahorn, { used: '24.20', available: '4,975.80' })
  await calculate(ahorn)
  await expectNewestInvoice(store, ['15.00', '24.90', '39.90', '7.98', '47.88'])

  await stage.travel('2026-06-30T12:00:00Z')
  await stage.ask('send', [{ server: 'linde-01', days: { '2026-06-10': 100, '2026-06-20': 60 } }])
  await stage.travel('2026-07-01T06:30:00Z')
  await expectNewestInvoice(store, ['24.90', '9.00', '33.90', '6.78', '40.68'])
  await seeMargin(ahorn)
  await seeAndWire(stage, ahorn)

  await nothingBehind(store)
  expect(await stage.ask('broken', null)).toEqual([])
})

/** What Ahorn may owe, and what Meridian sells to it at: the level's percentages off the list. */
async function seeTerms(ahorn: Page): Promise<void> {
  await credit(ahorn, { used: '0.00', available: '5,000.00' })
  await ahorn.goto('/office/pricing/margins?search=web-1')
  for (const price of ['15.20', '9.00', '0.096']) await expect(ahorn.locator('main')).toContainText(price)
  await ahorn.goto('/office/pricing/margins?search=web-2')
  await expect(ahorn.locator('main')).toContainText('63.20')
}

async function salesSeesNoStaff(stage: Stage): Promise<void> {
  const sales = await stage.open('ahorn', { as: 'stefan@ahorn.example', refusals: [403] })
  expect((await sales.goto('/office/people'))?.status()).toBe(403)
}

/** Pays its first period with the order and months by the calendar, up to 200.00. */
async function cafeLinde(stage: Stage): Promise<void> {
  const facts = { kind: 'business', name: linde.name, email: 'rechnung@linde.example', language: 'de', country: 'AT' } as const
  const terms = { creditLimitMinor: 20_000n, feesInAdvance: true, invoicesOrders: true }
  const accountId = await stage.ask('customer', {
    seller: 'ahorn',
    ...facts,
    addressLines: ['Lindengasse 8', '1070 Wien'],
    contract: { priceBookCode: 'retail', terms },
  })
  await stage.ask('person', { seller: 'ahorn', accountId, email: linde.person, name: 'Maria Linde', profile: 'customer-owner' })
}

async function credit(ahorn: Page, { used, available }: { readonly used: string; readonly available: string }): Promise<void> {
  await expect(async () => {
    await ahorn.goto('/office/purchases/credit')
    const figures = await figuresIn(ahorn, '#credit')
    expect(figures.at(-1)).toBe(available)
    expect(figures.at(-3)).toBe(used)
  }).toPass()
}

/** 206 more would need 4,985.20; 205 fit and leave 14.80. */
async function calculate(ahorn: Page): Promise<void> {
  await ahorn.locator('[name=each]').fill('24.20')
  await ahorn.getByRole('button', { name: 'Work out' }).click()
  await expect(ahorn.locator('#fit [role=status]')).toContainText('205')
  await expect(ahorn.locator('#fit [role=status]')).toContainText('14.80')
}

async function seeMargin(ahorn: Page): Promise<void> {
  await ahorn.goto('/office/reports/margin?month=2026-06&by=account')
  await expectFigures(ahorn, ['48.90', '29.96', '18.94'])
}

/** Meridian's invoice of June under reverse charge, and how the wire lowers what Ahorn owes to the fee of July. */
async function seeAndWire(stage: Stage, ahorn: Page): Promise<void> {
  await credit(ahorn, { used: '45.16', available: '4,954.84' })
  const accountId = await stage.ask('accountCalled', { seller: 'meridian', name: 'Ahorn Hosting GmbH' })
  const meridian = await stage.open('meridian', { as: 'mara@meridian.example' })
  await meridian.goto(`/office/accounts/${accountId}`)
  await expect(meridian.locator('main')).not.toContainText('24.90')
  await meridian.locator('#invoices').getByRole('link', { name: /^MG-/ }).first().click()
  await expect(meridian.getByRole('heading', { level: 1 })).toContainText('MG-2026-')
  await expectFigures(meridian, ['9.00', '15.20', '5.76', '29.96', '0.00'])
  await meridian.goto(`/office/payments/new?account=${accountId}`)
  await meridian.locator('[name=amount]').fill('29.96')
  await meridian.getByRole('button', { name: 'Record' }).click()
  await expect(meridian.getByRole('heading', { name: 'What it settles' })).toBeVisible()
  await credit(ahorn, { used: '15.20', available: '4,984.80' })
}

/** Nothing that Linde reads names the provider or what Ahorn pays. */
async function nothingBehind(store: Page): Promise<void> {
  for (const path of [
    '/panel',
    '/panel/invoices',
    '/panel/subscriptions',
    '/panel/servers',
    '/panel/usage?month=2026-06',
    '/panel/account',
  ]) {
    await store.goto(path)
    const text = await store.content()
    expect(text.match(/\b(meridian|livery)/i)?.[0], path).toBeUndefined()
    expect(text.match(/(?<![\d.,])(15\.20?|24\.20?|29\.96|0\.096)(?!\d)/)?.[0], path).toBeUndefined()
  }
}
