import { expectAccessible } from './support/accessible.ts'
import { orderServer, registerCompany, toCheckout } from './support/customer-path.ts'
import { expect, type Page, test } from './support/test.ts'

test('a customer orders within its limit, is told what is missing beyond it, and passes once it is raised for a time', {
  tag: '@long',
}, async ({ visit }) => {
  test.setTimeout(180_000)
  const store = await visit('ahorn', { locale: 'en-GB' })
  const company = 'Seidl Uhren GmbH'
  await registerCompany(store, {
    person: 'Clara Seidl',
    company,
    email: 'clara@seidl.example',
    password: 'ein Pendel und zwei Zeiger',
    street: 'Uhrgasse 3',
    postalCode: '1030',
    city: 'Wien',
  })
  await orderForm(store)
  await orderServer(store, 'seidl-1')

  const office = await visit('ahorn', { as: 'johanna@ahorn.example', locale: 'en-GB', refusals: [422] })
  await office.goto(`/office/accounts?search=${encodeURIComponent(company)}`)
  await office.locator('main table').getByRole('link', { name: company }).click()
  await office.locator('#contract').getByRole('link', { name: 'Credit' }).click()
  await expect(office.getByRole('heading', { level: 1 })).toHaveText('Credit')
  await expectAccessible(office, 'the credit of an account')

  await office.locator('[name=each]').fill('24.20')
  await office.getByRole('button', { name: 'Work out' }).click()
  await expect(office.locator('#fit [role=status]')).toContainText('fit')
  await changeLimit(office, 'ten')
  await expect(office.locator('#limit-error')).toBeVisible()
  await changeLimit(office, '1.00')
  await expect(office.locator('#limits')).toContainText('Pays late')

  await orderForm(store)
  await toCheckout(store, 'seidl-2')
  await expect(store.getByText(/can be ordered on invoice/)).toBeVisible()
  await expect(store.locator('#way-later')).toBeDisabled()
  await expect(store.getByText(/Meridian|Livery/i)).toHaveCount(0)

  const [today, later] = [new Date(), new Date(Date.now() + 30 * 86_400_000)].map((day) => day.toISOString().slice(0, 10))
  await office.locator('[name=increase]').fill('500.00')
  await office.locator('[name=from]').fill(today ?? '')
  await office.locator('[name=until]').fill(later ?? '')
  await office.locator('[name=increaseReason]').fill('Summer fair')
  await office.getByRole('button', { name: 'Raise limit' }).click()
  await expect(office.locator('#limits')).toContainText('Summer fair')
  await expect(async () => {
    await office.reload()
    await expect(office.getByText('The limit is used up: no new orders are taken.')).toHaveCount(0, { timeout: 500 })
  }).toPass({ timeout: 60_000 })

  await orderForm(store)
  await orderServer(store, 'seidl-3')
})

test('a reseller reads its own credit at its parent, and nothing of others', async ({ visit }) => {
  const office = await visit('ahorn', { as: 'johanna@ahorn.example', locale: 'en-GB' })
  await office.goto('/office/purchases')
  await office.getByRole('link', { name: 'Own credit' }).click()
  await expect(office.getByRole('heading', { level: 1 })).toHaveText('Own credit')
  await expect(office.locator('#credit')).toContainText('5,000.00')
  await expectAccessible(office, 'the own credit of a reseller')
})

async function orderForm(store: Page): Promise<void> {
  await store.goto('/')
  await store.locator('#plans a[href^="/order?plan="]').first().click()
}

async function changeLimit(office: Page, limit: string): Promise<void> {
  await office.locator('[name=limit]').fill(limit)
  await office.locator('[name=limitReason]').fill('Pays late')
  await office.getByRole('button', { name: 'Set limit' }).click()
}
