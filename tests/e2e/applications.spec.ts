import { expectAccessible } from './support/accessible.ts'
import { expect, type Page, test } from './support/test.ts'

/** Waits for all servers of the application that is open to run, and nothing to be worked on. */
async function expectRunning(page: Page, count: number): Promise<void> {
  await expect(page.locator('main td').getByText('Running', { exact: true })).toHaveCount(count, { timeout: 60_000 })
}

/** Picks one server that is off and one that runs, and starts what can be started: the other is left out, and nothing is refused. */
async function startPicked(page: Page, { off, runs }: { off: string; runs: string }): Promise<void> {
  await page.goto('/panel/servers')
  for (const name of [off, runs]) await page.getByRole('checkbox', { name: new RegExp(`${name}$`) }).check()
  await page.locator('#power button[value=start]').click()
  await expect(page.locator('main li', { hasText: runs })).toContainText('left as it is')
  await page.locator('main form[method=post] button').click()
  await page.waitForURL(/\/panel\/servers\/[0-9a-f-]{36}$/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(off)
  await expect(page.locator('main a[href*="/power?action=stop"]')).toBeVisible({ timeout: 30_000 })
}

async function commit(page: Page): Promise<void> {
  await page.locator('#way-later').check()
  await page.locator('[name=terms]').check()
  await page.locator('form:has([name=idempotencyKey]) button:not([name])').last().click()
}

test('staff compose a tier; a customer orders the application as one, adds a server, stops all of it and removes it', {
  tag: '@long',
}, async ({ visit }) => {
  // Four servers are built one after the other, and each waits for its app.
  test.setTimeout(240_000)
  const office = await visit('ahorn', { as: 'johanna@ahorn.example', locale: 'en', refusals: [422] })
  await office.goto('/office/catalog/apps')
  await office.locator('main a[href^="/office/catalog/apps/"]').first().click()
  await office.getByRole('link', { name: 'Web', exact: true }).click()
  await office.locator('[name=least]').fill('9')
  await office.getByRole('button', { name: 'Save tier' }).click()
  await expect(office.locator('#most-error')).toBeVisible()
  await expectAccessible(office, 'a tier')
  await office.locator('[name=least]').fill('1')
  await office.getByRole('button', { name: 'Save tier' }).click()
  await expect(office.locator('#tiers')).toContainText('1–5')

  const page = await visit('ahorn', { as: 'lukas@steiner.example', locale: 'en', refusals: [422, 404] })
  await page.goto('/')
  await page.locator('#apps a[href="/apps/website"]').click()
  const total = page.locator('aside').first()
  const before = await total.textContent()
  await page.locator('[name=count-web]').fill('2')
  await expect(total).not.toHaveText(before ?? '')
  await expectAccessible(page, 'an application')
  await page.locator('[name=name]').fill('shop')
  await page.getByRole('button', { name: 'Continue to checkout' }).click()
  await expect(page.getByText('shop-db')).toBeVisible()
  await commit(page)
  await page.waitForURL(/\/order\/[0-9a-f-]{36}$/)

  await page.goto('/panel/applications')
  await page.getByRole('link', { name: 'shop', exact: true }).click()
  await page.waitForURL(/\/panel\/applications\/[0-9a-f-]{36}$/)
  await expectRunning(page, 3)
  await expect(page.getByRole('link', { name: 'shop-web-2' })).toBeVisible()
  await expectAccessible(page, 'an application of the panel')
  const application = new URL(page.url()).pathname

  await expect(async () => {
    await page.goto(application)
    await page.locator('#tier-web').getByRole('button', { name: 'Add a server' }).click({ timeout: 1_000 })
  }).toPass({ timeout: 60_000 })
  await page.waitForURL(/\/checkout\?scale=/)
  await expect(page.getByText('shop-web-3')).toBeVisible()
  await commit(page)
  await page.waitForURL(/\/order\/[0-9a-f-]{36}$/)
  await page.goto(application)
  await expectRunning(page, 4)

  await expect(async () => {
    await page.goto(application)
    await page.getByRole('button', { name: 'Stop all' }).click({ timeout: 1_000 })
  }).toPass({ timeout: 60_000 })
  await expect(page.getByRole('button', { name: 'Start all' })).toBeVisible({ timeout: 60_000 })
  await startPicked(page, { off: 'shop-web-1', runs: 'steiner-web' })

  await page.goto(application)
  await page.locator('[name=removeName]').fill('shpo')
  await page.getByRole('button', { name: 'Remove application' }).click()
  await expect(page.locator('#removeName-error')).toBeVisible()
  await page.locator('[name=removeName]').fill('shop')
  await page.getByRole('button', { name: 'Remove application' }).click()
  await expect(page.locator('main').getByText('Removed', { exact: true })).toBeVisible({ timeout: 60_000 })
})

test('without scripts hours of work and an application go into one cart and are ordered together', { tag: '@long' }, async ({ visit }) => {
  const page = await visit('ahorn', { as: 'franz@huber.example', locale: 'en', javaScriptEnabled: false })
  await page.goto('/services/work?units=2')
  await page.locator('button[formaction="/cart"]').click()
  await page.waitForURL(/\/cart$/)
  await page.goto('/apps/website')
  await page.locator('[name=name]').fill('Not A Name')
  await page.locator('button[formaction="/cart"]').click()
  await page.waitForURL(/\/apps\/website\?/)
  await expect(page.locator('#name-error')).toBeVisible()
  await page.locator('[name=name]').fill('both')
  await page.locator('button[formaction="/cart"]').click()
  await page.waitForURL(/\/cart$/)
  const line = page.locator('main li').filter({ hasText: 'both-db' })
  await expect(line).toContainText('both-web')
  await expect(line.locator('[name^=quantity-]')).toHaveCount(0)
  await line.getByRole('link', { name: 'Change' }).click()
  await page.locator('[name=count-web]').fill('2')
  await page.locator('button[formaction="/cart"]').click()
  await page.waitForURL(/\/cart$/)
  await expect(line).toContainText('2 ×')
  await page.locator('a[href="/checkout?cart=on"]').click()
  await expect(page.locator('main')).toContainText('Hours of work, 2 h')
  await commit(page)
  await page.waitForURL(/\/order\/[0-9a-f-]{36}$/)
  for (const name of ['both-web-1', 'both-web-2', 'both-db']) await expect(page.locator('main')).toContainText(name)
  await page.goto('/cart')
  await expect(page.locator('main li')).toHaveCount(0)
})
