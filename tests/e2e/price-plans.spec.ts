import { readFileSync } from 'node:fs'
import { expect, test } from './support/test.ts'

const mara = { as: 'mara@meridian.example', locale: 'en' }

test('a plan is drafted, its cliff is shown while one types, and a second person must activate it', async ({ visit }) => {
  const page = await visit('meridian', mara)
  await page.goto('/office/pricing/plans')
  await page.getByLabel('Product').selectOption({ index: 1 })
  await page.getByRole('button', { name: 'Start a draft' }).click()
  await expect(page).toHaveURL(/\/office\/pricing\/plans\/[0-9a-f-]{36}$/)

  await page.locator('[name="usage.0.model.kind"]').selectOption('volume')
  await page.locator('[name="usage.0.cap"]').fill('')
  await page.locator('[name="usage.0.model.tiers.0.upTo"]').fill('1000')
  await page.locator('[name="usage.0.model.tiers.0.unitPrice"]').fill('0.10')
  await page.locator('[name="usage.0.model.tiers.1.unitPrice"]').fill('0.08')
  await expect(page.getByText('More use, less money').first()).toBeVisible()
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.locator('[name="usage.0.model.tiers.0.upTo"]')).toHaveValue('1000')

  await page.getByRole('button', { name: 'Submit' }).click()
  await expect(page.getByText('another person has to activate it')).toBeVisible()
  await page.getByRole('button', { name: 'Discard draft' }).click()
  await expect(page).toHaveURL(/\/office\/pricing\/plans$/)
})

test('a draft is saved without scripts, and what is wrong with it is named', async ({ visit }) => {
  const page = await visit('meridian', { ...mara, javaScriptEnabled: false })
  await page.goto('/office/pricing/plans')
  await page.getByRole('button', { name: 'Start a draft' }).click()
  await page.locator('[name="usage.0.minimum"]').fill('-3')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByText('/usage/0/minimum')).toBeVisible()
  await page.getByRole('button', { name: 'Discard draft' }).click()
})

test('a plan of every model is simulated from pasted files, with reasons and the total', async ({ visit }) => {
  const page = await visit('meridian', mara)
  await page.goto('/office/pricing/simulate')
  await page.getByLabel('Or a plan as JSON').fill(readFileSync('docs/examples/every-model.plan.json', 'utf8'))
  await page.getByLabel('Or CSV as text').fill(readFileSync('docs/examples/every-model.usage.csv', 'utf8'))
  await page.getByRole('button', { name: 'Simulate' }).click()
  // Words of another direction are set apart by marks nobody sees.
  await expect(
    page
      .getByRole('row')
      .filter({ hasText: /Because of \W?zone fra-1/ })
      .first(),
  ).toBeVisible()
  // June in UTC reaches two hours into July in Berlin: a second month begins, with its fee.
  await expect(page.getByText('€699.58')).toBeVisible()
})
