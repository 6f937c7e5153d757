import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expectAccessible } from './support/accessible.ts'
import { textOfPdf } from './support/pdf-text.ts'
import { expect, test } from './support/test.ts'

/** Date, entry and figures of every line, as the page says them. */
async function linesOf(page: Page): Promise<string[]> {
  const rows = await page.locator('main tbody tr').allInnerTexts()
  return rows.map((row) => row.replace(/\s+/g, ' ').trim())
}

async function fileOf(page: Page, name: 'PDF' | 'CSV'): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name, exact: true }).click()])
  return readFile(await file.path())
}

test('staff and customer read one statement, whose lines lead to their documents, as file and by mail', async ({ visit }) => {
  const office = await visit('ahorn', { as: 'johanna@ahorn.example' })
  await office.goto('/office/accounts')
  await office.getByRole('link', { name: 'Café Linde e.U.', exact: true }).first().click()
  await office.locator('main a[href$="/statement"]').click()
  await expect(office.getByRole('heading', { level: 1 })).toHaveText('Kontoauszug')
  await office.getByRole('link', { name: 'Dieses Jahr', exact: true }).click()
  await expect(office).toHaveURL(/from=\d{4}-01-01/)
  const lines = await linesOf(office)
  expect(lines.length).toBeGreaterThan(0)
  const number = /AH-\d{4}-\d{5}/.exec(lines.join(' '))?.[0] ?? 'none'

  expect(textOfPdf(await fileOf(office, 'PDF'))).toContain(number)
  expect((await fileOf(office, 'CSV')).toString('utf8')).toContain(number)
  await office.getByRole('button', { name: 'Per E-Mail senden' }).click()
  await expect(office.getByText('Der Kontoauszug ist unterwegs.')).toBeVisible()
  await office.getByRole('link', { name: number }).first().click()
  await expect(office.getByRole('heading', { level: 1 })).toContainText(number)

  const panel = await visit('ahorn', { as: 'maria@linde.example' })
  await panel.goto('/panel/invoices')
  await panel.getByRole('link', { name: 'Kontoauszug', exact: true }).click()
  await panel.getByRole('link', { name: 'Dieses Jahr', exact: true }).click()
  await expect(panel).toHaveURL(/from=\d{4}-01-01/)
  expect(await linesOf(panel)).toEqual(lines)
})

test('a reseller finds in its own office what its parent charges it, and both read the same statement', async ({ visit }) => {
  const buyer = await visit('ahorn', { as: 'johanna@ahorn.example' })
  await buyer.goto('/office/purchases')
  await expectAccessible(buyer, 'purchases')
  const document = buyer.getByRole('link', { name: /^MG-\d{4}-\d{5}$/ }).first()
  const number = await document.innerText()
  await document.click()
  await expect(buyer.getByRole('heading', { level: 1 })).toContainText(number)
  await expectAccessible(buyer, 'a document of the parent')
  const [file] = await Promise.all([buyer.waitForEvent('download'), buyer.locator('main a[href$="/pdf"]').click()])
  expect(textOfPdf(await readFile(await file.path()))).toContain(number)

  await buyer.goto('/office/purchases/statement')
  await buyer.getByRole('link', { name: 'Dieses Jahr', exact: true }).click()
  await expect(buyer).toHaveURL(/from=\d{4}-01-01/)
  await expectAccessible(buyer, 'the statement with the parent')
  const below = await linesOf(buyer)

  const seller = await visit('meridian', { as: 'mara@meridian.example' })
  await seller.goto('/office/accounts')
  await seller.getByRole('link', { name: 'Ahorn Hosting GmbH', exact: true }).first().click()
  await seller.locator('main a[href$="/statement"]').click()
  await expect(seller).toHaveURL(/\/statement$/)
  await seller.goto(`${new URL(seller.url()).pathname}${new URL(buyer.url()).search}`)
  const above = await linesOf(seller)
  const figures = (lines: readonly string[]) => lines.map((line) => line.match(/[\d.,]+\d/g))
  expect(figures(below)).toEqual(figures(above))
  expect(below.join(' ')).toContain(number)
})

test('staff let another account pay from a day on, and the history says so', async ({ visit }) => {
  const office = await visit('ahorn', { as: 'johanna@ahorn.example', refusals: [409] })
  await office.goto('/office/accounts')
  await office.getByRole('link', { name: 'Eva Keller', exact: true }).first().click()
  await office.locator('main a[href$="/payer"]').click()
  await office.locator('select[name=payer]').selectOption({ label: 'Café Linde e.U.' })
  await office.locator('input[name=from]').fill('2090-01-01')
  await office.getByLabel('Grund').fill('Eine Rechnung für beide')
  await office.getByRole('button', { name: 'Zahler ändern' }).click()
  await expect(office.getByRole('row').filter({ hasText: 'Eine Rechnung für beide' })).toContainText('Café Linde')

  await office.locator('input[name=from]').fill('2089-01-01')
  await office.getByLabel('Grund').fill('Doch früher')
  await office.getByRole('button', { name: 'Zahler ändern' }).click()
  await expect(office.getByText('Wählen Sie einen Tag nach der letzten Änderung.')).toBeVisible()
})
