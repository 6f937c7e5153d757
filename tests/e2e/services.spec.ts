import { expectAccessible } from './support/accessible.ts'
import { commitOrder } from './support/customer-path.ts'
import { expect, test } from './support/test.ts'

test('without scripts a customer orders five hours of work with a note, and finds them among its subscriptions', { tag: '@long' }, async ({
  visit,
}) => {
  const customer = { as: 'franz@huber.example', locale: 'en' }
  const page = await visit('ahorn', { ...customer, javaScriptEnabled: false })
  await page.goto('/')
  await page.locator('#services a[href="/services/work"]').click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hours of work')
  for (const name of ['name', 'sshKey', 'location', 'image']) await expect(page.locator(`main [name=${name}]`)).toHaveCount(0)
  await page.locator('[name=units]').fill('41')
  await page.locator('button[formaction="/services/work"]').click()
  await expect(page.locator('#units-error')).toBeVisible()

  await page.locator('[name=units]').fill('5')
  await page.locator('[name=note]').fill('The mail server, please.')
  await page.locator('button[formaction="/services/work"]').click()
  await expect(page.locator('main aside')).toContainText('Hours of work, 5 h')
  await expect(page.locator('main aside')).toContainText('576.00')
  await page.locator('main aside button').click()
  await page.waitForURL(/\/checkout\?/)
  await expect(page.locator('main')).toContainText('The mail server, please.')
  await page.locator('#way-later').check()
  await commitOrder(page)
  await page.waitForURL(/\/order\/[0-9a-f-]{36}$/)
  const subscription = page.locator('main a[href^="/panel/subscriptions/"]')
  await expect(async () => {
    await page.reload()
    await expect(subscription).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 45_000 })
  await subscription.click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Arbeitsstunden')
  await expect(page.locator('main')).toContainText('The mail server, please.')

  const other = await visit('ahorn', customer)
  await other.goto('/services/work?units=3')
  await expect(other.locator('main aside')).toContainText('Hours of work, 3 h')
  await expectAccessible(other, 'a service')
  await other.locator('button[formaction="/cart"]').click()
  await other.waitForURL(/\/cart$/)
  await expect(other.locator('main li')).toContainText('Hours of work, 3 h')
  await expect(other.locator('main li [name^=quantity-]')).toHaveCount(0)
})
