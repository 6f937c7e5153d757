import { randomUUID } from 'node:crypto'
import { expectAccessible } from './support/accessible.ts'
import { commitOrder, registerCompany, toCheckout } from './support/customer-path.ts'
import { billedMonth } from './support/stores.ts'
import { expect, test } from './support/test.ts'

test('a customer sets a budget and is told at once what it has reached', async ({ visit }) => {
  const page = await visit('ahorn', { as: 'franz@huber.example' })
  await page.goto('/panel/budgets/new')
  await page.locator('[name=name]').fill('Probe')
  await page.locator('[name=period]').selectOption('total')
  await page.locator('[name=startsOn]').fill(`${billedMonth()}-01`)
  await page.locator('[name=amount]').fill('1.00')
  await page.locator('form:has([name=hardStop]) button[type=submit]').first().click()
  await page.waitForURL(/\/panel\/budgets\/[0-9a-f-]{36}$/)
  await expect(async () => {
    await page.reload()
    await expect(page.getByRole('cell', { name: 'Alles ist ausgegeben' })).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 30_000 })
  await expectAccessible(page, 'a budget')

  await page.goto('/panel/notices')
  await expect(page.getByText(/100 % des Budgets „Probe“ sind ausgegeben/)).toBeVisible()
})

test('an order of a watched buyer waits until the office approves it', { tag: '@long' }, async ({ visit }) => {
  const office = await visit('ahorn', { as: 'johanna@ahorn.example' })
  const domain = `${randomUUID()}.example`
  await office.goto('/office/screening/lists')
  await office.locator('[name=list]').selectOption('watch')
  await office.locator('[name=value]').fill(domain)
  await office.locator('[name=note]').fill('Probe')
  await office.locator('form:has([name=value]) button').click()
  await expect(office.getByRole('cell', { name: domain, exact: true })).toBeVisible()

  const page = await visit('ahorn')
  const address = { street: 'Hauptplatz 1', postalCode: '8010', city: 'Graz' }
  const company = { person: 'Ida Probst', company: `Probst ${domain.slice(0, 8)}`, email: `ida@${domain}`, password: 'grüne-wiese-2026' }
  await registerCompany(page, { ...company, ...address })
  await page.goto('/order?plan=web-1')
  await toCheckout(page, 'probe')
  await commitOrder(page)
  await page.waitForURL(/\/order\/[0-9a-f-]{36}$/)

  await expect(async () => {
    await office.goto('/office/screening')
    await expect(office.getByText(company.email)).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 30_000 })
  await expectAccessible(office, 'an order that waits')
  await office.locator('[name=note]').fill('Angerufen, alles in Ordnung')
  await office.locator('button[name=decision][value=pass]').click()
  await expect(page.locator('main a[href^="/panel/servers/"]')).toBeVisible({ timeout: 45_000 })
})
