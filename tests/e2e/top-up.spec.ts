import { expectAccessible } from './support/accessible.ts'
import { expect, type Page, test } from './support/test.ts'

test('a customer adds funds by card, gets a receipt, and lets the balance be filled by itself', async ({ visit }) => {
  const panel = await visit('nakhla', { as: 'noor@burj-retail.example', locale: 'en-GB', refusals: [422] })
  await panel.goto('/panel/balance')
  await expect(panel.getByRole('heading', { level: 1 })).toHaveText('Balance')
  await expectAccessible(panel, 'a balance')

  const funds = panel.locator('#top-up')
  await funds.locator('[name=amount]').fill('75.5.1')
  await funds.getByRole('button', { name: 'Continue to payment' }).click()
  await expect(panel.locator('#amount-error')).toBeVisible()
  await funds.locator('[name=amount]').fill('75.50')
  await funds.getByLabel(/^Test/).check()
  await funds.locator('[name=saves]').check()
  await funds.getByRole('button', { name: 'Continue to payment' }).click()
  await panel.waitForURL(/sandbox-pay/)
  await panel.locator('button[value=pay]').click()
  await expect(panel.getByRole('heading', { level: 1 })).toHaveText('Paid')

  await paidAhead(panel)
  const grant = panel.locator('#grants').getByRole('row', { name: /Paid ahead/ })
  await expect(grant).toHaveCount(1)
  await expect(grant).toContainText('75.50')
  await grant.getByRole('link', { name: 'Show' }).click()
  await expect(panel.getByRole('heading', { level: 1 })).toContainText('PR')
  await expect(panel.getByText('UBL')).toHaveCount(0)

  await panel.goto('/panel/balance')
  const rule = panel.locator('#auto-top-up')
  await rule.locator('[name=isOn]').check()
  await rule.locator('[name=threshold]').fill('10')
  await rule.locator('[name=autoAmount]').fill('20')
  await rule.locator('[name=monthlyCap]').fill('19')
  await rule.getByRole('button', { name: 'Save' }).click()
  await expect(panel.locator('#monthlyCap-error')).toBeVisible()
  await rule.locator('[name=monthlyCap]').fill('100')
  await rule.getByRole('button', { name: 'Save' }).click()
  await expect(panel.locator('#monthlyCap-error')).toHaveCount(0)
  await panel.reload()
  await expect(rule.locator('[name=isOn]')).toBeChecked()
})

/** Waits until what was paid is in the balance: a job of the seller brings it there. */
async function paidAhead(panel: Page): Promise<void> {
  await expect(async () => {
    await panel.goto('/panel/balance')
    await expect(panel.locator('#grants').getByRole('row', { name: /Paid ahead/ })).toHaveCount(1, { timeout: 1000 })
  }).toPass({ timeout: 60_000 })
}
