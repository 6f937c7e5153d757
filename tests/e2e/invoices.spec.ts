import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { partsOfPdf, textOfPdf } from './support/pdf-text.ts'
import { billedMonth } from './support/stores.ts'
import { expect, test } from './support/test.ts'
import { answerAt, mailsOf, namesBehind } from './support/white-label.ts'

test("a customer's invoice says on the page what its PDF says, and the PDF never changes", async ({ visit }) => {
  // Nothing of it is credited or paid: what comes after the issue stands on the page alone.
  const page = await visit('ahorn', { as: 'eva@keller-at.example' })
  await page.goto('/panel/invoices')
  await page
    .getByRole('link', { name: /^AH-\d{4}-\d{5}$/ })
    .first()
    .click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/AH-\d{4}-\d{5}/)

  const pdf = await download(page)
  const text = oneSpace(textOfPdf(pdf))
  const figures = await page
    .locator('main table tbody td:not(:first-child), main table ~ dl dd, main div:has(> table) ~ dl dd')
    .allInnerTexts()
  expect(figures.length).toBeGreaterThan(12)
  for (const figure of figures) expect(text, `the PDF lacks ${figure}`).toContain(oneSpace(figure).replace(/€ ?/g, '').trim())
  expect(pdf.equals(await download(page))).toBe(true)
})

test('the list of invoices is downloaded as it is filtered', async ({ visit }) => {
  const page = await visit('ahorn', { as: 'eva@keller-at.example' })
  await page.goto('/panel/invoices?type=invoice')
  const shown = await page.getByRole('link', { name: /^AH-\d{4}-\d{5}$/ }).allInnerTexts()
  const href = (await page.getByRole('link', { name: 'CSV' }).getAttribute('href')) ?? ''
  const [head, ...rows] = (await answerAt(page, href)).text.split('\n\n')[1]?.trim().split(/\r?\n/) ?? []
  expect(head).toContain('number,type,issued')
  expect(rows.map((row) => row.split(',').slice(0, 2))).toEqual(shown.map((number) => [number, 'invoice']))
})

test("a customer's usage page lists each of its servers and leads to it", async ({ visit }) => {
  const page = await visit('ahorn', { as: 'maria@linde.example' })
  await page.goto(`/panel/usage?month=${billedMonth()}`)
  await expect(page.locator('main table').getByRole('link', { name: 'linde-shop' }).first()).toBeVisible()
  await page.locator('main table').getByRole('link', { name: 'linde-shop' }).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('linde-shop')
})

const customerPaths = [
  '/',
  '/compare',
  '/legal/terms',
  '/legal/privacy',
  '/legal/imprint',
  '/sign-in',
  '/sign-up',
  '/forgot',
  '/order',
  '/robots.txt',
  '/no-such-page',
  '/panel',
  '/panel/servers',
  '/panel/invoices',
  '/panel/usage',
  '/panel/account',
  '/panel/servers/00000000-0000-4000-8000-000000000000',
]

test("nothing a reseller's customer can reach names the provider or shows what the reseller pays", async ({ visit }) => {
  const finance = await visit('meridian', { as: 'anke@meridian.example' })
  const bought = await pricesBoughtBy(finance, 'Ahorn Hosting GmbH')
  const page = await visit('ahorn', { as: 'maria@linde.example', refusals: [404] })
  await page.goto('/panel/invoices')
  const invoice =
    (await page
      .getByRole('link', { name: /^AH-\d{4}-/ })
      .first()
      .getAttribute('href')) ?? ''
  const assets = await page
    .locator('script[src], link[href]')
    .evaluateAll((all) => all.map((one) => one.getAttribute('src') ?? one.getAttribute('href') ?? ''))

  for (const path of [...customerPaths, invoice, ...assets]) {
    const { text } = await answerAt(page, path)
    expect(text.match(namesBehind)?.[0], `a name behind the store at ${path}`).toBeUndefined()
    expect(
      bought.filter((price) => hasNumber(text, price)),
      `buy prices at ${path}`,
    ).toEqual([])
  }
  const pdf = await download(page, `${invoice}/pdf`)
  expect(`${textOfPdf(pdf)}\n${partsOfPdf(pdf)}`).not.toMatch(namesBehind)
  const mails = await mailsOf('buchhaltung@ahorn.example')
  expect(mails.length).toBeGreaterThanOrEqual(3)
  for (const { subject, text } of mails) expect(text.match(namesBehind)?.[0], subject).toBeUndefined()
})

/** The unit prices of the provider's invoice to a reseller, finer than a cent, as decimals. */
async function pricesBoughtBy(finance: Page, reseller: string): Promise<string[]> {
  await finance.goto('/office/invoices')
  await finance
    .getByRole('row')
    .filter({ hasText: reseller })
    .getByRole('link', { name: /^MG-\d{4}-/ })
    .first()
    .click()
  await expect(finance.getByRole('heading', { level: 1 })).toContainText('MG-')
  const cells = await finance.locator('main table tbody td:nth-child(3)').allInnerTexts()
  const prices = [...new Set(cells.map((cell) => /\d+,\d{4,}/.exec(cell)?.[0].replace(',', '.')).filter((price) => price !== undefined))]
  expect(prices.length).toBeGreaterThan(0)
  return prices
}

function hasNumber(text: string, price: string): boolean {
  return new RegExp(`(?<![\\d.,])${price.replace('.', '[.,]')}(?!\\d)`).test(text)
}

async function download(page: Page, path?: string): Promise<Buffer> {
  const link = page.locator(path ? `a[href="${path}"]` : 'main a[href$="/pdf"]')
  const [file] = await Promise.all([page.waitForEvent('download'), link.click()])
  const content = await readFile(await file.path())
  expect(content.subarray(0, 5).toString()).toBe('%PDF-')
  return content
}

function oneSpace(text: string): string {
  return text.replace(/\s+/g, ' ')
}
