import { readFile } from 'node:fs/promises'
import { focusProblems, readFocus, sumOf } from '../support/check-focus.ts'
import { expectAccessible } from './support/accessible.ts'
import { mailedLink } from './support/mailbox.ts'
import { scheduleLooksAhead } from './support/schedule.ts'
import { expect, type Page, test } from './support/test.ts'

const johanna = { as: 'johanna@ahorn.example', locale: 'en' }

async function downloaded(page: Page, click: () => Promise<unknown>): Promise<string> {
  const download = page.waitForEvent('download')
  await click()
  return readFile(await (await download).path(), 'utf8')
}

test('usage and cost of a month leave as FOCUS: what is sold names the seller, what is bought its supplier', { tag: '@long' }, async ({
  visit,
}) => {
  const page = await visit('ahorn', johanna)
  await page.goto('/office/exports')
  await expectAccessible(page, 'exports')
  const sold = await downloaded(page, () => page.getByRole('button', { name: 'Download' }).click())
  expect(focusProblems(sold)).toEqual([])
  expect(new Set(readFocus(sold).map(({ ProviderName }) => ProviderName))).toEqual(new Set(['Ahorn Hosting GmbH']))
  expect(sold).not.toMatch(/meridian/i)

  await page.getByRole('combobox', { name: 'Side' }).selectOption({ label: 'What you buy' })
  const bought = await downloaded(page, () => page.getByRole('button', { name: 'Download' }).click())
  expect(focusProblems(bought)).toEqual([])
  expect(new Set(readFocus(bought).map(({ InvoiceIssuerName }) => InvoiceIssuerName))).toEqual(new Set(['Meridian Grid GmbH']))

  await page.goto('/office/exports')
  await page.getByRole('button', { name: 'Prepare as a file' }).click()
  const kept = page.getByRole('table', { name: 'Files' }).getByRole('link', { name: 'Download' }).first()
  await expect(kept).toBeVisible({ timeout: 30_000 })
  expect(await downloaded(page, () => kept.click())).toBe(sold)
})

test('a customer downloads its own cost data, which comes to its invoice and names nobody above', async ({ visit }) => {
  const page = await visit('ahorn', { as: 'maria@linde.example', locale: 'en' })
  await page.goto('/panel/usage')
  await page.getByRole('link', { name: 'Cost data' }).click()
  const file = await downloaded(page, () => page.getByRole('button', { name: 'Download CSV' }).click())
  expect(focusProblems(file)).toEqual([])
  expect(file).not.toMatch(/meridian/i)
  const rows = readFocus(file)
  expect(new Set(rows.map(({ BillingAccountName }) => BillingAccountName))).toEqual(new Set(['Café Linde e.U.']))
  expect(sumOf(rows)).toMatch(/^\d+(\.\d{1,2})?$/)
})

test('a customer orders its cost data on a schedule, pauses and deletes it; a file that nobody would get is refused', async ({ visit }) => {
  const page = await visit('ahorn', { as: 'maria@linde.example', locale: 'en', refusals: [422] })
  await page.goto('/panel/exports')
  await page.getByRole('link', { name: 'On a schedule' }).click()
  const mails = page.getByRole('textbox', { name: 'Mail addresses' })
  await page.getByRole('button', { name: 'Order' }).click()
  await expect(page.getByText('Please fill this in.')).toBeVisible()
  await mails.fill('books@linde.example')
  await page.getByRole('button', { name: 'Order' }).click()
  const row = page.getByRole('table', { name: 'On a schedule' }).getByRole('row').filter({ hasText: 'books@linde.example' })
  await expect(row).toContainText('Monthly')
  await row.getByRole('button', { name: 'Pause' }).click()
  await expect(row).toContainText('Paused')
  await expectAccessible(page, 'files on a schedule')
  await row.getByRole('button', { name: 'Delete' }).click()
  await expect(row).toHaveCount(0)
})

test('a file ordered for every day is mailed as a link, and whoever has the link fetches it without a sign-in', { tag: '@long' }, async ({
  visit,
}) => {
  test.setTimeout(180_000)
  const office = await visit('ahorn', johanna)
  await office.goto('/office/exports/schedules')
  await office.locator('[name=what]').selectOption('revenue')
  await office.locator('[name=rhythm]').selectOption('daily')
  await office.locator('[name=handover]').selectOption('mail')
  await office.locator('[name=mails]').fill('daily@ahorn.example')
  await office.getByRole('button', { name: 'Order' }).click()
  await expect(office.getByRole('row').filter({ hasText: 'daily@ahorn.example' })).toContainText('Daily')
  await scheduleLooksAhead('ahorn', 'exports')

  const page = await visit('ahorn', { locale: 'en' })
  await page.goto(await mailedLink(office, 'daily@ahorn.example', '/exports'))
  await expect(page).toHaveURL(/\/exports\/[^/]+$/)
  await expectAccessible(page, 'a file behind a mailed link')
  const file = await downloaded(page, () => page.getByRole('link', { name: 'Download' }).click())
  expect(file.split('\n')[0]).toMatch(/from.+to.+product.+currency.+net/)
  expect(file).not.toMatch(/meridian/i)
})

test('each figure of the aging opens its documents, and a product of the revenue its customers', async ({ visit }) => {
  const page = await visit('ahorn', johanna)
  await page.goto('/office/reports/aging')
  const row = page.getByRole('table', { name: 'By customer' }).getByRole('row').filter({ hasText: 'Café Linde' })
  await row.getByRole('link').last().click()
  await expect(page).toHaveURL(/\/office\/reports\/aging\/documents\?/)
  await page.getByRole('table').getByRole('link', { name: /^AH-/ }).first().click()
  await expect(page).toHaveURL(/\/office\/invoices\/[0-9a-f-]{36}$/)

  await page.goto('/office/reports/revenue')
  await page.getByRole('table', { name: 'By product' }).getByRole('link').first().click()
  await expect(page.getByRole('table', { name: 'By customer' }).getByRole('row')).not.toHaveCount(0)

  await page.goto('/office/reports/margin')
  await expect(page.getByRole('table', { name: 'By product' }).getByRole('row').nth(1)).toContainText('€')
})

test('an account gets a number of the seller’s own; a wrong one is refused at its field, without scripts', async ({ visit }) => {
  const page = await visit('ahorn', { ...johanna, javaScriptEnabled: false, refusals: [422] })
  await page.goto('/office/exports/numbers')
  await page.getByRole('combobox', { name: 'Account', exact: true }).selectOption({ value: 'revenue.usage' })
  await page.getByRole('textbox', { name: 'Number', exact: true }).fill('84')
  await page.getByRole('button', { name: 'Save' }).last().click()
  await expect(page.getByText('Write four digits, such as 8400.')).toBeVisible()
  await page.getByRole('combobox', { name: 'Account', exact: true }).selectOption({ value: 'revenue.usage' })
  await page.getByRole('textbox', { name: 'Number', exact: true }).fill('8400')
  await page.getByRole('textbox', { name: 'Tax key' }).fill('40')
  await page.getByRole('button', { name: 'Save' }).last().click()
  await expect(page.getByRole('table', { name: 'Accounts of the books' }).getByRole('row').filter({ hasText: '8400' })).toContainText('40')
})
