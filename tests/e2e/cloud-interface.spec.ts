import { expectAccessible } from './support/accessible.ts'
import { originOf } from './support/stores.ts'
import { expect, test } from './support/test.ts'

const english = { locale: 'en' }

test('a customer opens the interface of the cloud itself where its seller has an address for it, and its seller does', async ({
  visit,
}) => {
  test.setTimeout(120_000)
  const staff = await visit('ahorn', { as: 'johanna@ahorn.example', ...english, refusals: [422] })
  const customer = await visit('ahorn', { as: 'lukas@steiner.example', ...english, refusals: [410] })
  await customer.goto('/panel/servers')
  await expect(customer.getByRole('button', { name: 'cloud interface' })).toHaveCount(0)

  await staff.goto('/office/settings/cloud-interface')
  await staff.locator('[name=address]').fill('http://cloud.ahorn.example')
  await staff.getByRole('button', { name: 'Save address' }).click()
  await expect(staff.locator('#address-error')).toBeVisible()
  await expectAccessible(staff, 'a refused address')
  await staff.locator('[name=address]').fill(originOf('ahorn'))
  await staff.getByRole('button', { name: 'Save address' }).click()
  await expect(staff.getByText('Saved')).toBeVisible()

  await customer.goto('/panel/servers')
  await expect(customer.getByRole('button', { name: 'cloud interface' })).toBeVisible()
  await customer.goto('/panel/cloud-interface')
  await expectAccessible(customer, 'the way to the cloud')
  const opening = customer.waitForEvent('popup')
  await customer.getByRole('button', { name: 'Open cloud interface' }).click()
  const cloud = await opening
  await cloud.waitForURL(/\/cloud-interface\/[\w-]+$/)
  await expect(cloud.getByText('steiner-web')).toBeVisible()
  await expectAccessible(cloud, 'the cloud')
  await cloud.reload()
  await expect(cloud.getByRole('heading', { level: 1 })).toHaveText('This link is used up')

  await staff.goto('/office/accounts')
  await staff
    .getByRole('link', { name: /Steiner/ })
    .first()
    .click()
  await staff.waitForURL(/\/office\/accounts\/[0-9a-f-]{36}$/)
  await staff.goto(`${new URL(staff.url()).pathname}/cloud-interface`)
  await expect(staff.getByRole('button', { name: 'Open' }).first()).toBeVisible()
  await expectAccessible(staff, 'the cloud of a customer')
})
