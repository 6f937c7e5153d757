import { expectAccessible } from './support/accessible.ts'
import { commitOrder } from './support/customer-path.ts'
import { expect, test } from './support/test.ts'

test('without scripts a customer orders five hours of work with a note, pays, and has them among its subscriptions', {
  tag: '@long',
}, async ({ visit }) => {
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
  await expect(page.locator('main aside')).toContainText('480.00')
  await page.locator('main aside button').click()
  await page.waitForURL(/\/checkout\?/)
  await expect(page.locator('main')).toContainText('The mail server, please.')
  await commitOrder(page)
  // The saved card pays it at once.
  await page.waitForURL(/\/order\/[0-9a-f-]{36}\?attempt=/)
  const order = new URL(page.url()).pathname
  const subscription = page.locator('main a[href^="/panel/subscriptions/"]')
  await expect(async () => {
    await page.goto(order)
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

test('staff make a licence of their own in the office: only of a service it is said in what it is counted', { tag: '@long' }, async ({
  visit,
}) => {
  const page = await visit('ahorn', { as: 'johanna@ahorn.example', locale: 'en', refusals: [422] })
  await page.goto('/office/catalog/products/new')
  await page.getByLabel('Kind').selectOption({ label: 'App' })
  await page.getByLabel('Code').fill('care-licence')
  await page.getByLabel('Name', { exact: true }).fill('Pflegelizenz')
  await page.locator('[name=app]').selectOption('paid')
  await page.locator('[name=saleUnit]').selectOption('piece')
  await page.getByRole('button', { name: 'Add product' }).click()
  await expect(page.locator('#saleUnit-error')).toBeVisible()
  await page.getByLabel('Kind').selectOption({ label: 'Service' })
  await page.locator('[name=app]').selectOption('')
  await page.locator('[name=mostUnits]').fill('5')
  await page.locator('[name=termMonths]').fill('12')
  await page.locator('[name=atTermEnd]').selectOption('ends')
  await page.getByRole('button', { name: 'Add product' }).click()
  await page.waitForURL(/\/office\/catalog\/products\/[0-9a-f-]{36}$/)
  await expect(page.locator('[name=saleUnit]')).toHaveValue('piece')
  await expect(page.locator('[name=mostUnits]')).toHaveValue('5')
  await expect(page.locator('[name=atTermEnd]')).toHaveValue('ends')
})
