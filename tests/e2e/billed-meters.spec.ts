// Before the journeys that plan other prices for the same book.
import { expectAccessible } from './support/accessible.ts'
import { scheduleLooksAhead } from './support/schedule.ts'
import { expect, type Page, test } from './support/test.ts'

// A file with a mistake is refused on the way.
const english = { locale: 'en', refusals: [422] }

test('staff define a meter, price it, upload its usage, and the invoice has it', { tag: '@long' }, async ({ visit }) => {
  test.setTimeout(180_000)
  const page = await visit('meridian', { as: 'mara@meridian.example', ...english })
  await page.goto('/office/catalog/meters')
  await page.getByRole('link', { name: 'New meter' }).click()
  await page.locator('[name=code]').fill('mail.boxes')
  await page.locator('[name=greatest]').fill('1000')
  await page.locator('[name=name_en]').fill('Mailboxes')
  await page.locator('[name=name_de]').fill('Postfächer')
  await page.locator('[name=unitWord_en]').fill('mailboxes')
  await page.getByRole('button', { name: 'Define meter' }).click()
  await page.getByRole('link', { name: 'Mailboxes' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mailboxes')
  await expectAccessible(page, 'a meter')

  await priceIn(page, await bookOf(page, 'Brandt Versand GmbH'))
  const finance = await visit('meridian', { as: 'anke@meridian.example', ...english })
  await finance.goto(page.url())
  await finance.getByRole('button', { name: 'Activate' }).click()
  await expect(finance.getByText('activated').first()).toBeVisible()

  const account = await accountIdOf(page, 'Brandt Versand GmbH')
  const from = new Date(Date.now() + 1_000).toISOString()
  const to = new Date(Date.now() + 1_800_000).toISOString()
  const row = (quantity: string) => `mail.boxes,${quantity},${from},${to},${account}`
  await upload(page, ['meter,quantity,from,to,account', row('twelve')])
  await expect(page.getByRole('row').filter({ hasText: 'quantity' })).toContainText('A number of zero or more is needed')
  await upload(page, ['meter,quantity,from,to,account', row('12')])
  await expect(page.getByText('1 rows read, 1 of them new: 1 accepted, 0 set aside, 1 charges made.')).toBeVisible()
  await upload(page, ['meter,quantity,from,to,account', row('12')])
  await expect(page.getByText('Nothing has changed.')).toBeVisible()

  await page.goto('/office/usage?meter=mail.boxes')
  await expect(page.getByRole('row').filter({ hasText: 'Brandt Versand GmbH' })).toContainText('12 mailboxes')
  await page.goto('/office/charges')
  await expect(page.getByRole('row').filter({ hasText: 'Mailboxes' }).first()).toContainText('€6.00')

  await billByTheDay(page, 'Brandt Versand GmbH')
  await scheduleLooksAhead('meridian')
  await finance.goto('/office/billing-runs')
  await finance.locator('main table tbody tr').first().getByRole('link').first().click()
  await expect(finance).toHaveURL(/\/billing-runs\/[0-9a-f-]{36}$/)
  const invoice = finance.getByRole('link', { name: /^MG-/ })
  await expect(async () => {
    await finance.reload()
    await expect(invoice).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 30_000 })
  await invoice.click()
  await expect(finance.getByRole('row', { name: /^Mailboxes .* 12 mailboxes 0.50 6.00$/ })).toBeVisible()
})

/** From now on the customer is invoiced every day. */
async function billByTheDay(page: Page, customer: string): Promise<void> {
  await openAccount(page, customer)
  await page.goto(`${new URL(page.url()).pathname}/cycle`)
  await page.locator('[name=unit]').selectOption('day')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page).not.toHaveURL(/cycle$/)
}

/** Puts a price on the meter in the rate card of `book`, from today on, and submits it. */
async function priceIn(page: Page, book: string): Promise<void> {
  await page.goto('/office/pricing/plans')
  await page.getByLabel('Price book').selectOption({ label: book })
  await page.getByRole('button', { name: 'Start a draft' }).click()
  await expect(page).toHaveURL(/\/office\/pricing\/plans\/[0-9a-f-]{36}$/)
  const last = page.locator('select[name$=".meter"]').last()
  const row = (await last.getAttribute('name'))?.replace(/[.]meter$/, '') ?? ''
  await last.selectOption('mail.boxes')
  await page.locator(`[name="${row}.model.kind"]`).selectOption('per-unit')
  await page.locator(`[name="${row}.model.unitPrice"]`).fill('0.50')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.locator(`[name="${row}.model.unitPrice"]`)).toHaveValue('0.50')
  await page.getByRole('button', { name: 'Submit' }).click()
  await expect(page.getByText('another person has to activate it')).toBeVisible()
}

/** The option of the price book that a customer's contract has. */
async function bookOf(page: Page, customer: string): Promise<string> {
  await openAccount(page, customer)
  const book = await page.locator('dt', { hasText: 'Price book' }).locator('xpath=following-sibling::dd').first().innerText()
  return `${book.trim()} · EUR`
}

async function accountIdOf(page: Page, customer: string): Promise<string> {
  await openAccount(page, customer)
  return `cus_${new URL(page.url()).pathname.split('/').at(-1)?.replaceAll('-', '')}`
}

async function openAccount(page: Page, customer: string): Promise<void> {
  await page.goto('/office/accounts')
  await page.getByRole('link', { name: customer }).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(customer)
}

async function upload(page: Page, lines: readonly string[]): Promise<void> {
  await page.goto('/office/usage/upload')
  await page.locator('[name=file]').setInputFiles({ name: 'usage.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) })
  await page.getByRole('button', { name: 'Upload', exact: true }).click()
}
