import { expectAccessible } from './support/accessible.ts'
import { billedMonth } from './support/stores.ts'
import { expect, type Page, test } from './support/test.ts'

// What is typed wrongly is refused on the way.
const english = { locale: 'en', refusals: [409] }
const johanna = { as: 'johanna@ahorn.example', ...english }

test('a rate and a registration of the seller’s own count until they are withdrawn and ended', async ({ visit }) => {
  const page = await visit('ahorn', johanna)
  await page.goto('/office/tax/rates')
  await page.locator('[name=region]').fill('IN')
  await page.locator('[name=percent]').fill('118')
  await page.locator('[name=source]').fill('CGST Act 2017, section 9')
  await page.locator('[name=taxName]').fill('GST')
  await page.locator('[name=idName]').fill('GSTIN')
  const rateForm = page.locator('form:has([name=percent])')
  await rateForm.getByRole('button').click()
  await expect(page.getByText('Between 0 and 100 percent')).toBeVisible()
  await page.locator('[name=percent]').fill('18')
  await rateForm.getByRole('button').click()
  await expect(page.getByText('Saved. It counts for what is not finalised.')).toBeVisible()

  await page.goto('/office/tax/rates?country=IN')
  const rate = page.getByRole('table', { name: 'Rates' }).getByRole('row').filter({ hasText: 'CGST Act 2017' })
  await expect(rate).toContainText('18%')
  await expect(page.getByText('GST, ids are called GSTIN')).toBeVisible()
  await rate.getByRole('button', { name: 'Withdraw' }).click()
  await expect(rate).toHaveCount(0)

  await page.getByRole('link', { name: 'Registrations' }).click()
  await page.locator('[name=kind]').selectOption('country')
  await page.locator('[name=country]').selectOption('NO')
  await page.locator('[name=number]').fill('915933149MVA')
  await page.locator('form:has([name=number])').getByRole('button').click()
  const norway = page.getByRole('table', { name: 'Own registrations and schemes' }).getByRole('row').filter({ hasText: 'Norway' })
  await expect(norway).toContainText('915933149MVA')
  await expectAccessible(page, 'registrations')
  await norway.getByRole('button', { name: 'End today' }).click()
  await expect(norway.getByRole('button')).toHaveCount(0)
})

test('a buyer is exempt as long as its certificate stands, and a VAT id of the wrong form is refused', async ({ visit }) => {
  const page = await visit('lakeside', { as: 'reto@lakeside.example', ...english })
  await page.goto('/office/accounts')
  await page.getByRole('link', { name: 'Praxis Keller AG' }).first().click()
  await page.locator('a[href^="/office/tax/accounts/"]').click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Tax of')
  const today = page.locator('#today')
  await expect(today).toContainText('Rate 8.1% · Taxed')

  await page.locator('[name=vatId]').fill('CHE-1')
  await page.getByRole('button', { name: 'Change' }).click()
  await expect(page.getByText('That is no VAT id of this country.')).toBeVisible()

  await page.locator('[name=certificateNumber]').fill('EDA-2026-17')
  await page
    .locator('[name=paper]')
    .setInputFiles({ name: 'paper.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF') })
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(today).toContainText('The buyer had a certificate that was valid at the tax point.')
  const certificate = page.getByRole('table', { name: 'Certificates' }).getByRole('row').filter({ hasText: 'EDA-2026-17' })
  const path = (await certificate.getByRole('link', { name: 'Open' }).getAttribute('href')) ?? ''
  expect(await page.evaluate(async (file) => (await fetch(file)).headers.get('content-type'), path)).toBe('application/pdf')
  await expectAccessible(page, 'tax of a customer')
  await certificate.getByRole('button', { name: 'Withdraw' }).click()
  await expect(certificate).toContainText('Withdrawn')
  await expect(today).toContainText('Rate 8.1% · Taxed')
})

test('an invoice says why its tax is what it is, and the report of its period agrees with the books', async ({ visit }) => {
  const page = await visit('ahorn', johanna)
  await page.goto('/office/invoices?type=invoice')
  const row = page.getByRole('row').filter({ hasText: 'Huber Innenausbau GmbH' }).last()
  const invoice = (await row.getByRole('link', { name: /^AH-\d{4}-\d{5}$/ }).innerText()).trim()
  await row.getByRole('link', { name: invoice, exact: true }).click()
  await expect(page.locator('#tax-reasons')).toContainText('with a valid VAT id accounts for the tax itself')

  await page.goto('/office/tax')
  await page.getByLabel('From').fill(`${billedMonth()}-01`)
  await page.getByRole('button', { name: 'Show' }).click()
  await expect(page.locator('#checks')).toContainText('They agree')
  await expect(page.getByRole('table', { name: 'Reverse charge in the EU, by buyer' })).toContainText('DE129273398')
  const lines = page.getByRole('table', { name: 'Tax by country and rate' })
  await expectAccessible(page, 'the tax report')
  await documentsBehind(page, lines.getByRole('row').filter({ hasText: 'Reverse charge' }))
  await expect(page.getByRole('table', { name: 'Documents' })).toContainText(invoice)
})

test('a product is taxed at another of a country’s rates', async ({ visit }) => {
  const page = await visit('ahorn', johanna)
  await page.goto('/office/catalog')
  await page.locator('main table a[href^="/office/catalog/products/"]').last().click()
  const taxKind = page.getByRole('combobox', { name: 'Tax rate' })
  const before = await taxKind.inputValue()
  for (const kind of ['reduced', before]) {
    await taxKind.selectOption(kind)
    await page.getByRole('button', { name: 'Save terms' }).click()
    await expect(page.getByText('The terms are saved.')).toBeVisible()
    await page.reload()
    await expect(taxKind).toHaveValue(kind)
  }
})

test('a form begins with the seller’s own country, whichever way its browser sorts names', async ({ visit }) => {
  const page = await visit('ahorn', { as: 'johanna@ahorn.example' })
  await page.goto('/office/accounts')
  await page.getByRole('link', { name: 'Café Linde' }).first().click()
  await page.locator('a[href^="/office/tax/accounts/"]').click()
  const country = page.locator('[name=exemptIn]')
  await expect(country.locator('option:checked')).toHaveText('Österreich')
  await expect(country).toHaveValue('AT')
})

/** Follows the number of documents in a line of the report. */
async function documentsBehind(page: Page, line: ReturnType<Page['getByRole']>): Promise<void> {
  await line.first().getByRole('link').click()
  await expect(page.getByRole('link', { name: 'All lines' })).toBeVisible()
}
