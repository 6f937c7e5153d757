import { commitOrder, registerCompany, toCheckout } from './support/customer-path.ts'
import { expect, type Page, test } from './support/test.ts'

const johanna = { as: 'johanna@ahorn.example', locale: 'en' }

test('a campaign of which the budget pays one order counts it, refuses the next and stops', { tag: '@long' }, async ({ visit }) => {
  const office = await visit('ahorn', johanna)
  await office.goto('/office/promotions/campaigns/new')
  await office.locator('[name=name]').fill('Winter opening')
  await office.locator('[name=code]').fill('winter-opening')
  await office.locator('[name=budget]').fill('12')
  await office.getByRole('button', { name: 'Save as draft' }).click()
  await office.getByRole('button', { name: 'Start' }).click()
  await expect(office.getByText('€0.00 of €12.00 promised')).toBeVisible()
  const campaign = new URL(office.url()).pathname

  await office.goto('/office/promotions/new')
  await office.locator('[name=name]').fill('Ten euros for newcomers')
  await office.locator('[name=code]').fill('ten-euros')
  await office.locator('[name=kind][value=amount]').check()
  await office.locator('[name=amountEUR]').fill('10')
  await office.locator('[name=scopeUsage]').check()
  await office.locator('[name=maxRedemptions]').fill('5')
  await office.locator('[name=maxPerAccount]').fill('1')
  await office.locator('[name=campaignId]').selectOption({ label: 'Winter opening' })
  await office.getByRole('button', { name: 'Save as draft' }).click()
  await office.getByRole('button', { name: 'Start' }).click()
  const promotion = new URL(office.url()).pathname

  await office.goto(`${promotion}/codes`)
  await office.locator('[name=count]').fill('3')
  await office.getByRole('button', { name: 'Generate' }).click()
  const codes = await generatedCodes(office, 3)

  const first = await visit('ahorn')
  await registerCompany(first, company('Lena Moser', 'Moser Druck GmbH', 'lena@moser-druck.example'))
  await orderWith(first, 'moser-web', codes[0] ?? '')
  await first.waitForURL(/\/order\/[0-9a-f-]{36}$/)

  const second = await visit('ahorn', { refusals: [409, 422] })
  await registerCompany(second, company('Ivo Pichler', 'Pichler Optik GmbH', 'ivo@pichler-optik.example'))
  await orderWith(second, 'pichler-web', codes[1] ?? '')
  await expect(second.locator('#promoCode-error')).toBeVisible()

  await office.goto(campaign)
  await expect(office.getByText('€10.00 of €12.00 promised')).toBeVisible()
  await expect(office.getByRole('table', { name: 'Redemptions' }).getByRole('row').filter({ hasText: 'Moser Druck GmbH' })).toBeVisible()
  await office.goto(promotion)
  await expect(office.getByText('1 of 5')).toBeVisible()
  await office.goto(`${promotion}/codes?search=${codes[0]}`)
  await expect(office.getByRole('row').filter({ hasText: codes[0] ?? '' })).toContainText('1 of 1')
})

test('what is wrong with a promotion is said at its field, and a draft can be redeemed by nobody', async ({ visit }) => {
  const page = await visit('ahorn', { ...johanna, refusals: [409, 422], javaScriptEnabled: false })
  await page.goto('/office/promotions/new')
  await page.locator('[name=name]').fill('Half of everything')
  await page.locator('[name=code]').fill('half')
  await page.locator('[name=publicCode]').fill('HALFOFF')
  await page.locator('[name=percent]').fill('150')
  await page.locator('[name=scopeRecurring]').check()
  await page.getByRole('button', { name: 'Save as draft' }).click()
  await expect(page.locator('#percent-error')).toHaveText('A percentage is more than 0 and at most 100.')
  await page.locator('[name=percent]').fill('50')
  await page.getByRole('button', { name: 'Save as draft' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Half of everything')
  await expect(page.getByText('Draft', { exact: true }).first()).toBeVisible()
})

function company(person: string, name: string, email: string) {
  return { person, company: name, email, password: 'vier Fenster zum Hof', street: 'Ring 9', postalCode: '1010', city: 'Wien' }
}

async function orderWith(page: Page, name: string, code: string): Promise<void> {
  await page.goto('/')
  await page.locator('#plans a[href^="/order?plan="]').first().click()
  await toCheckout(page, name)
  await page.locator('[name=promoCode]').fill(code)
  await page.locator('button[name=deed][value=apply]').click()
  await expect(page.locator('button[name=drop], #promoCode-error')).toBeVisible()
  if (await page.locator('button[name=drop]').isVisible()) await commitOrder(page)
}

/** The codes of the page, once the job has made them. */
async function generatedCodes(page: Page, count: number): Promise<string[]> {
  const rows = page.locator('main table tbody tr')
  await expect(async () => {
    await page.reload()
    await expect(rows).toHaveCount(count, { timeout: 500 })
  }).toPass({ timeout: 30_000 })
  return rows.locator('bdi').allInnerTexts()
}
