import { randomUUID } from 'node:crypto'
import { expectAccessible } from './support/accessible.ts'
import { commitOrder, registerCompany, toCheckout } from './support/customer-path.ts'
import { mailTo } from './support/mailbox.ts'
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

test('an order of a watched buyer waits until the office, which asks back, approves it', { tag: '@long' }, async ({ visit }) => {
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
  await office.locator('[name=question]').fill('Wofür brauchen Sie den Server?')
  await office.locator('button[name=intent][value=ask]').click()
  await expect(office.getByText('Noch keine Antwort.')).toBeVisible()

  expect(await mailTo(page, company.email, 'Eine Frage')).toContain(page.url())
  await page.reload()
  await expect(page.getByText('Wofür brauchen Sie den Server?')).toBeVisible()
  await expectAccessible(page, 'an order with a question')
  await page.locator('[name=answer]').fill('Für unseren Shop')
  await page.locator('form:has([name=answer]) button').click()
  await expect(page.locator('[name=answer]')).toHaveCount(0)

  await office.goto(`/office/screening?order=${page.url().split('/').at(-1)}`)
  await expect(office.getByText('Für unseren Shop')).toBeVisible()
  await office.locator('[name=note]').fill('Angerufen, alles in Ordnung')
  await office.locator('button[name=decision][value=pass]').click()
  await expect(page.locator('main a[href^="/panel/servers/"]')).toBeVisible({ timeout: 45_000 })
})

test('a sign-up that the rules find waits, orders nothing, and is told when it is cleared', { tag: '@long' }, async ({ visit }) => {
  const office = await visit('lakeside', { as: 'reto@lakeside.example' })
  const domain = `${randomUUID()}.example`
  await office.goto('/office/screening/settings')
  await office.locator('[name=signUps]').selectOption('rules')
  await office.locator('form:has([name=signUps]) button').click()
  await office.waitForURL(/\/office\/screening$/)
  await office.goto('/office/screening/lists')
  await office.locator('[name=list]').selectOption('watch')
  await office.locator('[name=value]').fill(domain)
  await office.locator('[name=note]').fill('Probe')
  await office.locator('form:has([name=value]) button').click()
  await expect(office.getByRole('cell', { name: domain, exact: true })).toBeVisible()

  const page = await visit('lakeside')
  const address = { street: 'Seestrasse 1', postalCode: '8002', city: 'Zürich' }
  const company = { person: 'Lea Probst', company: `Probst ${domain.slice(0, 8)}`, email: `lea@${domain}`, password: 'gruene-wiese-2026' }
  await registerCompany(page, { ...company, ...address })
  const banner = page.getByText(/Konto wird geprüft|compte est en cours de vérification|account is being checked/)
  await expect(banner).toBeVisible()
  await expectAccessible(page, 'an account that waits')

  await office.goto('/office/screening/risk')
  await expectAccessible(office, 'risks of sign-ups')
  await office.getByRole('row').filter({ hasText: company.company }).getByRole('link').click()
  await office.locator('main a[href^="/office/screening/sign-ups?account="]').click()
  await expect(office.getByText(company.email).last()).toBeVisible()
  await expectAccessible(office, 'a sign-up that waits')
  await office.locator('[name=note]').fill('Angerufen, alles in Ordnung')
  await office.locator('button[name=decision][value=pass]').click()
  await mailTo(page, company.email, 'bereit')
  await page.reload()
  await expect(banner).toHaveCount(0)
})
