import { expectAccessible } from './support/accessible.ts'
import { originOf } from './support/stores.ts'
import { expect, test } from './support/test.ts'

const english = { locale: 'en' }

test('a seller names the address of the cloud, and a customer opens it in a tab of its own, signed in, once', async ({ visit }) => {
  const office = await visit('ahorn', { as: 'johanna@ahorn.example', ...english, refusals: [422] })
  await office.goto('/office/settings/cloud-interface')
  await office.locator('[name=address]').fill('http://cloud.example.com')
  await office.locator('main').getByRole('button', { name: 'Save address' }).click()
  await expect(office.locator('#address-error')).toContainText('https')
  await office.locator('[name=address]').fill(originOf('ahorn'))
  await office.locator('main').getByRole('button', { name: 'Save address' }).click()
  await expect(office.getByText('Saved.')).toBeVisible()
  await expectAccessible(office, 'the address of the cloud interface')

  const panel = await visit('ahorn', { as: 'lukas@steiner.example', ...english, refusals: [410] })
  await panel.goto('/panel/servers')
  const tab = panel.context().waitForEvent('page')
  await panel.getByRole('button', { name: 'Open cloud interface' }).click()
  const cloud = await tab
  await cloud.waitForURL(/\/cloud-interface\/[\w-]{43}$/)
  await expect(cloud.getByText('steiner-web')).toBeVisible()
  await expectAccessible(cloud, 'the interface of the simulated cloud')
  await cloud.reload()
  await expect(cloud.getByRole('heading', { name: 'This link is used up' })).toBeVisible()
})
