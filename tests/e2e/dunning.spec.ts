import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expectAccessible } from './support/accessible.ts'
import { mailTo } from './support/mailbox.ts'
import { rawRequest } from './support/raw-request.ts'
import { dataFolder, storePort } from './support/stores.ts'
import { expect, type Page, test } from './support/test.ts'
import { namesBehind } from './support/white-label.ts'

const customer = 'Säumig & Söhne OG'
const till = 'kassa@saeumig.example'
const segment = 'saeumig'

/** Makes the customer that does not pay, or wakes what a morning wakes for it. */
async function overdueCustomer(...deed: readonly string[]): Promise<string> {
  const { LIVERY_E2E_DATABASE_URL, LIVERY_E2E_SECRET } = process.env
  const product = {
    DATABASE_URL: LIVERY_E2E_DATABASE_URL,
    APP_SECRET: LIVERY_E2E_SECRET,
    LIVERY_DATA_DIR: dataFolder(),
    PORT: `${storePort()}`,
  }
  const script = ['--import', 'tsx', 'tests/e2e/support/overdue-customer.ts', ...deed]
  const { stdout } = await promisify(execFile)(process.execPath, script, { env: { ...process.env, ...product } })
  return stdout.trim()
}

/** Looks at the page again until what a job does shows on it. */
async function expectSoon(page: Page, text: string): Promise<void> {
  await expect(async () => {
    await page.reload()
    await expect(page.getByText(text).first()).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 40_000 })
}

/** Chooses a test card on the gateway's page and pays. */
async function payBy(page: Page, card: string, button = 'Jetzt bezahlen'): Promise<void> {
  await page.getByRole('button', { name: button }).click()
  await expect(page).toHaveURL(/\/sandbox-pay\//)
  await page.locator(`[name=card][value=${card}]`).check()
  await page.locator('button[name=deed][value=pay]').click()
  await page.waitForURL(/\/settle\//)
}

test('a customer whose card fails is stopped by the rules, pays from the mail without signing in, and runs again', {
  tag: '@long',
}, async ({ visit }) => {
  test.setTimeout(180_000)
  const office = await visit('ahorn', { as: 'johanna@ahorn.example', refusals: [422] })
  await office.goto('/office/dunning/policies/new')
  await office.locator('[name=segment]').fill(segment)
  await office.locator('[name=minimum]').fill('5')
  await office.locator('[name=day1]').fill('14')
  await office.locator('[name=action1]').selectOption('suspend')
  await office.locator('[name=fee1]').fill('8.00')
  await office.locator('[name=charges1]').check()
  await office.locator('[name=day2]').fill('3')
  await office.getByRole('button', { name: 'Entwurf speichern' }).click()
  await expect(office.getByText('Jede Stufe muss später kommen als die vorige.')).toBeVisible()
  await office.locator('[name=day2]').fill('')
  await office.getByRole('button', { name: 'Entwurf speichern' }).click()
  await office.getByRole('button', { name: 'Wie gespeichert aktivieren' }).click()
  await office.waitForURL('/office/dunning/policies')

  const accountId = await overdueCustomer('make', customer, till, segment)
  await office.goto('/office/dunning')
  const row = office.getByRole('row').filter({ hasText: customer })
  await expect(row).toContainText('120,00')
  await expect(row).toContainText('Belastet erst die gespeicherte Karte, dann: Dienste anhalten')
  await expectAccessible(office, 'what dunning does today')
  await overdueCustomer('wake', accountId)
  const mail = await mailTo(office, till, 'Dienste angehalten')
  expect(mail).toContain('120,00')
  expect(mail).not.toMatch(namesBehind)
  await office.goto(`/office/accounts/${accountId}/dunning`)
  await expectSoon(office, '1 Server angehalten')
  await expect(office.locator('#holds')).toContainText('Dienste stehen still')
  await expectAccessible(office, 'an account that dunning holds back')

  const link = new URL(/http:\/\/\S+\/settle\/[\w-]{43}/.exec(mail)?.[0] ?? '')
  for (const host of ['lakeside.localhost', 'nakhla.localhost'])
    expect((await rawRequest({ host, path: link.pathname })).status, host).toBe(404)
  const anybody = await visit('ahorn')
  await anybody.goto(link.pathname)
  await expect(anybody.getByText('120,00').first()).toBeVisible()
  await expectAccessible(anybody, 'the link of a letter')
  await payBy(anybody, 'decline')
  await expect(anybody.getByText(/nichts abgebucht/)).toBeVisible()
  await expect(anybody.getByText('120,00').first()).toBeVisible()
  await payBy(anybody, 'approve', 'Noch einmal versuchen')
  await expectSoon(anybody, 'Alles ist bezahlt')
  await expectSoon(office, '1 Server gestartet')
  await expect(office.getByText('Dieses Konto ist nicht gesperrt.')).toBeVisible()
})
