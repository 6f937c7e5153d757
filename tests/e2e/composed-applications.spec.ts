import { expectAccessible, expectFitsPhone } from './support/accessible.ts'
import { expect, test } from './support/test.ts'

test('without scripts a customer composes an application of what it is offered, and orders it; nobody else finds it', {
  tag: '@long',
}, async ({ visit }) => {
  test.setTimeout(180_000)
  const page = await visit('ahorn', { as: 'franz@huber.example', locale: 'en', javaScriptEnabled: false, refusals: [422] })
  await page.goto('/panel/applications')
  await page.locator('a[href="/panel/applications/designs"]').click()
  await page.locator('[name=name]').fill('My wiki')
  await page.locator('main form:has([name=from]) button').click()
  await page.waitForURL(/\/panel\/applications\/designs\/[0-9a-f-]{36}$/)
  const design = new URL(page.url()).pathname
  await expect(page.locator('main')).toContainText('No tiers yet')

  await page.locator('#tiers a[href$="?tier=new"]').click()
  await page.locator('[name=title]').fill('Front')
  await page.locator('[name=code]').fill('front')
  await page.locator('[name=most]').fill('2')
  await page.locator('[name=port]').fill('80')
  await page.locator('[name=isPublic]').check()
  await page.getByRole('button', { name: 'Save tier' }).click()
  await expect(page.locator('#planCodes-error')).toBeVisible()
  await expect(page.locator('[name=title]')).toHaveValue('Front')
  await page.locator('[name=plan-web-1]').check()
  await page.getByRole('button', { name: 'Save tier' }).click()
  await page.waitForURL(/\/designs\/[0-9a-f-]{36}$/)
  await expect(page.locator('#tiers')).toContainText('1–2')
  await expect(page.locator('main')).toContainText('Can be ordered')
  const monthly = (await page.locator('#cost dd').first().textContent()) ?? '?'

  await page.locator('main a[href^="/apps/dsg_"]').click()
  const shop = new URL(page.url()).pathname
  await expect(page.locator('aside').first()).toContainText(monthly)
  await page.locator('[name=name]').fill('wiki')
  await page.getByRole('button', { name: 'Continue to checkout' }).click()
  await expect(page.getByText('wiki-front')).toBeVisible()
  await page.locator('#way-later').check()
  await page.locator('[name=terms]').check()
  await page.locator('form:has([name=idempotencyKey]) button:not([name])').last().click()
  await page.waitForURL(/\/order\/[0-9a-f-]{36}$/)
  await page.goto('/panel/applications')
  await expect(page.locator('main tr').filter({ hasText: 'wiki' })).toContainText('My wiki')

  const other = await visit('ahorn', { as: 'maria@linde.example', locale: 'en', refusals: [404] })
  const visitor = await visit('ahorn', { refusals: [404] })
  expect((await other.goto(design))?.status()).toBe(404)
  expect((await visitor.goto(shop))?.status()).toBe(404)
  await other.goto('/panel/applications/designs')
  await expect(other.locator('main')).not.toContainText('My wiki')

  await page.goto(design)
  await page.locator('main details summary').click()
  await page.getByRole('button', { name: 'Delete design' }).click()
  await page.waitForURL(/\/panel\/applications\/designs$/)
  await expect(page.locator('main')).not.toContainText('My wiki')
})

test('a copy of what staff composed takes only sizes that are offered; every page of it can be used by everybody', async ({ visit }) => {
  const page = await visit('ahorn', { as: 'maria@linde.example', locale: 'en', refusals: [422] })
  await page.goto('/panel/applications/designs')
  await page.locator('[name=name]').fill('My site')
  await page.locator('[name=from]').selectOption('website')
  await page.locator('main form:has([name=from]) button').click()
  await page.waitForURL(/\/designs\/[0-9a-f-]{36}$/)
  const design = page.url()
  await expectAccessible(page, 'a design')
  await page.getByRole('link', { name: 'Web', exact: true }).click()
  await expectAccessible(page, 'a tier of a design')

  const box = page.locator('[name^=plan-]').first()
  await box.check()
  await box.evaluate((input) => input.setAttribute('name', 'plan-not-on-offer'))
  await page.getByRole('button', { name: 'Save tier' }).click()
  await expect(page.locator('#planCodes-error')).toContainText('not offered to you')
  await page.goto(design)
  await expect(page.locator('#tiers')).not.toContainText('not-on-offer')
  await expect(page.locator('main')).toContainText('Can be ordered')
  for (const path of [design, `${design}?tier=web`, '/panel/applications/designs']) {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(path)
    await expectFitsPhone(page, path)
  }
})
