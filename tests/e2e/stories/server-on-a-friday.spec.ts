import { registerCompany } from '../support/customer-path.ts'
import { mailTo } from '../support/mailbox.ts'
import { confirmByBank, orderForm, pay, toCheckout, untilRunning } from './support/order.ts'
import { expectFigures, expectNewestInvoice, figuresIn } from './support/pages.ts'
import { expect, type Page, test } from './support/stage.ts'

const huber = {
  person: 'Anna Huber',
  company: 'Tischlerei Huber OG',
  email: 'anna@tischlerei-huber.example',
  password: 'vier Beine und eine Platte',
  street: 'Holzplatz 4',
  postalCode: '4020',
  city: 'Linz',
}
const owner = { as: 'johanna@ahorn.example' }

test('a server on a Friday afternoon: 127.08 and 121.20 by card, 76.20 held and invoiced at the provider', async ({ stage }) => {
  await stage.begin('2026-06-05T14:40:00Z')
  await stage.ask('promotion', { seller: 'ahorn', code: 'WEEKEND10' })
  const ahorn = await stage.open('ahorn', owner)
  await credit(ahorn, '5,000.00')

  const store = await stage.open('ahorn', { refusals: [422] })
  await store.setViewportSize({ width: 390, height: 844 })
  await compare(store)
  await registerCompany(store, huber)
  stage.stays({ page: store, ...huber })
  const accountId = await stage.ask('accountCalled', { seller: 'ahorn', name: huber.company })
  // Ahorn bills its customers by anniversary, each order on its day.
  await stage.ask('agree', { seller: 'ahorn', accountId, day: 5, fees: 'with-order' })
  await configure(store)
  await redeem(store)
  await pay(store, 'kept-card')
  await expect(store).toHaveURL(/\/sandbox-pay\//)
  await credit(ahorn, '4,923.80')
  await declineThenPay(store)
  const server = await untilRunning(store)
  await store.goto(server)
  await expect(store.getByRole('heading', { level: 1 })).toHaveText('werkstatt')
  await expectNewestInvoice(store, ['15.00', '95.00', '6.00', '10.10', '105.90', '21.18', '127.08'])
  expect(await mailTo(store, huber.email, 'AH-2026-')).toContain('127')
  expect(await mailTo(store, huber.email, 'werkstatt')).not.toMatch(/meridian|livery/i)
  await credit(ahorn, '4,923.80')

  await stage.travel('2026-07-01T06:30:00Z')
  await seePurchase(ahorn)
  await ahorn.goto('/office/reports/margin?month=2026-06&by=account')
  await expectFigures(ahorn, ['105.90', '76.20', '29.70'])

  await stage.travel('2026-07-05T06:30:00Z')
  await expectNewestInvoice(store, ['95.00', '6.00', '101.00', '20.20', '121.20'])
  expect(await stage.ask('broken', null)).toEqual([])
})

/** Both plans on a phone with VAT, then net, and what 1,200 GB a month cost on either. */
async function compare(store: Page): Promise<void> {
  await store.goto('/')
  await expect(store.getByRole('row', { name: 'Web 1' })).toContainText('29.88')
  await expect(store.getByRole('row', { name: 'Web 2' })).toContainText('114.00')
  await store.goto('/compare?plan=web-1&plan=web-2&tax=net')
  await store.locator('[name=gb]').fill('1200')
  await store.locator('main form button').click()
  const total = store.getByRole('row').filter({ hasText: '189.90' })
  await expect(total).toContainText('95.00')
}

/** Web 2 with MySQL; a host name with a space is refused at its field, and nothing else is lost. */
async function configure(store: Page): Promise<void> {
  await orderForm(store, 'web-2')
  await expect(store.getByLabel('Apache')).toBeChecked()
  await store.getByLabel('MySQL').check()
  await expect(store.locator('main')).toContainText('139.20')
  await store.locator('[name=name]').fill('werk statt')
  await store.locator('form:has([name=sshKey]) aside button').click()
  await expect(store.locator('#name-error')).toBeVisible()
  await expect(store.getByLabel('MySQL')).toBeChecked()
  await toCheckout(store, 'werkstatt')
}

async function redeem(store: Page): Promise<void> {
  await expect(store.locator('main')).toContainText('139.20')
  await store.locator('[name=promoCode]').fill('WEEKEND10')
  await store.locator('button[name=deed][value=apply]').click()
  await expect(store.locator('main')).toContainText('127.08')
  await expectFigures(store, ['10.10', '105.90', '21.18', '127.08'])
  await store.locator('[name=promoCode]').fill('NOBODY10')
  await store.locator('button[name=deed][value=apply]').click()
  await expect(store.locator('#promoCode-error')).toBeVisible()
  await store.locator('[name=promoCode]').fill('')
  await expect(store.locator('form:has([name=idempotencyKey]) button').last()).toContainText('127.08')
}

/** A card that is declined leaves the order as it was, and another pays it. */
async function declineThenPay(store: Page): Promise<void> {
  await store.getByLabel(/is declined/).check()
  await store.locator('main form button').first().click()
  await store.waitForURL(/\/order\/[0-9a-f-]{36}/)
  await store.locator('main a[href$="/pay"]').click()
  await store.locator('main form:has([name=idempotencyKey]) button, main form button').last().click()
  await confirmByBank(store)
}

async function credit(ahorn: Page, available: string): Promise<void> {
  await expect(async () => {
    await ahorn.goto('/office/purchases/credit')
    expect((await figuresIn(ahorn, '#credit')).at(-1)).toBe(available)
  }).toPass()
}

/** Meridian's invoice to Ahorn: 9.00, 63.20 and 4.00 without VAT, whatever Ahorn took off for itself. It is passed on a moment after it is issued. */
async function seePurchase(ahorn: Page): Promise<void> {
  const newest = ahorn.getByRole('link', { name: /^MG-2026-\d{5}$/ }).first()
  await expect(async () => {
    await ahorn.goto('/office/purchases')
    await expect(newest).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 60_000 })
  await newest.click()
  await expect(ahorn.getByRole('heading', { level: 1 })).toContainText('MG-2026-')
  await expectFigures(ahorn, ['9.00', '63.20', '4.00', '76.20', '0.00'])
}
