import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { expectAccessible } from './support/accessible.ts'
import { mailTo } from './support/mailbox.ts'
import { rawRequest } from './support/raw-request.ts'
import { expect, test } from './support/test.ts'
import { namesBehind } from './support/white-label.ts'

const customer = 'Säumig & Söhne OG'

/** Makes an overdue customer, or wakes what a morning wakes for it. */
async function overdueCustomer(...deed: readonly string[]): Promise<string> {
  const { LIVERY_E2E_DATABASE_URL, LIVERY_E2E_SECRET, LIVERY_E2E_FOLDER } = process.env
  const env = {
    ...process.env,
    ...{ DATABASE_URL: LIVERY_E2E_DATABASE_URL, APP_SECRET: LIVERY_E2E_SECRET, LIVERY_DATA_DIR: LIVERY_E2E_FOLDER },
  }
  const made = await promisify(execFile)(process.execPath, ['--import', 'tsx', 'tests/e2e/support/overdue-customer.ts', ...deed], { env })
  return made.stdout.trim()
}

/** Reloads until the page says `text`: the worker is at it. */
async function expectSoon(page: Page, text: string): Promise<void> {
  await expect(async () => {
    await page.reload()
    await expect(page.getByText(text).first()).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 40_000 })
}

test('a customer that does not pay is stopped by the rules, pays from the mail without signing in, and runs again', async ({ visit }) => {
  test.setTimeout(240_000)
  const accountId = await overdueCustomer('make')
  const office = await visit('ahorn', { as: 'johanna@ahorn.example', refusals: [422] })
  await office.goto('/office/dunning/policies/new')
  await office.locator('[name=segment]').fill('slow')
  await office.locator('[name=minimum]').fill('5')
  await office.locator('[name=day1]').fill('14')
  await office.locator('[name=action1]').selectOption('suspend')
  await office.locator('[name=fee1]').fill('8.00')
  await office.locator('[name=day2]').fill('3')
  await office.getByRole('button', { name: 'Entwurf speichern' }).click()
  await expect(office.getByText('Jede Stufe muss später kommen als die vorige.')).toBeVisible()
  await office.locator('[name=day2]').fill('')
  await office.getByRole('button', { name: 'Entwurf speichern' }).click()
  await office.getByRole('button', { name: 'Wie gespeichert aktivieren' }).click()
  await office.waitForURL('/office/dunning/policies')

  await office.goto('/office/dunning')
  const row = office.getByRole('row').filter({ hasText: customer })
  await expect(row).toContainText('Dienste anhalten')
  await expect(row).toContainText('120,00')
  await overdueCustomer('wake', accountId)
  const mail = await mailTo(office, 'kassa@saeumig.example')
  expect(mail).toContain('120,00')
  expect(mail).not.toMatch(namesBehind)
  await office.goto(`/office/accounts/${accountId}/dunning`)
  await expectSoon(office, '1 Server angehalten')

  const link = new URL(/http:\/\/\S+\/settle\/[\w-]{43}/.exec(mail)?.[0] ?? '')
  const anybody = await visit('ahorn', { refusals: [404] })
  await anybody.goto(link.pathname)
  await expect(anybody.getByText('120,00').first()).toBeVisible()
  await expectAccessible(anybody, 'the link of a letter')
  for (const host of ['lakeside.localhost', 'nakhla.localhost'])
    expect((await rawRequest({ host, path: link.pathname })).status, host).toBe(404)
  await anybody.getByRole('button', { name: 'Jetzt bezahlen' }).click()
  await anybody.waitForURL(/\/sandbox-pay\//)
  await anybody.locator('button[name=deed][value=pay]').click()
  await anybody.waitForURL(/\/settle\//)
  await expectSoon(anybody, 'Alles ist bezahlt')
  await expectSoon(office, '1 Server gestartet')
  await expect(office.getByText('Dieses Konto ist nicht gesperrt.')).toBeVisible()
})
