import { expectAccessible } from './support/accessible.ts'
import { commitOrder, orderServer, registerCompany, toCheckout } from './support/customer-path.ts'
import { mailedLink } from './support/mailbox.ts'
import { expect, type Page, test } from './support/test.ts'

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
  const stop = page.locator('main a[href*="/power?action=stop"]')
  const start = page.locator('button[name=action][value=start]')
  await stop.click()
  await page.waitForURL(/\/panel\/servers\/power\?action=stop/)
  await expectAccessible(page, 'the question whether a server is to stop')
  await page.locator('main form[method=post] button').click()
  await page.waitForURL(`**${server}`)
  await expect(start).toBeVisible({ timeout: 30_000 })
  await expect(stop).toBeHidden()
  await startFromList(page, 'qamar-web')

  await page.goto(`${server}/delete`)
  await expectAccessible(page, 'the deletion of a server')
  await page.locator('[name=confirmedName]').fill('qamar-web')
  await page.locator('form:has([name=confirmedName]) button').click()
  await expect(async () => {
    await page.goto('/panel/servers?state=deleted')
    await expect(page.getByRole('link', { name: 'qamar-web', exact: true })).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 30_000 })
})

test('without scripts a guest configures, pays by card with 3-D Secure, confirms the address and has its server', async ({ visit }) => {
  const page = await visit('ahorn', { javaScriptEnabled: false, refusals: [422] })
  await page.goto('/')
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await page.locator('#plans a[href^="/order?plan="]').first().click()
  await toCheckout(page, 'gruber-web')
  const guest = { name: 'Peter Gruber', email: 'peter@gruber.example', street: 'Holzplatz 4', postalCode: '4020', city: 'Linz' }
  for (const [name, value] of Object.entries(guest)) await page.locator(`[name=${name}]`).fill(value)
  await commitOrder(page)
  await expect(page.locator('#waiver-error')).toBeVisible()
  await expect(page.locator('[name=city]')).toHaveValue('Linz')
  await page.locator('[name=waiver]').check()
  await commitOrder(page)
  await payAsGuest(page)

  await page.goto(await mailedLink(page, guest.email, '/reset'))
  await page.locator('[name=password]').fill('acht Balken und ein Dach')
  await page.locator('form:has([name=token]) button').click()
  await page.waitForURL(/\/sign-in\?state=password-set$/)
  await page.locator('[name=email]').fill(guest.email)
  await page.locator('[name=password]').fill('acht Balken und ein Dach')
  await page.locator('form:has([name=password]) button').click()
  await page.waitForURL(/\/panel$/)
  const running = page.getByRole('link', { name: 'gruber-web' }).first()
  await expect(async () => {
    await page.goto('/panel/servers')
    await expect(running).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 45_000 })
  const server = (await running.getAttribute('href')) ?? ''

  await page.goto(server)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('gruber-web')
  const stop = page.locator('main a[href*="/power?action=stop"]')
  await expect(async () => {
    await page.goto(server)
    await expect(stop).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 30_000 })
  await stop.click()
  await page.locator('main form[method=post] button').click()
  await page.waitForURL(`**${server}`)
  await expect(async () => {
    await page.reload()
    await expect(page.locator('button[name=action][value=start]')).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 30_000 })
})

test('with scripts a company’s VAT id and country change the amount before it is paid, and nothing typed is lost', async ({ visit }) => {
  const page = await visit('ahorn', { locale: 'en-GB', refusals: [422] })
  await page.goto('/order?plan=web-1')
  await toCheckout(page, 'werk-1')
  await expectAccessible(page, 'the checkout of a guest')
  const pay = page.locator('form:has([name=idempotencyKey]) button').last()
  const amount = await pay.innerText()
  await page.locator('#kind-business').check()
  const guest = {
    name: 'Paul Werk',
    companyName: 'Werk GmbH',
    email: 'paul@werk.example',
    street: 'Ring 1',
    postalCode: '80331',
    city: 'München',
  }
  for (const [name, value] of Object.entries(guest)) await page.locator(`[name=${name}]`).fill(value)
  await page.locator('[name=country]').selectOption('DE')
  await page.locator('[name=vatId]').fill('DE000000000')
  await expect(page.getByText('This VAT id is not well formed for your country.')).toBeVisible()
  await page.locator('[name=vatId]').fill('DE136695976')
  await expect(page.getByText('VAT, reverse charge')).toBeVisible()
  await expect(pay).not.toHaveText(amount)
  await commitOrder(page)
  await payAsGuest(page)
  await expect(page.getByText('paul@werk.example')).toBeVisible()
})

test('without scripts a guest orders a cart by transfer, and follows it by its address in another browser', async ({ visit }) => {
  const page = await visit('ahorn', { javaScriptEnabled: false, refusals: [422] })
  await page.goto('/order?plan=web-1&location=fra-1&image=debian-12&name=korb&quantity=-1&check=on')
  await expect(page.locator('#quantity-error')).toBeVisible()
  await page.locator('[name=quantity]').fill('2')
  await page.locator('button[formaction="/cart"]').click()
  await page.waitForURL(/\/cart$/)
  await page.goto('/order?plan=web-2')
  await page.locator('[name=name]').fill('lager')
  await page.locator('button[formaction="/cart"]').click()
  await page.waitForURL(/\/cart$/)
  await expect(page.locator('main li form')).toHaveCount(2)
  const count = page.locator('main li [name^=quantity-]')
  await count.first().fill('1e308')
  await page.locator('main li button[value=count]').first().click()
  await expect(page.locator('main li [aria-invalid=true]')).toBeVisible()
  await page.goto('/cart')
  await expect(count.first()).toHaveValue('2')

  await page.locator('a[href="/checkout?cart=on"]').click()
  const guest = { name: 'Rosa Berg', email: 'rosa@berg.example', street: 'Hauptplatz 1', postalCode: '8010', city: 'Graz' }
  for (const [name, value] of Object.entries(guest)) await page.locator(`[name=${name}]`).fill(value)
  await page.locator('#way-transfer').check()
  await page.locator('[name=waiver]').check()
  await commitOrder(page)
  await page.waitForURL(/\/order\/[0-9a-f-]{36}$/)
  await expect(page.locator('main ol li')).toContainText(['korb-1', 'korb-2', 'lager'])
  await expect(page.locator('#transfer')).toContainText('AT61 1904 3002 3457 3201')
  await expect(page.locator('#transfer img[src$="/code"]')).toBeVisible()
  const link = await page.getByText('?status=').innerText()

  const other = await visit('ahorn')
  await other.goto(link.replace(/[^!-~]/g, ''))
  await other.waitForURL(/\/order\/[0-9a-f-]{36}$/)
  await expect(other.locator('main ol li')).toContainText(['korb-1', 'korb-2', 'lager'])
  await expectAccessible(other, 'an order that waits for a transfer')
  await other.goto('/order?plan=web-2')
  await other.locator('[name=name]').fill('lager')
  await other.locator('button[formaction="/cart"]').click()
  await other.waitForURL(/\/cart$/)
  await expectAccessible(other, 'a cart')
  await page.goto('/cart')
  await expect(page.locator('main li form')).toHaveCount(0)
})

/** Pays on the gateway's page by a card that asks for a confirmation, and comes back to an order that waits for the mailed link. */
async function payAsGuest(page: Page): Promise<void> {
  await expect(page).toHaveURL(/\/sandbox-pay\//)
  const card = page.locator('#card-secure')
  await card.check()
  await page.locator('main form button').first().click()
  await expect(card).toHaveCount(0)
  await page.locator('main form button').first().click()
  await page.waitForURL(/\/order\/[0-9a-f-]{36}\?attempt=/)
  await expect(page.locator('main ol li').nth(1)).toContainText(/Bezahlt|Paid/)
  await expect(page.locator('main a[href$="/pay"]')).toHaveCount(0)
}

/** Ticks a server in the list, has it started, and waits until it can be stopped again. */
async function startFromList(page: Page, name: string): Promise<void> {
  await page.goto('/panel/servers')
  await page.getByRole('checkbox', { name: new RegExp(name) }).check()
  await expectAccessible(page, 'servers to choose from')
  await page.locator('#power button[value=start]').click()
  await page.waitForURL(/\/panel\/servers\/power\?/)
  await page.locator('main form[method=post] button').click()
  await page.waitForURL(/\/panel\/servers\/[0-9a-f-]{36}$/)
  await expect(async () => {
    await page.goto('/panel/servers')
    await expect(page.locator('main tr', { hasText: name }).locator('a[href*="action=stop"]')).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 30_000 })
}
