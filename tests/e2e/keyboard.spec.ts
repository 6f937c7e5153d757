import type { Page } from '@playwright/test'
import { demoPassword } from '#prisma/seed/people.ts'
import { expectAccessible } from './support/accessible.ts'
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

test('keys of the panel search, open pages and list themselves; their list gives the focus back', async ({ visit }) => {
  const page = await visit('ahorn', { as: 'maria@linde.example', locale: 'en' })
  await alive(page, '/panel/account')
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await expect(page).toHaveURL(/\/panel\/servers$/)
  await page.keyboard.press('g')
  await page.keyboard.press('b')
  await expect(page).toHaveURL(/\/panel\/invoices$/)

  const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  const skip = page.getByRole('link', { name: 'Skip to content' })
  await skip.focus()
  await page.keyboard.press('?')
  await expect(keys).toBeVisible()
  await page.keyboard.press('c')
  await expectAccessible(page, 'the list of keys')
  await page.keyboard.press('Escape')
  await expect(keys).toBeHidden()
  await expect(skip).toBeFocused()
  await expect(page).toHaveURL(/\/panel\/invoices$/)

  const field = page.getByRole('searchbox', { name: 'Search everything' })
  await page.keyboard.press('/')
  await expect(field).toBeFocused()
  await page.keyboard.type('/?cgs')
  await expect(field).toHaveValue('/?cgs')
  await skip.focus()
  await page.keyboard.press('Control+k')
  await expect(field).toBeFocused()
  await page.keyboard.type('linde')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/panel\/search\?q=linde$/)
  await expect(page.getByRole('status').filter({ hasText: 'for “linde”' })).toBeVisible()
  await expectAccessible(page, 'what was found')
  await page.getByRole('region', { name: 'Servers' }).getByRole('link').first().click()
  await expect(page).toHaveURL(/\/panel\/servers\/[0-9a-f-]{36}$/)

  await page.keyboard.press('c')
  await page.waitForURL(/\/order$/)
})

test('switched off, the keys do nothing, until they are switched on again', async ({ visit }) => {
  const page = await visit('ahorn', { as: 'maria@linde.example', locale: 'en' })
  await alive(page, '/panel/servers')
  await page.keyboard.press('?')
  await page.getByRole('dialog').getByRole('button', { name: 'Switch keys off' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await alive(page, '/panel/servers')
  for (const key of ['?', '/', 'Control+k', 'g', 'b', 'c']) await page.keyboard.press(key)
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(page.getByRole('searchbox', { name: 'Search everything' })).not.toBeFocused()
  await expect(page).toHaveURL(/\/panel\/servers$/)

  await page.locator('header summary').last().click()
  await page.getByRole('link', { name: 'Keyboard shortcuts' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).first().click()
  await alive(page, '/panel/profile')
  await page.getByRole('region', { name: 'Keyboard shortcuts' }).getByRole('button', { name: 'Switch keys on' }).click()
  await alive(page, '/panel/profile')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toBeVisible()
})

test('staff search the office by keys; a number opens its document at once', async ({ visit }) => {
  const page = await visit('meridian', { as: 'mara@meridian.example', locale: 'en' })
  await alive(page, '/office/accounts')
  await page.keyboard.press('g')
  await page.keyboard.press('b')
  await expect(page).toHaveURL(/\/office\/invoices$/)
  const link = page
    .locator('main a[href^="/office/invoices/"]')
    .filter({ hasText: /-\d{4,}/ })
    .first()
  const number = (await link.innerText()).trim()
  await page.keyboard.press('/')
  await page.keyboard.type(number.toLowerCase())
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/office\/invoices\/[0-9a-f-]{36}$/)
  await page.keyboard.press('/')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('no such thing')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Nothing found for “no such thing”')).toBeVisible()
  await expectAccessible(page, 'nothing found in the office')
})

test('on a phone and without scripts the search is a link and a form, from right to left too', async ({ visit }) => {
  const options = { as: 'omar@oasis.example', locale: 'ar', javaScriptEnabled: false, viewport: { width: 390, height: 800 } }
  const page = await visit('nakhla', options)
  await page.goto('/panel/account')
  await page.locator('header a[href="/panel/search"]').click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('البحث')
  await page.locator('#q').fill('%%%')
  await page.locator('main form[role=search] button').click()
  await expect(page.getByText('لم يُعثر على شيء عن «%%%»')).toBeVisible()
})

/** Opens a page and waits until it answers keys. */
async function alive(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await page.waitForFunction(() => Object.keys(document.body).some((key) => key.startsWith('__reactFiber')))
  await page.waitForLoadState('networkidle')
}

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
