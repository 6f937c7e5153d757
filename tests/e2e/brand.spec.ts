import { expect, type Page, test } from './support/test.ts'

const reto = { as: 'reto@lakeside.example', locale: 'en' }

test('a reseller tries a colour nobody can read, takes the fix, publishes, and brings the old look back', async ({ visit }) => {
  const office = await visit('lakeside', { ...reto, refusals: [409] })
  const store = await visit('lakeside')
  await store.goto('/')
  const before = await accentOf(store)
  expect(before).toBe('#0f6f78')

  await office.goto('/office/brand')
  const preview = office.frameLocator('iframe')
  await expect(preview.getByRole('heading', { level: 1 })).toBeAttached()
  await office.getByRole('textbox', { name: 'Accent', exact: true }).fill('#ffd800')
  // What is typed shows beside the form before it is saved.
  await expect
    .poll(() => preview.locator('html').evaluate((root) => getComputedStyle(root).getPropertyValue('--accent').trim()))
    .toBe('#ffd800')
  await office.getByRole('button', { name: 'Save draft' }).click()
  await expect(office.getByRole('heading', { name: 'Not everybody can read these colours' })).toBeVisible()
  await office.getByRole('button', { name: 'Publish' }).click()
  await expect(office.getByRole('alert').filter({ hasText: 'Not published' })).toBeVisible()
  await store.reload()
  expect(await accentOf(store)).toBe(before)

  await office.getByRole('button', { name: /^Use #[0-9a-f]{6} instead$/ }).click()
  await expect(office.getByText('All colours reach WCAG AA')).toBeVisible()
  const fixed = await office.getByRole('textbox', { name: 'Accent', exact: true }).inputValue()
  await office.getByRole('button', { name: 'Publish' }).click()
  await expect.poll(() => accentOnReload(store)).toBe(fixed)

  await office.goto('/office/brand/history')
  await office
    .getByRole('row')
    .last()
    .getByRole('button', { name: /^Bring back/ })
    .click()
  await expect(office.getByText('brought back from 1')).toBeVisible()
  await expect.poll(() => accentOnReload(store)).toBe(before)
})

async function accentOnReload(page: Page): Promise<string> {
  await page.reload()
  return accentOf(page)
}

function accentOf(page: Page): Promise<string> {
  return page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--accent').trim())
}
