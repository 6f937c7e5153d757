import { expectAccessible } from './support/accessible.ts'
import { mailedLink } from './support/mailbox.ts'
import { expect, test } from './support/test.ts'

const colleague = 'buchhaltung@hansen.example'
const password = 'vier worte ohne sinn'

test('an owner invites a colleague who sees invoices and nothing else; a key is read once, used, and revoked', { tag: '@long' }, async ({
  visit,
}) => {
  const owner = await visit('lakeside', { as: 'urs@praxis-keller.example', locale: 'en-GB', refusals: [401, 403] })
  await owner.goto('/panel/members')
  await expectAccessible(owner, 'people of an account')
  const invite = owner.locator('#invite')
  await invite.locator('[name=name]').fill('Berta Buch')
  await invite.locator('[name=email]').fill(colleague)
  await invite.locator('[name=profileId]').selectOption({ label: 'Invoices only' })
  await invite.getByRole('button', { name: 'Send invitation' }).click()
  await expect(owner.locator('#invitations')).toContainText(colleague)

  const berta = await visit('lakeside', { locale: 'en-GB', refusals: [403] })
  await berta.goto(await mailedLink(owner, colleague, '/join'))
  await expectAccessible(berta, 'an invitation')
  await berta.locator('[name=password]').fill(password)
  await berta.locator('main form button').click()
  await berta.waitForURL(/\/sign-in\?state=password-set$/)
  await berta.locator('[name=email]').fill(colleague)
  await berta.locator('[name=password]').fill(password)
  await berta.locator('form:has([name=password]) button').click()
  await berta.waitForURL(/\/panel\/invoices$/)
  const nav = berta.getByRole('navigation', { name: 'Main' }).first()
  await expect(nav.getByRole('link', { name: 'Invoices' })).toHaveCount(1)
  for (const hidden of ['Servers', 'Usage', 'People', 'API keys']) await expect(nav.getByRole('link', { name: hidden })).toHaveCount(0)
  for (const path of ['/panel/servers', '/panel/members', '/panel/account/close']) {
    expect((await berta.goto(path))?.status(), path).toBe(403)
  }

  await owner.goto('/panel/api-keys')
  await expectAccessible(owner, 'keys')
  const make = owner.locator('#new')
  await make.locator('[name=name]').fill('Bookkeeping')
  await make.locator('[name=may-invoice-read]').check()
  await make.getByRole('button', { name: 'Make key' }).click()
  const key = await owner.locator('#new-key').innerText()
  expect(key).toMatch(/^lvk_[\w-]{43}$/)
  await owner.reload()
  await expect(owner.locator('#new-key')).toHaveCount(0)

  const ask = (path: string) =>
    owner.evaluate(
      async ({ address, bearer }) => {
        const answer = await fetch(address, { headers: { Authorization: `Bearer ${bearer}` } })
        return { status: answer.status, body: await answer.json() }
      },
      { address: `/api/v1${path}`, bearer: key },
    )
  expect(await ask('/invoices?limit=1')).toMatchObject({ status: 200, body: { data: [{ total: { currency: 'CHF' } }] } })
  expect((await ask('/servers')).status).toBe(403)
  await owner
    .locator('#keys')
    .getByRole('button', { name: /Revoke/ })
    .first()
    .click()
  await expect(owner.locator('#keys').getByText('Revoked', { exact: true })).toHaveCount(1)
  expect((await ask('/invoices')).status).toBe(401)
})
