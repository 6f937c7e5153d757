import { expectAccessible } from './support/accessible.ts'
import { expect, type Page, test } from './support/test.ts'

// Both are of one customer: what the second saves would pay in the first.
test.describe.configure({ mode: 'default' })

/** Chooses a test card on the gateway's page and pays. */
async function payBy(page: Page, card: string, reason?: string): Promise<void> {
  await expect(page).toHaveURL(/\/sandbox-pay\//)
  await page.getByLabel(card).check()
  if (reason) await page.getByLabel('When declined, because').selectOption(reason)
  await page.getByRole('button', { name: /^Pay/ }).click()
}

test('an invoice is paid with 3-D Secure after a card was declined; the card is kept, charged by itself, and removed', async ({
  visit,
}) => {
  const panel = await visit('lakeside', { as: 'urs@praxis-keller.example', locale: 'en-GB' })
  const heading = panel.getByRole('heading', { level: 1 })
  await panel.goto('/panel/invoices')
  await panel.getByRole('link', { name: /^Pay .*\d/ }).click()
  await expect(heading).toHaveText('Pay')
  await expectAccessible(panel, 'the choice of what is paid')
  await panel.getByLabel(/^Another amount/).fill('1.00')
  await panel.getByRole('button', { name: 'Take over' }).click()
  await expect(panel.getByRole('button', { name: /^Pay .*1\.00$/ })).toBeVisible()
  await panel.getByLabel(/^Another amount/).fill('')
  await panel.getByRole('button', { name: 'Take over' }).click()
  await expect(panel.getByRole('button', { name: /^Pay .*1\.00$/ })).toHaveCount(0)

  await panel.getByRole('button', { name: /^Pay/ }).click()
  await expect(panel).toHaveURL(/\/sandbox-pay\//)
  await expect(panel.getByText('No money moves')).toBeVisible()
  await expectAccessible(panel, 'the page of the gateway')
  await payBy(panel, '•••• 0002: is declined', 'The card has expired.')
  await expect(heading).toHaveText('Not paid')
  await expect(panel.getByText('The card has expired.')).toBeVisible()
  await expectAccessible(panel, 'a declined payment')

  await panel.getByRole('link', { name: /^Try again/ }).click()
  await panel.getByLabel('Keep it for later payments').check()
  await panel.getByRole('button', { name: /^Pay/ }).click()
  await payBy(panel, '•••• 3220: asks you to confirm (3-D Secure)')
  await panel.getByRole('button', { name: 'Confirm' }).click()
  await expect(heading).toHaveText('Paid')
  await expect(panel.getByRole('heading', { name: 'Receipt' })).toBeVisible()
  await panel.locator('#receipt').getByRole('link').click()
  await expect(panel.locator('main').getByText('Paid', { exact: true }).first()).toBeVisible()
  await expect(panel.getByRole('link', { name: /^Pay .*\d/ })).toHaveCount(0)

  await panel.goto('/panel/payment-methods')
  await expect(panel.getByText('Visa •••• 3220')).toBeVisible()
  await panel.getByRole('button', { name: 'Turn on' }).click()
  await expect(panel.getByRole('button', { name: 'Turn off' })).toBeVisible()
  await expectAccessible(panel, 'payment methods')
  await panel.getByRole('button', { name: 'Remove Visa 3220' }).click()
  await expect(panel.getByText('No payment method is saved')).toBeVisible()
})

test('paying works without scripts: a way to pay is saved on the page of the gateway', async ({ visit }) => {
  const panel = await visit('lakeside', { as: 'urs@praxis-keller.example', locale: 'en-GB', javaScriptEnabled: false })
  await panel.goto('/panel/payment-methods')
  await panel.getByRole('button', { name: 'Add: Test card' }).click()
  await panel.getByRole('button', { name: 'Save the card' }).click()
  await expect(panel.getByRole('heading', { level: 1 })).toHaveText('Saved')
  await panel.getByRole('link', { name: 'Payment methods' }).first().click()
  await expect(panel.getByText('Visa •••• 4242')).toBeVisible()
})
