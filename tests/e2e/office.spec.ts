import { demoPassword } from '#prisma/seed/people.ts'
import { expectAccessible } from './support/accessible.ts'
import { toCheckout } from './support/customer-path.ts'
import { billedMonth } from './support/stores.ts'
import { expect, type Page, test } from './support/test.ts'
import { answerAt } from './support/white-label.ts'

const english = { locale: 'en' }

test('finance previews a month, opens the run that billed it, an invoice of it and the books it was posted to', async ({ visit }) => {
  const page = await visit('meridian', { as: 'anke@meridian.example', ...english })
  await page.goto('/office/billing-runs')
  await page.getByRole('combobox', { name: 'Month' }).selectOption(billedMonth())
  await page.getByRole('button', { name: 'Preview' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Preview of')
  // The month is billed already: a second run would make nothing.
  await expect(page.getByRole('row').filter({ hasText: 'Ahorn Hosting GmbH' })).toHaveCount(0)

  await page.goto('/office/billing-runs')
  // The last one billed the month before.
  await page.locator('main table').getByRole('link').nth(-2).click()
  const row = page.getByRole('row').filter({ hasText: 'Ahorn Hosting GmbH' })
  // After the total stand the invoice of the month before, the difference to it and the way to compare them.
  const total = figureOf(await row.getByRole('cell').nth(-4).innerText())
  await row.getByRole('link', { name: /^MG-/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Invoice MG-')
  await expect(page.locator('main dl').filter({ hasText: total }).first()).toBeVisible()
  await expect(page.getByRole('link', { name: 'Download PDF' })).toBeVisible()
  const postings = page.getByRole('table', { name: 'Postings' })
  await expect(postings.getByRole('row').filter({ hasText: 'Receivables' })).toContainText(total)
  await expect(postings.getByRole('row').filter({ hasText: 'Revenue, usage' })).toBeVisible()

  await page.goto('/office/ledger')
  await expect(page.getByText('The books do not balance')).toHaveCount(0)
  await page.getByRole('row').filter({ hasText: 'Receivables' }).getByRole('link', { name: 'Receivables' }).click()
  const entry = page.locator('main table tbody tr').filter({ hasText: total }).first()
  await entry.getByRole('link').first().click()
  await expect(page.getByRole('table', { name: 'Postings' }).getByRole('row').filter({ hasText: 'Receivables' })).toBeVisible()
  await expect(page.getByText('This entry belongs to a document')).toBeVisible()
})

test('an operator sees what is in quarantine and why, what ran in the background, and no money', async ({ visit }) => {
  const page = await visit('meridian', { as: 'timo@meridian.example', ...english, refusals: [403] })
  await page.goto('/office/quarantine')
  for (const reason of [
    'Owner is not mapped',
    'Used after deletion',
    'Same record, other quantity',
    'More hours than the window has',
    'Quantity below zero',
    'Unknown usage type',
  ]) {
    await expect(page.locator('main dl dt').filter({ hasText: reason })).toBeVisible()
  }
  await page.goto('/office/quarantine?reason=used-after-deletion')
  await expect(page.locator('main table tbody tr')).toHaveCount(2)
  await page.locator('summary').filter({ hasText: 'Show' }).first().click()
  await expect(page.locator('main pre').first()).toContainText('usageid')

  await page.goto('/office/clouds')
  for (const cloud of ['Frankfurt', 'Simulator']) await expect(page.getByRole('heading', { name: cloud, exact: true })).toBeVisible()
  await page.goto('/office/jobs')
  await expect(page.getByRole('row').filter({ hasText: 'invoice/finalised' }).first()).toContainText('Completed')
  await page.goto('/office/invoices')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You may not see this')
})

test("a reseller's owner sees the own customers and sub-reseller, and nothing of the provider's books", async ({ visit }) => {
  const page = await visit('lakeside', { as: 'reto@lakeside.example', ...english })
  await page.goto('/office/accounts')
  const names = await page.locator('main table tbody').getByRole('link').allInnerTexts()
  // Other journeys may have brought it customers of its own meanwhile.
  expect(names).toEqual(expect.arrayContaining(['Alpen Média Sàrl', 'Nakhla Cloud FZ-LLC', 'Praxis Keller AG', 'Zgraggen Holzbau GmbH']))
  for (const foreign of ['Brandt', 'Hanse', 'Linde', 'Ahorn']) expect(names.join(' ')).not.toContain(foreign)

  for (const path of [
    '/office',
    '/office/invoices',
    '/office/charges',
    '/office/ledger',
    '/office/ledger/journal',
    '/office/ledger/periods',
    '/office/ledger/deferral',
    '/office/ledger/checks',
    '/office/usage',
    '/office/billing-runs',
    '/office/people',
  ]) {
    const { status, text } = await answerAt(page, path)
    expect(status, path).toBe(200)
    expect(text.match(/\b(Meridian|Ahorn|MG-\d{4}|Brandt|Linde)\b/)?.[0], path).toBeUndefined()
    // Its books have the currency it buys in, too; what it sells has its own.
    if (!path.startsWith('/office/ledger')) expect(text, path).not.toMatch(/\bEUR\b/)
  }
})

test('a member of a department sees its servers, no invoices, and of another department not even that it has servers', {
  tag: '@long',
}, async ({ visit }) => {
  const administrator = await visit('meridian', { as: 'karin@hanse.example', ...english })
  await administrator.goto('/panel/servers')
  const foreign = (await administrator.getByRole('link', { name: 'sales-crm', exact: true }).getAttribute('href')) ?? ''
  await expect(administrator.getByRole('link', { name: 'rd-git', exact: true })).toBeVisible()
  await administrator.goto('/panel/invoices')
  const invoice = (await administrator.getByRole('link', { name: /^MG-/ }).first().getAttribute('href')) ?? ''

  const page = await visit('meridian', { as: 'olaf@hanse-rd.example', ...english, refusals: [403, 404] })
  await page.goto('/panel/servers')
  await expect(page.getByRole('link', { name: 'rd-git', exact: true })).toBeVisible()
  await expect(page.getByText('sales-crm')).toHaveCount(0)
  for (const path of [foreign, `${foreign}/activity`]) await expectLikeNothing(page, path, 404)
  await expect(page.getByRole('link', { name: 'Invoices' })).toHaveCount(0)
  for (const path of [invoice, `${invoice}/pdf`]) await expectLikeNothing(page, path, 403)

  await page.goto('/panel/showbacks')
  await page.locator('main table').getByRole('link').first().click()
  await expect(page).toHaveURL(/\/panel\/showbacks\/[0-9a-f-]{36}$/)
  await expectAccessible(page, 'what a department used')

  await page.goto('/order')
  await toCheckout(page, 'rd-wish')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You may not see this')
})

test("another customer's server and invoice answer as if they had never been", async ({ visit }) => {
  const owner = await visit('ahorn', { as: 'eva@keller-at.example', ...english })
  const foreign: string[] = []
  for (const list of ['servers', 'invoices']) {
    await owner.goto(`/panel/${list}`)
    foreign.push((await owner.locator(`main tbody a[href^="/panel/${list}/"]`).first().getAttribute('href')) ?? '')
  }
  const page = await visit('ahorn', { as: 'maria@linde.example', ...english, refusals: [404] })
  await page.goto('/panel')
  for (const path of foreign) await expectLikeNothing(page, path, 404)
  await expectLikeNothing(page, `${foreign[1]}/pdf`, 404)
})

test('a stranger at the office is asked to sign in, and a customer is turned away', async ({ visit }) => {
  const stranger = await visit('ahorn', english)
  await stranger.goto('/office/invoices')
  await expect(stranger).toHaveURL(/\/sign-in\?returnTo=%2Foffice%2Finvoices$/)
  await stranger.locator('[name=email]').fill('johanna@ahorn.example')
  await stranger.locator('[name=password]').fill(demoPassword)
  await stranger.locator('form:has([name=password]) button').click()
  await expect(stranger).toHaveURL(/\/office\/invoices$/)

  const customer = await visit('ahorn', { as: 'maria@linde.example', ...english, refusals: [403] })
  await customer.goto('/office/invoices')
  await expect(customer.getByRole('heading', { level: 1 })).toHaveText('You may not see this')
})

/** A path somebody may not see answers as one that never was, but for the id that stands in the address itself. */
async function expectLikeNothing(page: Page, path: string, status: number): Promise<void> {
  const nowhere = path.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, '0199f0aa-0000-7000-8000-000000000000')
  const [there, gone] = [await answerAt(page, path), await answerAt(page, nowhere)]
  expect(there.status, path).toBe(status)
  expect(gone.status, nowhere).toBe(status)
  expect(withoutChance(there.text, path)).toBe(withoutChance(gone.text, nowhere))
}

function withoutChance(text: string, path: string): string {
  return text
    .replaceAll(path, 'PATH')
    .replaceAll(encodeURIComponent(path), 'PATH')
    .replaceAll(path.split('/')[3] ?? '', 'ID')
    .replace(/^(date|content-length|set-cookie|keep-alive): .*$/gim, '')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID')
    .replace(/'nonce-[^']+'|nonce="[^"]*"/g, 'NONCE')
}

function figureOf(text: string): string {
  return /\d[\d.,]*\d/.exec(text)?.[0] ?? text
}
