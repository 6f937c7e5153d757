import type { Page } from '@playwright/test'
import { expectAccessible } from './support/accessible.ts'
import { commitOrder, toCheckout } from './support/customer-path.ts'
import { expect, test } from './support/test.ts'

/** What stands beside a word of the order's summary. */
const figure = (page: Page, label: string) =>
  page
    .locator('main dl > div')
    .filter({ has: page.locator('dt', { hasText: label }) })
    .locator('dd')
    .first()

const apply = (page: Page) => page.locator('button[name=deed][value=apply]')
const firstTotal = 'Erste Rechnung gesamt'
const discount = '10 % auf die erste Grundgebühr'

test('a visitor takes a plan with an app and a code, signs in, sees what the code takes off, and orders at that price', async ({
  visit,
}) => {
  const page = await visit('ahorn', { refusals: [422] })
  await page.goto('/order?plan=web-2&code=weekend10')
  await expect(page.getByLabel('Apache')).toBeDisabled()
  await expect(page.getByLabel('Apache')).toBeChecked()
  await expect(figure(page, 'Höchstens im Monat')).toHaveText(/114,00/)
  await page.getByLabel('MySQL').check()
  await expect(figure(page, 'Höchstens im Monat')).toHaveText(/121,20/)

  await toCheckout(page, 'werkstatt')
  await page.locator('button[value=sign-in]').click()
  await page.waitForURL(/\/sign-in\?/)
  await page.locator('[name=email]').fill('maria@linde.example')
  await page.locator('[name=password]').fill('livery-demo-2026')
  await page.locator('form:has([name=password]) button').click()

  await page.waitForURL(/\/checkout\?/)
  await expect(page.getByText('werkstatt')).toBeVisible()
  await expect(page.locator('[name=promoCode]')).toHaveValue('weekend10')
  const before = await figure(page, firstTotal).innerText()
  await apply(page).click()
  await expect(figure(page, discount)).toHaveText(/−|-/)
  const reduced = await figure(page, firstTotal).innerText()
  expect(reduced).not.toBe(before)
  await expectAccessible(page, 'a checkout with a code')
  await page.setViewportSize({ width: 1280, height: 800 })

  await page.locator('[name=promoCode]').fill('NOBODY10')
  await apply(page).click()
  await expect(page.locator('#promoCode-error')).toHaveText('Dieser Code ist unbekannt, abgelaufen oder gilt nicht für diese Bestellung.')
  await expect(figure(page, firstTotal)).toHaveText(reduced)
  await page.locator('[name=promoCode]').fill('')
  await page.locator('#way-later').check()
  await commitOrder(page)
  await page.waitForURL(/\/order\/[0-9a-f-]{36}$/)
  await expect(page.locator('main').getByText(reduced).first()).toBeVisible()
})

test('without scripts the same code is applied, taken off again, and survives a mistake elsewhere', async ({ visit }) => {
  const page = await visit('ahorn', { refusals: [422], javaScriptEnabled: false, viewport: { width: 390, height: 844 } })
  await page.goto('/order?plan=web-1')
  await page.locator('#plan-web-2').check()
  await page.locator('button[formaction="/order"]').first().click()
  await page.getByLabel('MySQL').check()
  await page.locator('[name=name]').fill('zwei worte')
  await page.locator('form:has([name=sshKey]) aside button').click()
  await expect(page.locator('#name-error')).toBeVisible()
  await expect(page.locator('#plan-web-2')).toBeChecked()
  await expect(page.getByLabel('MySQL')).toBeChecked()
  await toCheckout(page, 'werkbank')

  await page.locator('[name=promoCode]').fill('WEEKEND10')
  await apply(page).click()
  await expect(page.getByText('Ihre erste Rechnung beträgt nun')).toBeVisible()
  await page.locator('[name=city]').fill('Graz')
  await page.locator('button[name=drop]').click()
  await expect(page.getByText('Ihre erste Rechnung beträgt nun')).toHaveCount(0)
  await expect(page.locator('[name=city]')).toHaveValue('Graz')
})
