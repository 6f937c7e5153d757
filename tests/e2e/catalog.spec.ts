import { expect, type Page, test } from './support/test.ts'

const reto = { as: 'reto@lakeside.example', locale: 'en' }
const layla = { as: 'layla@nakhla.example', locale: 'en' }

/** What the store asks for Web 1. */
const storePrice = (page: Page) => page.locator('#plans').getByRole('row', { name: 'Web 1' })
const news = (page: Page) =>
  page
    .getByRole('table', { name: 'What changed' })
    .getByRole('row')
    .filter({ hasText: /^Web 1/ })

test('a seller gives its resellers a better price; one reads what changed, applies its mark-up, and its store shows it', async ({
  visit,
}) => {
  const store = await visit('nakhla', { locale: 'en' })
  await store.goto('/')
  await expect(storePrice(store)).toContainText('135.45')

  const seller = await visit('lakeside', reto)
  await seller.goto('/office/partner-levels')
  await seller.getByRole('link', { name: 'Partner', exact: true }).click()
  await seller.locator('[name=recurring]').fill('25')
  await seller.getByRole('button', { name: 'Change discounts' }).click()
  await expect(seller.getByText('the buy lists published')).toBeVisible()

  // The list of changes comes by a job.
  const reseller = await visit('nakhla', layla)
  await expect(async () => {
    await reseller.goto('/office/catalog/offers')
    await expect(news(reseller)).toContainText('Recurring fee', { timeout: 1_000 })
  }).toPass()
  await expect(news(reseller)).toContainText('CHF 19.465')
  await expect(news(reseller)).toContainText('CHF 17.175')
  await store.reload()
  await expect(storePrice(store)).toContainText('135.45')

  // 17.175 x 4.50 x 1.30 is 100.47, up to the next .90; the store shows it with 5 % VAT.
  await reseller.locator('[name=offerId]').selectOption({ label: 'Web 1' })
  await reseller.locator('[name=priceBookId]').selectOption({ label: 'Retail · AED' })
  await reseller.getByRole('button', { name: 'Take offer in' }).click()
  await expect(reseller.getByRole('status').first()).toBeVisible()
  await expect(news(reseller)).toHaveCount(0)
  await store.reload()
  await expect(storePrice(store)).toContainText('105.95')
})
