import { companyFrom, expectFigures, expectNewestInvoice, figuresIn } from './support/pages.ts'
import { expect, type Page, type Stage, test } from './support/stage.ts'

const brandt = { name: 'Brandt Versand GmbH', person: 'lena@brandt.example' }
const manager = { as: 'kai@meridian.example' }

test('an account manager finds over-use and upgrades: 272.51, then 215.39 and 94.01', async ({ stage }) => {
  await stage.begin('2026-02-01T04:00:00Z')
  const accountId = await brandtOnWeb1(stage)
  await saveCard(await stage.open('meridian', { as: brandt.person }))
  for (const month of ['02', '03', '04', '05']) await billAndCollect(stage, `2026-${month}-01`)
  await stage.travel('2026-05-31T12:00:00Z')
  await stage.ask('send', [{ server: 'shop-01', days: { '2026-05-10': 900, '2026-05-20': 950 } }])
  await billAndCollect(stage, '2026-06-01')

  const office = await stage.open('meridian', manager)
  await office.goto('/office/accounts?search=Brandt')
  await office.locator('main table').getByRole('link', { name: brandt.name }).click()
  await expect(office.getByRole('heading', { level: 1 })).toHaveText(brandt.name)
  await seePaymentsAndStatement(office, accountId)
  await seeOverUse(office, accountId)
  await comparePlans(office)

  await stage.travel('2026-06-12T09:00:00Z')
  await stage.ask('send', [{ server: 'shop-01', days: { '2026-06-05': 650 } }])
  const subscription = await propose(office)
  const panel = await stage.open('meridian', { as: brandt.person })
  await accept(panel, subscription)
  await stage.travel('2026-06-15T22:05:00Z')
  await panel.reload()
  await expect(panel.locator('main')).toContainText('Web 2')
  await expect(panel.locator('#history')).toContainText('Kai Sommer → Lena Brandt')

  await stage.travel('2026-06-30T12:00:00Z')
  await stage.ask('send', [{ server: 'shop-01', days: { '2026-06-20': 900 } }])
  await billAndCollect(stage, '2026-07-01')
  await expectNewestInvoice(panel, ['9.50', '39.50', '79.00', '72.00', '181.00', '34.39', '215.39'])

  await stage.travel('2026-07-31T12:00:00Z')
  await stage.ask('send', [{ server: 'shop-01', days: { '2026-07-10': 900, '2026-07-11': 900 } }])
  await billAndCollect(stage, '2026-08-01')
  await expectNewestInvoice(panel, ['79.00', '15.01', '94.01'])
  // Setup and six months, the over-use of May and June, and the change; all of it was paid.
  expect(await stage.ask('booked', { seller: 'meridian', code: 'receivable' })).toBe(0n)
  expect(await stage.ask('broken', null)).toEqual([])
})

/** Brandt since February on Web 1, paid in advance on the first of each month, and the account manager. */
async function brandtOnWeb1(stage: Stage): Promise<string> {
  const terms = { feesInAdvance: true, paymentDays: 0, creditLimitMinor: 200_000n, startsOn: new Date('2026-02-01') }
  const facts = { ...companyFrom('Hamburg'), name: brandt.name, email: 'rechnung@brandt.example' }
  const accountId = await stage.ask('customer', { seller: 'meridian', ...facts, contract: { priceBookCode: 'retail', terms } })
  await stage.ask('person', { seller: 'meridian', accountId, email: brandt.person, name: 'Lena Brandt', profile: 'customer-owner' })
  await stage.ask('person', { seller: 'meridian', email: manager.as, name: 'Kai Sommer', profile: 'account-manager' })
  await stage.ask('running', { seller: 'meridian', accountId, plan: 'web-1', name: 'shop-01', since: '2026-01-31T23:00:00Z' })
  return accountId
}

async function saveCard(panel: Page): Promise<void> {
  await panel.goto('/panel/payment-methods')
  await panel.getByRole('button', { name: 'Add: Test card' }).click()
  await panel.getByRole('button', { name: 'Save the card' }).click()
  await panel.getByRole('link', { name: 'Payment methods' }).first().click()
  await panel.getByRole('button', { name: 'Turn on' }).click()
  await expect(panel.getByRole('button', { name: 'Turn off' })).toBeVisible()
}

/** The morning of a first: the run of the month before, and an hour later the card. */
async function billAndCollect(stage: Stage, day: string): Promise<void> {
  await stage.travel(`${day}T06:30:00Z`)
  await stage.travel(`${day}T07:30:00Z`)
}

async function seePaymentsAndStatement(office: Page, accountId: string): Promise<void> {
  await office.goto(`/office/payments?account=${accountId}`)
  const payments = office.locator('main table tbody tr')
  for (const [place, amount] of ['272.51', '22.61', '22.61'].entries()) await expect(payments.nth(place)).toContainText(amount)
  await office.goto(`/office/accounts/${accountId}/statement?from=2026-06-01&to=2026-06-01`)
  const balances = await figuresIn(office)
  expect(balances.slice(0, 1)).toEqual(['0.00'])
  expect(balances.filter((figure) => figure === '272.51').length).toBeGreaterThanOrEqual(2)
  expect(new Set(balances)).toEqual(new Set(['0.00', '272.51']))
}

async function seeOverUse(office: Page, accountId: string): Promise<void> {
  await office.goto(`/office/accounts/${accountId}`)
  await office.locator('#invoices').getByRole('link', { name: /^MG-/ }).first().click()
  await expect(office.getByRole('heading', { level: 1 })).toContainText('MG-2026-')
  const overage = office.getByRole('row').filter({ hasText: '210.00' })
  for (const fact of ['1,850', '100', '1,750', '0.12']) await expect(overage).toContainText(fact)
  await expect(office.locator('main')).toContainText('shop-01')
  await expectFigures(office, ['19.00', '210.00', '229.00', '43.51', '272.51'])
  await office.goto(`/office/accounts/${accountId}/usage?month=2026-05`)
  await expect(office.locator('main')).toContainText('shop-01')
}

/** What a month like May costs on either plan, before tax, as the store tells everybody. */
async function comparePlans(page: Page): Promise<void> {
  await page.goto('/compare?plan=web-1&plan=web-2&gb=1850&tax=net')
  const total = page.getByRole('row').filter({ hasText: '229.00' })
  await expect(total).toContainText('79.00')
}

/** Web 2 from 16 June, with its money seen first. Returns the path of the subscription below office and panel. */
async function propose(office: Page): Promise<string> {
  await office.goto('/office/subscriptions?state=active&search=Brandt')
  await office.locator('main table tbody').getByRole('link').first().click()
  await expect(office.locator('#change-form')).toBeVisible()
  const path = new URL(office.url()).pathname.replace('/office/', '/')
  await choose(office)
  const preview = office.locator('#preview')
  await expect(preview).toContainText('9.50')
  await expectFigures(office, ['9.50', '39.50', '30.00', '5.70', '35.70'], '#preview')
  await preview.getByRole('button', { name: 'Propose to the customer' }).click()
  await expect(office.getByText('The customer finds the proposal in the panel.')).toBeVisible()
  return path
}

async function choose(office: Page): Promise<void> {
  const web2 = office.locator('select[name=change] optgroup[label="Change plan"] option', { hasText: 'Web 2' })
  await office.locator('select[name=change]').selectOption((await web2.getAttribute('value')) ?? '')
  await office.getByLabel('When', { exact: true }).selectOption('date')
  await office.locator('input[name=date]').fill('2026-06-16')
  await office.getByRole('button', { name: 'Show what it costs' }).click()
}

async function accept(panel: Page, subscription: string): Promise<void> {
  await panel.goto(`/panel${subscription}`)
  await expect(panel.locator('#history')).toContainText('35.70')
  await panel.locator('#history').getByRole('button', { name: 'Accept' }).click()
  await expect(panel.getByText('Accepted. The change will be made at its time.')).toBeVisible()
}
