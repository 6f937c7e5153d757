import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { unzipSync } from 'fflate'
import { expectAccessible } from './support/accessible.ts'
import { mailTo } from './support/mailbox.ts'
import { rawRequest } from './support/raw-request.ts'
import { billedMonth } from './support/stores.ts'
import { expect, test } from './support/test.ts'
import { namesBehind } from './support/white-label.ts'

const auditor = 'pruefung@audit.example'
const endpointPage = /\/webhooks\/[0-9a-f-]{36}$/

// Both sides’ endpoints stand in one list of the office: one journey after the other.
test.describe.configure({ mode: 'default' })

test('a customer has its documents mailed as links; the link opens without signing in, and nowhere else', async ({ visit }) => {
  const panel = await visit('ahorn', { as: 'maria@linde.example' })
  await panel.goto('/panel/account')
  await panel.getByRole('link', { name: 'Zustellung der Belege' }).click()
  await expectAccessible(panel, 'delivery of documents in the panel')
  await panel.locator('[name=name]').fill('Prüfung & Partner')
  await panel.locator('[name=email]').fill('Pruefung@audit.example')
  await panel.getByRole('button', { name: 'Hinzufügen', exact: true }).click()
  await expect(panel.getByRole('row').filter({ hasText: auditor })).toContainText('Rechnungen, Gutschriften')
  await panel.locator('[name=manner]').selectOption('linked')
  await panel.locator('[name=hasXml]').check()
  await panel.getByRole('button', { name: 'Speichern', exact: true }).click()
  await expect(panel.locator('[name=manner]')).toHaveValue('linked')

  const office = await visit('ahorn', { as: 'johanna@ahorn.example' })
  const invoice = await openInvoice(office)
  await office.locator('[name=sendTo]').fill(auditor)
  await office.getByRole('button', { name: 'Erneut senden' }).click()
  // Other documents of the customer may reach the same address meanwhile.
  const mail = await mailTo(office, auditor, invoice)
  expect(mail).toContain(`Ihre Rechnung ${invoice} liegt bereit.`)
  expect(mail).not.toMatch(namesBehind)
  await office.goto(`/office/deliveries?text=${auditor}`)
  await expect(office.getByRole('row').filter({ hasText: auditor }).filter({ hasText: invoice })).toContainText('Angenommen')

  const link = new URL(/http:\/\/\S+\/documents\/\S+/.exec(mail)?.[0] ?? '')
  const anybody = await visit('ahorn')
  await anybody.goto(link.pathname)
  await expect(anybody.getByRole('heading', { level: 1 })).toContainText(invoice)
  await expectAccessible(anybody, 'a mailed link')
  expect((await download(anybody, 'PDF herunterladen')).subarray(0, 5).toString()).toBe('%PDF-')
  expect((await download(anybody, 'XML herunterladen')).toString('utf8')).toContain('CrossIndustryInvoice')
  // Looking ahead opens nothing: two files were fetched, and no more.
  expect((await rawRequest({ host: 'ahorn.localhost', path: `${link.pathname}/pdf`, method: 'HEAD' })).status).toBe(200)
  await office.goto(`/office/deliveries?text=${auditor}`)
  await expect(office.getByRole('row').filter({ hasText: auditor }).filter({ hasText: invoice })).toContainText('2-mal')
  for (const [host, path] of [
    ['lakeside.localhost', link.pathname],
    ['lakeside.localhost', `${link.pathname}/pdf`],
    ['ahorn.localhost', `/documents/${'A'.repeat(43)}`],
  ] as const)
    expect((await rawRequest({ host, path })).status, `${host}${path}`).toBe(404)
  // A door for returned mail is closed until its secret is set.
  expect((await rawRequest({ host: 'ahorn.localhost', path: '/webhooks/mail/returned', method: 'POST', body: 'x' })).status).toBe(404)

  await panel.getByRole('row').filter({ hasText: auditor }).getByRole('button', { name: 'Entfernen' }).click()
  await expect(panel.getByText('Belege gehen an die Adresse des Kontos')).toBeVisible()
})

test('the documents of a month come as one file, for staff and for the customer', async ({ visit }) => {
  for (const [as, area] of [
    ['johanna@ahorn.example', 'office'],
    ['maria@linde.example', 'panel'],
  ] as const) {
    const page = await visit('ahorn', { as })
    await page.goto(`/${area}/invoices`)
    await page.getByRole('link', { name: 'Belege als eine Datei' }).click()
    await page.locator('[name=from]').fill(`${billedMonth()}-01`)
    await page.locator('[name=to]').fill('2099-12-31')
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Zip herunterladen' }).click()])
    const names = Object.keys(unzipSync(await readFile(await file.path())))
    expect(names.filter((name) => /^AH-\d{4}-\d{5}\.pdf$/.test(name)).length).toBeGreaterThanOrEqual(1)
    expect(names.at(-1)).toBe('report.csv')
  }
})

test('a seller adds an endpoint, is told its secret once, and finds in its log why nobody took an event', async ({ visit }) => {
  const office = await visit('ahorn', { as: 'johanna@ahorn.example', refusals: [422] })
  await office.goto('/office/webhooks')
  await office.locator('[name=url]').fill('https://user@hooks.example.com')
  await office.getByRole('button', { name: 'Hinzufügen', exact: true }).click()
  await expect(office.getByRole('alert')).toContainText('https-Adresse ohne Benutzer')
  await office.locator('[name=url]').fill('https://127.0.0.1:9/events')
  await office.locator('[name="credit-note.finalised"]').check()
  await office.getByRole('button', { name: 'Hinzufügen', exact: true }).click()
  await expect(office.getByText(/^whsec_[A-Za-z0-9+/=]{44}$/)).toBeVisible()
  await office.reload()
  await expect(office.getByText(/whsec_/)).toHaveCount(0)
  await office.getByRole('link', { name: 'https://127.0.0.1:9/events' }).click()
  await office.waitForURL(endpointPage)
  const endpoint = office.url()

  await openInvoice(office)
  await office.getByRole('link', { name: 'Gutschreiben', exact: true }).click()
  await office.getByLabel('Einzelne Positionen').check()
  await office.getByLabel('Ganze Position').last().check()
  await expect(office.getByText('Diese Gutschrift')).toBeVisible()
  await office.getByLabel('Grund').fill('Kulanz')
  await office.getByRole('button', { name: 'Gutschrift ausstellen' }).click()
  await expect(office.getByRole('heading', { level: 1 })).toContainText('AH-CN-')

  await expect(async () => {
    await office.goto(endpoint)
    await office.getByText('Nachricht und Versuche').first().click({ timeout: 1_000 })
    await expect(office.getByText('Adresse in einem privaten Netz').first()).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 60_000 })
  await expect(office.locator('main pre')).toContainText('"type":"credit-note.finalised"')
  await expectAccessible(office, 'an endpoint')
  await office.getByRole('button', { name: 'Neues Geheimnis' }).click()
  await expect(office.getByText(/^whsec_/)).toBeVisible()
  await office.getByRole('button', { name: 'Anhalten' }).click()
  await expect(office.getByText('Angehalten', { exact: true })).toBeVisible()
  await office.getByRole('button', { name: 'Entfernen' }).click()
  await expect(office.getByText('Noch kein Endpunkt')).toBeVisible()
})

test('a customer has an endpoint of its own, which staff see as the customer’s', async ({ visit }) => {
  const panel = await visit('ahorn', { as: 'maria@linde.example' })
  await panel.goto('/panel/account')
  await panel.getByRole('link', { name: 'Webhooks' }).click()
  await panel.locator('[name=url]').fill('https://hooks.linde.example/ahorn')
  await panel.locator('[name="invoice.paid"]').check()
  await panel.getByRole('button', { name: 'Hinzufügen', exact: true }).click()
  await panel.getByRole('link', { name: 'https://hooks.linde.example/ahorn' }).click()
  await panel.waitForURL(endpointPage)
  await expect(panel.getByText('Hier wurde noch nichts gemeldet')).toBeVisible()
  await expectAccessible(panel, 'an endpoint in the panel')

  const office = await visit('ahorn', { as: 'johanna@ahorn.example' })
  await office.goto('/office/webhooks')
  await expect(office.getByRole('row').filter({ hasText: 'hooks.linde.example' })).toContainText('Café Linde')
  await panel.getByRole('button', { name: 'Entfernen' }).click()
  await expect(panel.getByText('Noch kein Endpunkt')).toBeVisible()
})

/** Opens the newest invoice of Café Linde; its number. */
async function openInvoice(office: Page): Promise<string> {
  await office.goto('/office/invoices?type=invoice')
  const row = office.getByRole('row').filter({ hasText: 'Café Linde' }).first()
  const link = row.getByRole('link', { name: /^AH-\d{4}-\d{5}$/ })
  const number = (await link.innerText()).trim()
  await link.click()
  await expect(office.getByRole('heading', { level: 1 })).toContainText(number)
  return number
}

async function download(page: Page, name: string): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()])
  return readFile(await file.path())
}
