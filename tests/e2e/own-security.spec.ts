import { decodeBase32IgnorePadding } from '@oslojs/encoding'
import { generateTOTP } from '@oslojs/otp'
import type { Page } from '@playwright/test'
import { expectAccessible } from './support/accessible.ts'
import { registerCompany } from './support/customer-path.ts'
import { mailedLink, mailTo } from './support/mailbox.ts'
import { originOf } from './support/stores.ts'
import { expect, test } from './support/test.ts'

const email = 'rosa@schloss.example'
const password = 'drei Schlüssel am Bund'
const rosa = { person: 'Rosa Schloss', company: 'Schloss KG', email, password, street: 'Torweg 3', postalCode: '1010', city: 'Wien' }

// One person, first with scripts and then without.
test.describe.configure({ mode: 'serial' })

test('a person sets up an app and a passkey, signs in with each, and gets back in with a recovery code', async ({ visit }) => {
  const page = await visit('ahorn', { locale: 'en', refusals: [401, 422] })
  const device = await page.context().newCDPSession(page)
  await device.send('WebAuthn.enable')
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true } as const
  await device.send('WebAuthn.addVirtualAuthenticator', {
    options: { ...options, isUserVerified: true, automaticPresenceSimulation: true },
  })
  await registerCompany(page, rosa)
  await page.goto('/panel')

  await page
    .getByText(/^Your account$/)
    .locator('..')
    .click()
  await page.getByRole('link', { name: 'Security' }).click()
  await page.locator('[name=appPassword]').fill(password)
  await page.locator('button[value=start-app]').click()
  await expect(page.locator('#app img')).toBeVisible()
  await expectAccessible(page, 'an app that waits for its first code')
  const key = (await page.locator('#app bdi').innerText()).replaceAll(' ', '')
  const code = () => generateTOTP(decodeBase32IgnorePadding(key), 30, 6)
  await page.locator('[name=appCode]').fill('000000')
  await page.locator('button[value=confirm-app]').click()
  await expect(page.locator('#appCode-error')).toBeVisible()
  const confirmed = code()
  await page.locator('[name=appCode]').fill(confirmed)
  await page.locator('button[value=confirm-app]').click()
  await expect(page.locator('#codes li')).toHaveCount(10)
  const [recovery = ''] = await page.locator('#codes li').allInnerTexts()
  await expectAccessible(page, 'recovery codes')
  expect(await mailTo(page, email, 'second factor')).toMatch(/a\s+code\s+of\s+your\s+app/)

  await page.locator('[name=passkeyName]').fill('Laptop')
  await page.locator('[name=passkeyPassword]').fill(password)
  await page.getByRole('button', { name: 'Add passkey' }).click()
  await expect(page.locator('#passkeys li')).toHaveText(/Laptop/)

  await signOut(page)
  await giveCredentials(page)
  await page.waitForURL(/\/sign-in\/second-step$/)
  await expectAccessible(page, 'the second step')
  await page.goto('/panel')
  await expect(page).toHaveURL(/\/sign-in\?/)
  await page.goto('/sign-in/second-step')
  await page.locator('[name=code]').fill(confirmed)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.locator('#code-error')).toBeVisible()
  await page.locator('[name=code]').fill(recovery)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL(/\/panel$/)

  await signOut(page)
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.waitForURL(/\/panel$/)

  await page.goto('/panel/security')
  await page.locator('[name=factorProof]').fill(password)
  await page.locator('button[value=remove-app]').click()
  await expect(page.locator('[name=appPassword]')).toBeVisible()
})

test('without scripts a person changes the profile and the address, and both addresses are told', async ({ visit }) => {
  const page = await visit('ahorn', { locale: 'en', javaScriptEnabled: false })
  await giveCredentials(page)
  await page.waitForURL(/\/panel$/)
  await page.goto('/panel/profile')
  await page.locator('[name=name]').fill('Rosa Maria Schloss')
  await page.locator('[name=phone]').fill('+43 1 234 56 78')
  await page.locator('#language').selectOption('en')
  await page.locator('[name=timeZone]').selectOption('Asia/Tokyo')
  await page.locator('[name=picture]').setInputFiles({ name: 'rosa.png', mimeType: 'image/png', buffer: Buffer.from(onePixel, 'base64') })
  await page.locator('button[value=save-profile]').click()
  const picture = page.locator('header img[src^="/pictures/"]')
  await expect(picture).toBeAttached()
  await expect.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(256)
  const stranger = await visit('ahorn', { refusals: [404] })
  expect((await stranger.goto((await picture.getAttribute('src')) ?? ''))?.status()).toBe(404)

  await page.locator('[name=newEmail]').fill('rosa@neu.example')
  await page.locator('[name=emailPassword]').fill(password)
  await page.locator('button[value=change-email]').click()
  expect(await mailTo(page, email, 'Another address')).toContain('rosa@neu.example')
  const link = await mailedLink(page, 'rosa@neu.example', '/confirm')
  expect(new URL(link).origin).toBe(originOf('ahorn'))
  await page.goto(link)
  await page.locator('main form button').click()
  await page.waitForURL(/\/panel\/profile$/)
  await expect(page.locator('#address')).toContainText('rosa@neu.example')
  expect(await mailTo(page, email, 'Your address was changed')).toContain('rosa@neu.example')
})

const onePixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

async function giveCredentials(page: Page): Promise<void> {
  await page.goto('/sign-in')
  await page.locator('[name=email]').fill(email)
  await page.locator('[name=password]').fill(password)
  await page.locator('form:has([name=password]) button').click()
}

async function openMenu(page: Page): Promise<void> {
  await page.locator('header details').last().locator('summary').click()
}

async function signOut(page: Page): Promise<void> {
  await openMenu(page)
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.waitForURL(/\/$/)
}
