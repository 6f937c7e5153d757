import type { Page } from '@playwright/test'
import { demoPassword } from '#prisma/seed/people.ts'
import { hold } from './support/hold.ts'
import { expect, test } from './support/test.ts'

test('the first stop of the keyboard leads past the navigation', async ({ visit }) => {
  const page = await visit('ahorn', { locale: 'en' })
  await page.goto('/')
  await page.keyboard.press('Tab')
  const skip = page.getByRole('link', { name: 'Skip to content' })
  await expect(skip).toBeFocused()
  await expect(skip).toBeInViewport()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/#main$/)
  await page.keyboard.press('Tab')
  await expect(page.locator('main :focus')).toBeVisible()
})

test('a key pressed in the moment a page comes to life breaks nothing', async ({ visit }) => {
  const page = await visit('ahorn', { locale: 'en' })
  await page.addInitScript(() => {
    const { addEventListener } = document
    document.addEventListener = (...listening: Parameters<typeof addEventListener>) => {
      addEventListener.apply(document, listening)
      if (listening[0] === 'keydown')
        queueMicrotask(() => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Tab', bubbles: true })))
    }
  })
  await page.goto('/sign-in')
  await page.waitForFunction(() => Object.keys(document.body).some((key) => key.startsWith('__reactFiber')))
})

test('what is chosen before a page comes to life is what its price is for', async ({ visit }) => {
  const page = await visit('ahorn', { locale: 'en' })
  const comeToLife = await hold(page, '**/assets/entry.client-*.js')
  await page.goto('/order', { waitUntil: 'commit' })
  await page.getByRole('radio', { name: /^Cloud M/ }).check()
  await expect(page.getByRole('complementary', { name: 'Your order' })).toContainText('€8.64')
  await comeToLife()
  await page.waitForURL(/[?&]plan=/)
  await expect(page.getByRole('complementary', { name: 'Your order' })).toContainText('€17.28')
})

test('a customer signs in, chooses, orders and finds the server without a mouse', async ({ visit }) => {
  const page = await visit('ahorn', { locale: 'en' })
  await page.goto('/sign-in?returnTo=/order')
  await tabTo(page, '[name=email]')
  await page.keyboard.type('eva@keller-at.example')
  await tabTo(page, '[name=password]')
  await page.keyboard.type(demoPassword)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/order/)
  await expect(page.locator('[name=sshKey]')).toBeAttached()

  await tabTo(page, '[name=plan]:checked')
  await page.keyboard.press('ArrowDown')
  await page.waitForURL(/[?&]plan=/)
  await tabTo(page, '[name=name]')
  await page.keyboard.type('keller-keys')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/checkout\?/)
  for (const agreed of ['terms', 'waiver']) {
    await tabTo(page, `[name=${agreed}]`)
    await page.keyboard.press('Space')
  }
  await tabTo(page, 'form:has([name=terms]) button:not([aria-hidden], [formnovalidate])')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/order\/[0-9a-f-]{36}$/)

  const open = page.getByRole('link', { name: 'Open server' })
  await expect(open).toBeVisible({ timeout: 45_000 })
  await tabTo(page, 'main a[href^="/panel/servers/"]')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'keller-keys' })).toBeVisible()
})

/** Presses Tab until the focus is on `selector`. Every stop on the way has to be visible. */
async function tabTo(page: Page, selector: string): Promise<void> {
  const most = 120
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press('Tab')
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) {
      await expect(page.locator(':focus')).toBeInViewport()
      return
    }
  }
  throw new Error(`${most} presses of Tab did not reach ${selector}`)
}
