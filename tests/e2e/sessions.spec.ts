import type { Page } from '@playwright/test'
import { registerCompany } from './support/customer-path.ts'
import { mailedLink } from './support/mailbox.ts'
import { rawRequest } from './support/raw-request.ts'
import { originOf, storePort } from './support/stores.ts'
import { expect, signIn, test } from './support/test.ts'

test("one store's cookie is a stranger's at another store", async ({ visit }) => {
  const atAhorn = await visit('ahorn', { as: 'maria@linde.example' })
  const cookies = await atAhorn.context().cookies(originOf('ahorn'))
  const atLakeside = await visit('lakeside')
  await atLakeside.context().addCookies(cookies.map(({ name, value }) => ({ name, value, url: originOf('lakeside') })))
  await atLakeside.goto('/panel')
  await expect(atLakeside).toHaveURL(`${originOf('lakeside')}/sign-in?returnTo=%2Fpanel`)

  await atAhorn.goto('/panel')
  await expect(atAhorn).toHaveURL(`${originOf('ahorn')}/panel`)
})

test('signing out everywhere ends the sign-in of another browser', async ({ visit }) => {
  const [atWork, atHome] = [await visit('ahorn'), await visit('ahorn')]
  for (const browser of [atWork, atHome]) await signIn(browser, 'franz@huber.example')
  await atWork.goto('/panel/security')
  await atWork.locator('button[name=deed][value=end-all]').click()
  await atWork.waitForURL(/\/sign-in/)

  await atHome.goto('/panel/servers')
  await expect(atHome).toHaveURL(/\/sign-in\?returnTo=%2Fpanel%2Fservers$/)
})

test('the same e-mail in two stores is two people with a password each', async ({ visit }) => {
  const email = 'ida@zweimal.example'
  const person = { person: 'Ida Zweimal', company: 'Zweimal KG', email, street: 'Doppelgasse 2', postalCode: '1010', city: 'Wien' }
  const [atAhorn, atLakeside] = [await visit('ahorn'), await visit('lakeside')]
  await registerCompany(atAhorn, { ...person, password: 'zwei Ahornblätter im Wind' })
  await registerCompany(atLakeside, { ...person, password: 'ein See und drei Schwäne' })

  const stranger = await visit('lakeside', { refusals: [401] })
  await fillSignIn(stranger, email, 'zwei Ahornblätter im Wind')
  await expect(stranger.getByText('E-Mail-Adresse oder Passwort stimmt nicht.')).toBeVisible()
  await signIn(stranger, email, 'ein See und drei Schwäne')
})

test('a wrong password and an unknown e-mail get the same answer', async ({ visit }) => {
  const answers: string[] = []
  for (const email of ['eva@keller-at.example', 'nobody@keller-at.example']) {
    const page = await visit('ahorn', { refusals: [401] })
    await fillSignIn(page, email, 'not the password')
    const refusal = page.getByText('E-Mail-Adresse oder Passwort stimmt nicht.')
    await expect(refusal).toBeVisible()
    await expect(page.getByRole('button', { name: 'Mit Passkey anmelden' })).toBeVisible()
    answers.push((await page.locator('main').innerText()).replace(email, ''))
  }
  expect(answers[0]).toBe(answers[1])
})

test('a mailed link sets a new password once, and asking for one never tells who is known', async ({ visit }) => {
  const page = await visit('lakeside', { refusals: [410] })
  const texts: string[] = []
  for (const email of ['nobody@alpen-media.example', 'lucie@alpen-media.example']) {
    await page.goto('/forgot')
    await page.locator('[name=email]').fill(email)
    await page.locator('form:has([name=email]) button').last().click()
    await expect(page.getByText(email)).toBeVisible()
    texts.push((await page.locator('main').innerText()).replace(email, ''))
  }
  expect(texts[0]).toBe(texts[1])

  const link = await mailedLink(page, 'lucie@alpen-media.example', '/reset')
  expect(new URL(link).origin).toBe(originOf('lakeside'))
  const late = await visit('lakeside', { refusals: [410] })
  for (const browser of [late, page]) await browser.goto(link)
  await setPassword(page, 'trois vaches au bord du lac')
  await page.waitForURL(/\/sign-in\?state=password-set$/)
  await setPassword(late, 'quatre vaches au bord du lac')
  await expect(late.locator('main form:has([name=password])')).toHaveCount(0)
  await signIn(page, 'lucie@alpen-media.example', 'trois vaches au bord du lac')
})

test("a host that is nobody's gets a plain 404 that names nobody", async () => {
  const known = `ahorn.localhost:${storePort()}`
  expect((await rawRequest({ host: known, path: '/sign-in' })).status).toBe(200)
  for (const host of [
    'unknown.localhost',
    'AHORN.localhost',
    'ahorn.localhost.',
    'ahorn.localhost.evil.example',
    'evil.example',
    '127.0.0.1',
  ]) {
    const answer = await rawRequest({ host: `${host}:${storePort()}`, path: '/sign-in', headers: { 'X-Forwarded-Host': known } })
    expect(answer.status, host).toBe(404)
    expect(answer.headers['content-type'], host).toContain('text/plain')
    expect(answer.body, host).toBe('Not found')
    expect(Object.keys(answer.headers), host).not.toContain('server')
    expect(Object.keys(answer.headers), host).not.toContain('x-powered-by')
  }
})

test('a form sent from another site, from nowhere or as something else than a form is refused', async () => {
  const host = `ahorn.localhost:${storePort()}`
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
  const body = 'email=maria%40linde.example&password=livery-demo-2026'
  const attempts: Record<string, string>[] = [
    { ...form, Origin: 'https://evil.example' },
    { ...form, Origin: originOf('lakeside') },
    { ...form, Origin: originOf('ahorn'), 'Sec-Fetch-Site': 'cross-site' },
    { ...form, Origin: 'null' },
    form,
    // From the right page, but without the token the page gave out.
    { ...form, Origin: originOf('ahorn') },
  ]
  for (const headers of attempts) {
    const answer = await rawRequest({ host, path: '/sign-in', method: 'POST', headers, body })
    expect(answer.status, JSON.stringify(headers)).toBe(403)
    expect(answer.headers['set-cookie']?.toString() ?? '', JSON.stringify(headers)).not.toContain('session')
  }
  const json = await rawRequest({
    host,
    path: '/sign-in',
    method: 'POST',
    headers: { 'Content-Type': 'text/plain', Origin: originOf('ahorn') },
    body: '{"email":"maria@linde.example"}',
  })
  expect(json.status).toBe(415)
})

async function fillSignIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto('/sign-in')
  await page.locator('[name=email]').fill(email)
  await page.locator('[name=password]').fill(password)
  await page.locator('form:has([name=password]) button').click()
}

async function setPassword(page: Page, password: string): Promise<void> {
  await page.locator('[name=password]').fill(password)
  await page.locator('form:has([name=password]) button').click()
}
