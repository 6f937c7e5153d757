import { expectAccessible } from './support/accessible.ts'
import { expect, test } from './support/test.ts'

const english = { locale: 'en-GB' }

test('a provider shares its revenue with a reseller: what contradicts is refused, the reseller reads what holds', async ({ visit }) => {
  const office = await visit('meridian', { as: 'mara@meridian.example', ...english, refusals: [422] })
  await office.goto('/office/accounts')
  await office.getByRole('link', { name: 'Lakeside Cloud AG', exact: true }).first().click()
  await office.locator('main a[href$="/settlement"]').click()
  await expect(office.getByText('Nothing was agreed beyond the contract.')).toBeVisible()
  await expectAccessible(office, 'terms of settlement')

  const example = office.getByRole('region', { name: 'For example' })
  await expect(example).toContainText('The reseller takes its customers’ money and pays your invoice.')
  await office.getByLabel('Who takes the customers’ money').selectOption('You')
  await office.getByLabel('How the price is found').selectOption('Share of revenue')
  await office.getByLabel('Days a payout waits for disputes').fill('30')
  await office.getByLabel('Reason').fill('Sells our plans under our brand')
  await office.getByRole('button', { name: 'Propose these terms' }).click()
  const rule = office.getByLabel('The reseller’s share of a sale')
  await expect(rule).toHaveAccessibleDescription('A share of revenue needs a rule, and only that has one.')
  await expect(office.getByLabel('Days a payout waits for disputes')).toHaveValue('30')

  await rule.selectOption('Percent of the sale')
  await office.getByLabel('Percent of the rule').fill('20')
  await office.getByLabel('Example: paid by customers, net').fill('100.00')
  await expect(example).toContainText('The reseller gets its share of every sale')
  await expect(example).toContainText('Days it waits for disputes: 30.')
  await expect(example).toContainText(/The reseller’s share\s*€20\.00/)
  await office.getByRole('button', { name: 'Propose these terms' }).click()
  await expect(office.getByRole('row').filter({ hasText: 'Agreed: Sells our plans under our brand' })).toBeVisible()
  await expectAccessible(office, 'agreed terms of settlement')

  const reseller = await visit('lakeside', { as: 'reto@lakeside.example', ...english })
  await reseller.goto('/office/purchases')
  await reseller.getByRole('link', { name: 'Terms and payouts' }).click()
  await expect(reseller.getByText('Holds today: Your customers’ money is taken for you.')).toBeVisible()
  await expect(reseller.getByText('No payout yet.')).toBeVisible()
  await expectAccessible(reseller, 'terms and payouts of a reseller')
})

test('finance looks at what is due to resellers by a day, and finds the terms of each', async ({ visit }) => {
  const office = await visit('meridian', { as: 'anke@meridian.example', ...english })
  await office.goto('/office/payouts')
  await office.getByLabel('Everything due by').fill('2090-01-31')
  await office.getByRole('button', { name: 'Show' }).click()
  await expect(office).toHaveURL(/through=2090-01-31/)
  await expect(office.getByText('What resellers are owed appears here when its day has come.').first()).toBeVisible()
  await expect(office.getByRole('button', { name: 'Open the run' })).toHaveCount(0)
  await expectAccessible(office, 'payouts')
  await office.locator('main').getByRole('link', { name: 'Ahorn Hosting GmbH' }).click()
  await expect(office.getByRole('heading', { level: 1 })).toHaveText('Settlement terms')
})
