import { startOidcEmulator } from '#tests/support/oidc-emulator/oidc-emulator.ts'
import { expectAccessible } from './support/accessible.ts'
import { rawRequest } from './support/raw-request.ts'
import { originOf } from './support/stores.ts'
import { expect, type Page, test } from './support/test.ts'

const client = { id: 'ahorn-store', secret: 'a word that is shown nowhere' }
const vera = { sub: 'vera-1', email: 'vera@haus-ahorn.example', name: 'Vera Haus', groups: ['Buchhaltung'] }

test('a seller connects its directory, a colleague comes in by it, and signing out works both ways', async ({ visit }) => {
  const emulator = await startOidcEmulator({ client, person: vera })
  try {
    const id = await connect(await visit('ahorn', { as: 'johanna@ahorn.example' }), emulator.state.issuer)

    const page = await visit('ahorn', { refusals: [403] })
    await comeIn(page)
    expect((await page.goto('/office/invoices'))?.status()).toBe(200)
    expect((await page.goto('/office/settings/sign-on'))?.status()).toBe(403)

    await page.goto('/office')
    await leave(page)
    await page.waitForURL(/\/signed-out(\?state=.*)?$/)
    await expectAccessible(page, 'after a sign-out')
    expect(emulator.state.logouts).toHaveLength(1)
    await page.goto('/office')
    await expect(page).toHaveURL(/\/sign-in/)

    await comeIn(page)
    const told = await rawRequest({
      host: new URL(originOf('ahorn')).host,
      path: `/sign-on/${id}/logout`,
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ logout_token: await emulator.logoutToken() }).toString(),
    })
    expect(told.status).toBe(200)
    await page.goto('/office')
    await expect(page).toHaveURL(/\/sign-in/)

    // The way in and out is links and pages: it works where scripts do not run.
    const plain = await visit('ahorn', { javaScriptEnabled: false })
    await comeIn(plain)
    await leave(plain)
    await plain.waitForURL(/\/signed-out/)
    await expect.poll(() => emulator.state.logouts.length).toBe(2)
  } finally {
    await emulator.stop()
  }
})

async function connect(office: Page, issuer: string): Promise<string> {
  await office.goto('/office/settings/sign-on')
  await expectAccessible(office, 'directories')
  await office.getByRole('link', { name: 'OpenID Connect · Ihr Personal' }).click()
  await office.locator('[name=name]').fill('Haus Ahorn')
  await office.locator('[name=issuer]').fill(issuer)
  await office.locator('[name=clientId]').fill(client.id)
  await office.locator('[name=clientSecret]').fill(client.secret)
  await office.locator('[name=emailDomains]').fill('haus-ahorn.example')
  await office.locator('[name=group0]').fill('Buchhaltung')
  await office.locator('[name=profile0]').selectOption('finance')
  await expectAccessible(office, 'to connect a directory')
  await office.getByRole('button', { name: 'Als Entwurf speichern' }).click()
  await office.waitForURL(/sign-on\/[0-9a-f-]{36}$/)
  const id = new URL(office.url()).pathname.split('/').at(-1) ?? ''
  await expect(office.locator('#addresses')).toContainText(`/sign-on/${id}/return`)
  expect(await office.content()).not.toContain(client.secret)
  await office.getByRole('button', { name: 'Erproben' }).click()
  await expect(office.locator('#use')).toContainText(`${issuer}/authorize`)
  await expectAccessible(office, 'a directory that was tried')
  await office.getByRole('button', { name: 'Einschalten' }).click()
  await expect(office.locator('#use')).toContainText('in Gebrauch')
  return id
}

async function comeIn(page: Page): Promise<void> {
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Weiter mit Haus Ahorn' }).click()
  await page.waitForURL(/\/office$/)
}

async function leave(page: Page): Promise<void> {
  await page.locator('header details').last().locator('summary').click()
  await page.getByRole('button', { name: 'Abmelden', exact: true }).click()
}
