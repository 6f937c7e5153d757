import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expectAccessible } from './support/accessible.ts'
import { hold } from './support/hold.ts'
import { textOfPdf } from './support/pdf-text.ts'
import { expect, test } from './support/test.ts'

test('staff credit one line of an invoice, and its customer finds the credit note and downloads it', async ({ visit }) => {
  const office = await visit('ahorn', { as: 'johanna@ahorn.example' })
  await office.goto('/office/invoices?type=invoice&status=open')
  const row = office.getByRole('row').filter({ hasText: 'Café Linde' }).first()
  const invoice = (await row.getByRole('link', { name: /^AH-\d{4}-\d{5}$/ }).innerText()).trim()
  await row.getByRole('link', { name: invoice, exact: true }).click()
  await office.getByRole('link', { name: 'Gutschreiben', exact: true }).click()

  const release = await hold(office, '**/credit/figures')
  await office.getByLabel('Einzelne Positionen').check()
  const asked = office.waitForRequest('**/credit/figures')
  await office.getByLabel('Ganze Position').first().check()
  await asked
  await office.getByLabel('Grund').fill('Der Laden war nicht erreichbar')
  await office.getByRole('button', { name: 'Gutschrift ausstellen' }).click()

  const heading = office.getByRole('heading', { level: 1 })
  await expect(heading).toContainText(/Gutschrift\s+AH-CN-\d{4}-\d{5}/)
  // The figures of what was typed come only now; the page stays as it is.
  await release()
  const note = /AH-CN-\d{4}-\d{5}/.exec(await heading.innerText())?.[0] ?? ''
  await expect(office.getByRole('link', { name: invoice, exact: true })).toBeVisible()

  const panel = await visit('ahorn', { as: 'maria@linde.example' })
  await panel.goto('/panel/invoices')
  await panel.getByRole('link', { name: note, exact: true }).click()
  await expect(panel.getByText('Der Laden war nicht erreichbar').first()).toBeVisible()
  const text = textOfPdf(await download(panel))
  expect(text).toContain(note)
  expect(text).toContain(invoice)
})

test('an invoice by hand begins as a draft that everybody can work on', async ({ visit }) => {
  const office = await visit('ahorn', { as: 'johanna@ahorn.example' })
  await office.goto('/office/invoices/drafts')
  await office.locator('form:has([name=accountId]) button').last().click()
  await expect(office).toHaveURL(/\/office\/invoices\/drafts\/[0-9a-f-]{36}$/)
  await expect(office.getByRole('heading', { level: 1 })).toHaveCount(1)
  await expectAccessible(office, 'a draft')
})

/** The PDF of the page that is open, once the job has made it. */
async function download(page: Page): Promise<Buffer> {
  const link = page.locator('main a[href$="/pdf"]')
  await expect(async () => {
    await page.reload()
    await expect(link).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 30_000 })
  const [file] = await Promise.all([page.waitForEvent('download'), link.click()])
  return readFile(await file.path())
}
