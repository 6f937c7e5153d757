import { expectAccessible } from './support/accessible.ts'
import { expect, type Page, test } from './support/test.ts'

/** Looks at a page again until what a job does shows on it. */
async function until(page: Page, path: string, shows: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await page.goto(path)
    await shows()
  }).toPass({ timeout: 60_000 })
}

test('a paid invoice is credited and given back in part, then disputed: evidence is sent, the dispute is won', { tag: '@long' }, async ({
  visit,
}) => {
  test.setTimeout(180_000)
  const panel = await visit('nakhla', { as: 'noor@burj-retail.example', locale: 'en' })
  await panel.goto('/panel/invoices')
  await panel
    .getByRole('link', { name: /^Pay .*\d/ })
    .first()
    .click()
  await panel.getByRole('button', { name: /^Pay/ }).click()
  await expect(panel).toHaveURL(/\/sandbox-pay\//)
  const sandbox = panel.url()
  await panel.getByRole('button', { name: /^Pay/ }).click()
  await expect(panel.getByRole('heading', { level: 1 })).toHaveText('Paid')

  const office = await visit('nakhla', { as: 'layla@nakhla.example', locale: 'en', refusals: [409] })
  await office.goto('/office/payments/attempts')
  await office
    .getByRole('row', { name: /Burj Retail/ })
    .getByRole('link')
    .first()
    .click()
  await expect(office.getByRole('heading', { level: 1 })).toHaveText('Payment attempt')
  await expectAccessible(office, 'a payment attempt')
  await office.getByRole('link', { name: 'To the payment' }).click()
  await office.getByRole('link', { name: 'Give money back' }).click()
  const what = office.getByLabel('What is given back')
  await what.selectOption({ index: 0 })
  await expect(what).toContainText(/Credit .* and give the money back/)
  await office.getByLabel(/^Amount/).fill('1.00')
  await office.getByLabel('Reason').fill('Agreed by phone')
  await expectAccessible(office, 'giving money back through a gateway')
  await office.getByRole('button', { name: 'Give it back' }).click()
  await expect(office.getByRole('heading', { level: 1 })).toHaveText('Payment')
  const payment = new URL(office.url()).pathname
  await until(office, payment, () => expect(office.getByText('Given back', { exact: true })).toBeVisible({ timeout: 1_000 }))

  await panel.goto(sandbox)
  await panel.getByRole('button', { name: 'The cardholder disputes it' }).click()
  await expect(panel.getByText('The payment is disputed.')).toBeVisible()
  const row = office.getByRole('row', { name: /Burj Retail/ })
  await until(office, '/office/disputes', () => expect(row).toBeVisible({ timeout: 1_000 }))
  await expectAccessible(office, 'disputes')
  await row.getByRole('link').click()
  await panel.goto('/panel/payments')
  await expect(panel.getByText('In dispute')).toBeVisible()

  await office.getByLabel('What the bank should know').fill('The server ran all month; its log is attached.')
  await office.getByLabel('File').setInputFiles({ name: 'log.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ') })
  await office.getByRole('button', { name: 'Save' }).click()
  await expect(office.getByText('The file is no PDF, JPEG or PNG.')).toBeVisible()
  await office.getByLabel('File').setInputFiles({ name: 'log.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') })
  await office.getByRole('button', { name: 'Save' }).click()
  await expect(office.getByRole('cell', { name: 'log.pdf', exact: true })).toBeVisible()
  await expectAccessible(office, 'a dispute')
  await office.getByRole('button', { name: 'Send to the bank' }).click()
  await expect(office.getByText('At the bank', { exact: true })).toBeVisible()
  const dispute = new URL(office.url()).pathname

  await panel.goto(sandbox)
  await panel.getByRole('button', { name: 'The seller wins' }).click()
  await until(office, dispute, () => expect(office.getByText('Won', { exact: true })).toBeVisible({ timeout: 1_000 }))
  await panel.goto('/panel/payments')
  await expect(panel.getByText('In dispute')).toHaveCount(0)

  await office.goto('/office/payments/log')
  await expect(office.getByRole('row').filter({ hasText: '/disputes/evidence' })).toHaveCount(1)
  await office.goto('/office/payments/events')
  await office
    .getByRole('button', { name: /^Apply again/ })
    .first()
    .click()
  await expect(office.getByRole('heading', { level: 1 })).toHaveText('Payments')
})
