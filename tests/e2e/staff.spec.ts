import { expectAccessible } from './support/accessible.ts'
import { mailedLink } from './support/mailbox.ts'
import { expect, test } from './support/test.ts'

const colleague = 'empfang@ahorn.example'
const password = 'vier worte ohne sinn'

test('a house makes a profile, invites a colleague who may what it says and no more, and takes a right and then the access', {
  tag: '@long',
}, async ({ visit }) => {
  const owner = await visit('ahorn', { as: 'johanna@ahorn.example', refusals: [422] })
  await owner.goto('/office/people/profiles')
  await expectAccessible(owner, 'profiles of staff')
  await owner.getByRole('link', { name: 'Neues Profil' }).click()
  await owner.locator('[name=name]').fill('Empfang')
  await owner.getByRole('button', { name: 'Profil speichern' }).click()
  // It is said above, and the button is far below it.
  await expect(owner.getByText('Wählen Sie mindestens ein Recht')).toBeInViewport()
  await owner.locator('[name=may-account-read]').check()
  await owner.locator('[name=may-invoice-read]').check()
  await owner.getByRole('button', { name: 'Profil speichern' }).click()
  await owner.waitForURL(/\/office\/people\/profiles$/)

  await owner.goto('/office/people/invite')
  await expectAccessible(owner, 'to invite a colleague')
  await owner.locator('[name=name]').fill('Emma Pfang')
  await owner.locator('[name=email]').fill(colleague)
  await owner.locator('[name=profileId]').selectOption({ label: 'Empfang' })
  await owner.getByRole('button', { name: 'Einladung senden' }).click()
  await owner.waitForURL(/\/office\/people$/)
  await expect(owner.locator('#invitations')).toContainText(colleague)

  const emma = await visit('ahorn', { refusals: [403] })
  await emma.goto(await mailedLink(owner, colleague, '/join'))
  await emma.locator('[name=password]').fill(password)
  await emma.locator('main form button').click()
  await emma.waitForURL(/\/sign-in\?state=password-set\b/)
  await emma.locator('[name=email]').fill(colleague)
  await emma.locator('[name=password]').fill(password)
  await emma.locator('form:has([name=password]) button').click()
  await emma.waitForURL(/\/office\b/)
  const told = async (path: string) => (await emma.goto(path))?.status()
  expect([await told('/office/accounts'), await told('/office/invoices')]).toEqual([200, 200])
  for (const path of ['/office/people', '/office/ledger', '/office/payments', '/panel']) expect(await told(path), path).toBe(403)

  await owner.goto('/office/people/profiles')
  await owner.getByRole('link', { name: 'Ändern', exact: true }).click()
  await owner.locator('[name=may-invoice-read]').uncheck()
  await owner.getByRole('button', { name: 'Profil speichern' }).click()
  await owner.waitForURL(/\/office\/people\/profiles$/)
  await expect(owner.locator('#history')).toContainText('Rechnungen sehen')
  expect([await told('/office/accounts'), await told('/office/invoices')]).toEqual([200, 403])

  await owner.goto('/office/people')
  await owner.getByRole('link', { name: 'Emma Pfang' }).click()
  await expect(owner.getByRole('heading', { level: 1 })).toHaveText('Emma Pfang')
  await expectAccessible(owner, 'a colleague')
  await owner.getByRole('button', { name: 'Zugang entziehen' }).click()
  await owner.waitForURL(/\/office\/people$/)
  await expect(owner.getByRole('link', { name: 'Emma Pfang' })).toHaveCount(0)
  await emma.goto('/office/accounts')
  await expect(emma.getByRole('table')).toHaveCount(0)
})

test('an enterprise opens a department within its own limit, renames it, takes its limit off and closes it', { tag: '@long' }, async ({
  visit,
}) => {
  const karin = await visit('meridian', { as: 'karin@hanse.example', refusals: [422] })
  await karin.goto('/panel/account')
  await karin.getByRole('link', { name: 'Abteilungen' }).click()
  await expectAccessible(karin, 'departments')
  const open = karin.locator('#open-department')
  await open.locator('[name=departmentName]').fill('Werkstatt')
  await open.locator('[name=departmentLimit]').fill('99999999')
  await open.getByRole('button').click()
  await expect(karin.locator('#departmentLimit-error')).toBeVisible()
  await expect(open.locator('[name=departmentName]')).toHaveValue('Werkstatt')
  await open.locator('[name=departmentLimit]').fill('25')
  await open.getByRole('button').click()
  const row = karin.locator('#departments').getByRole('row').filter({ hasText: 'Werkstatt' })
  await expect(row).toContainText('25,00')
  const change = karin.locator('#change-department')
  await change.locator('[name=departmentId]').selectOption({ label: 'Werkstatt' })
  await change.locator('[name=newName]').fill('Werkstatt Süd')
  await change.locator('[name=newLimit]').fill('30')
  await change.locator('button[value=change]').click()
  await expect(row).toContainText('Werkstatt Süd')
  await expect(row).toContainText('30,00')

  await change.locator('[name=departmentId]').selectOption({ label: 'Werkstatt Süd' })
  await change.locator('[name=liftsLimit]').check()
  await change.locator('button[value=change]').click()
  await expect(row).toContainText('Wie das Unternehmen')
  await change.locator('[name=departmentId]').selectOption({ label: 'Werkstatt Süd' })
  await change.locator('summary').click()
  await change.locator('button[value=close]').click()
  await expect(row).toHaveCount(0)
})
