import { expectAccessible } from './support/accessible.ts'
import { orderServer, registerCompany } from './support/customer-path.ts'
import { expect, test } from './support/test.ts'

const address = /^\d{1,3}(\.\d{1,3}){3}$/

test('a company comes to an Arabic store, registers, orders a server, runs it, stops it and deletes it by its name', async ({ visit }) => {
  const page = await visit('nakhla')
  await page.goto('/')
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
  await expect(page.locator('html')).toHaveAttribute('lang', 'ar')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('خوادم ثابتة الجذور، واضحة السعر.')
  await expect(page.getByRole('row', { name: 'Cloud S' })).toContainText('40.85')

  await registerCompany(page, {
    person: 'Salma Idris',
    company: 'Qamar Trading LLC',
    email: 'salma@qamar.example',
    password: 'seven palms by the creek',
    street: 'Al Maktoum Road 12',
    postalCode: '00000',
    city: 'Dubai',
  })
  await page.goto('/')
  await page.locator('#plans a[href^="/order?plan="]').first().click()
  const server = await orderServer(page, 'qamar-web')
  await expectAccessible(page, 'an order')

  await page.locator('main a[href^="/panel/servers/"]').click()
  await page.waitForURL(`**${server}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('qamar-web')
  await expect(page.locator('main bdi').filter({ hasText: address }).first()).toBeVisible()
  const stop = page.locator('button[name=action][value=stop]')
  const start = page.locator('button[name=action][value=start]')
  await stop.click()
  await expect(start).toBeVisible({ timeout: 30_000 })
  await expect(stop).toBeHidden()

  await page.goto(`${server}/delete`)
  await expectAccessible(page, 'the deletion of a server')
  await page.locator('[name=confirmedName]').fill('qamar-web')
  await page.locator('form:has([name=confirmedName]) button').click()
  await expect(async () => {
    await page.goto('/panel/servers?state=deleted')
    await expect(page.getByRole('link', { name: 'qamar-web' })).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 30_000 })
})

test('without scripts a company registers in a German store and orders a server that becomes ready', async ({ visit }) => {
  const page = await visit('ahorn', { javaScriptEnabled: false })
  await registerCompany(page, {
    person: 'Peter Gruber',
    company: 'Gruber Holzbau GmbH',
    email: 'peter@gruber.example',
    password: 'acht Balken und ein Dach',
    street: 'Holzplatz 4',
    postalCode: '4020',
    city: 'Linz',
  })
  await page.goto('/')
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await page.locator('#plans a[href^="/order?plan="]').first().click()
  const server = await orderServer(page, 'gruber-web')

  await page.goto(server)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('gruber-web')
  await page.locator('button[name=action][value=stop]').click()
  await page.waitForURL(`**${server}`)
  await expect(async () => {
    await page.reload()
    await expect(page.locator('button[name=action][value=start]')).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 30_000 })
})
