import { expectAccessible } from './support/accessible.ts'
import { expect, test } from './support/test.ts'

test('a seller is told what to enter, and tries the keys of an account', async ({ visit }) => {
  const office = await visit('ahorn', { as: 'johanna@ahorn.example', refusals: [422] })
  await office.goto('/office/settings/gateways/new?gateway=stripe')
  await expect(office.getByText('/webhooks/payments/stripe')).toBeVisible()
  await office.locator('[name=secretKey]').fill('hunter2-is-no-key')
  await office.locator('[name=webhookSecret]').fill('hunter2-is-no-secret')
  await office.getByRole('button', { name: 'Prüfen und verbinden' }).click()
  await expect(office.locator('#secretKey-error')).toBeVisible()
  expect(await office.content()).not.toContain('hunter2')

  await office.goto('/office/settings/gateways')
  await office.getByRole('row').filter({ hasText: 'Testumgebung' }).getByRole('link').first().click()
  await office.waitForURL(/gateways\/[0-9a-f-]{36}$/)
  await expectAccessible(office, 'an account with a gateway')
  await office.getByRole('button', { name: 'Verbindung prüfen' }).click()
  await expect(office.getByText('Die Schlüssel stimmen')).toBeVisible()
})
