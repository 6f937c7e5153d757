import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expectAccessible } from './support/accessible.ts'
import { expect, type Page, test } from './support/test.ts'

const provider = { as: 'mara@meridian.example', locale: 'en-GB' }
const reseller = { as: 'reto@lakeside.example', locale: 'en-GB' }

/** A customer of the reseller pays, and the provider has the money. */
async function providerTakes(customer: string, cents: number): Promise<void> {
  const { LIVERY_E2E_DATABASE_URL, LIVERY_E2E_SECRET } = process.env
  const env = { ...process.env, DATABASE_URL: LIVERY_E2E_DATABASE_URL, APP_SECRET: LIVERY_E2E_SECRET }
  const main = 'tests/support/parent-takes-payment/main.ts'
  await promisify(execFile)(process.execPath, ['--import', 'tsx', main, 'lakeside', customer, String(cents)], { env })
}

async function openTerms(office: Page): Promise<void> {
  await office.goto('/office/accounts')
  await office.getByRole('link', { name: 'Lakeside Cloud AG', exact: true }).first().click()
  await office.locator('main a[href$="/settlement"]').click()
  await expect(office.getByRole('heading', { level: 1 })).toHaveText('Settlement terms')
}

test('a provider takes the money of a reseller’s customers: terms, what contradicts them, a payout, and what the reseller reads', {
  tag: '@long',
}, async ({ visit }) => {
  test.setTimeout(180_000)
  const office = await visit('meridian', { ...provider, refusals: [422] })
  await openTerms(office)
  await expect(office.getByText('Nothing was agreed beyond the contract.')).toBeVisible()
  await expectAccessible(office, 'terms of settlement')

  const example = office.getByRole('region', { name: 'For example' })
  await expect(example).toContainText('The reseller takes its customers’ money and pays your invoice.')
  await office.getByLabel('Who takes the customers’ money').selectOption('You')
  await office.getByLabel('How the price is found').selectOption('Share of revenue')
  await office.getByLabel('Reason').fill('Cards are taken by us')
  await office.getByRole('button', { name: 'Propose these terms' }).click()
  const rule = office.getByLabel('The reseller’s share of a sale')
  await expect(rule).toHaveAccessibleDescription('A share of revenue needs a rule, and only that has one.')
  await rule.selectOption('Percent of the sale')
  await office.getByLabel('Percent of the rule').fill('20')
  await expect(example).toContainText('The reseller gets its share of every sale')
  await expect(example).toContainText(/The reseller’s share\s*€20\.00/)

  await office.getByLabel('How the price is found').selectOption('Buy prices')
  await rule.selectOption('No share')
  await office.getByLabel('Charge for collecting, percent').fill('3')
  await expect(example).toContainText('You take the customers’ money and keep 3 % of it.')
  await expect(example).toContainText(/Settles your invoice\s*€70\.00/)
  await expect(example).toContainText(/Paid out\s*€27\.00/)
  await office.getByRole('button', { name: 'Propose these terms' }).click()
  await expect(office.getByRole('row').filter({ hasText: 'Agreed: Cards are taken by us' })).toBeVisible()

  await office.goto('/office/payouts/taken')
  await expect(office.getByLabel('Reseller')).toContainText('Lakeside Cloud AG')
  await expectAccessible(office, 'money taken for a reseller')
  await office.getByLabel('Number of the document').fill('NOBODY-1')
  await office.getByLabel('Amount').fill('12,50')
  await office.getByRole('button', { name: 'Record' }).click()
  await expect(office.getByLabel('Number of the document')).toHaveAccessibleDescription(/No open document has this number/)

  await providerTakes('Praxis Keller AG', 200_000)
  const due = office.getByRole('row').filter({ hasText: 'Lakeside Cloud AG' }).filter({ hasText: '€1,940.00' })
  await expect(async () => {
    await office.goto('/office/payouts')
    await expect(due.first()).toBeVisible({ timeout: 1_000 })
    // Another journey's dispute holds payouts for a while.
    await expect(office.getByRole('button', { name: 'Open the run' })).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await expectAccessible(office, 'what is due to a reseller')
  await office.getByRole('button', { name: 'Open the run' }).click()
  await expect(office.getByText('Waiting for approval')).toBeVisible()
  await office.getByRole('button', { name: 'Approve and pay out' }).click()
  // One run was made before.
  await expect(office.getByText('Made', { exact: true })).toHaveCount(2)
  await expectAccessible(office, 'a payout that was made')
  await office.getByLabel('Paid on').fill('2026-01-02')
  await office.getByLabel('Bank reference').fill('SEPA 4711')
  await office.getByRole('button', { name: 'Mark as paid' }).click()
  await expect(office.getByText('SEPA 4711')).toBeVisible()

  const own = await visit('lakeside', reseller)
  await own.goto('/office/purchases')
  await own.getByRole('link', { name: 'Terms and payouts' }).click()
  await expect(own.getByText('Holds today: Your customers’ money is taken for you, less 3 %.')).toBeVisible()
  await expect(own.getByRole('row').filter({ hasText: 'SEPA 4711' })).toContainText('€1,940.00')
  await expectAccessible(own, 'terms and payouts of a reseller')
})
