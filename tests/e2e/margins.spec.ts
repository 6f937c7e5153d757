import { readFileSync, writeFileSync } from 'node:fs'
import { expect, type Page, test } from './support/test.ts'

const johanna = { as: 'johanna@ahorn.example', locale: 'en' }
/** The recurring fee of a plan in the grid; the euro book is the only one, or the first. */
const fee = (page: Page, plan: string) => page.getByRole('textbox', { name: `${plan} · Recurring fee` }).first()

test('a sell price is changed in the grid, below buy only with a reason, and the new version has its day', async ({ visit }) => {
  const page = await visit('ahorn', { ...johanna, refusals: [409] })
  await page.goto('/office/pricing/margins?search=web-1')
  await expect(fee(page, 'Web 1')).toHaveValue('24.9')
  await fee(page, 'Web 1').fill('26.90')
  await page.getByRole('button', { name: 'Show the effect' }).first().click()
  await expect(page.getByText('Nothing is set yet')).toBeVisible()
  await expect(page.getByRole('table', { name: 'Customers' })).toContainText('€26.90')

  await fee(page, 'Web 1').fill('1')
  await page.getByRole('button', { name: 'Set prices' }).first().click()
  await expect(page.getByRole('alert')).toContainText('Web 1 · Recurring fee (EUR): below the buy price')
  await expect(fee(page, 'Web 1')).toHaveValue('1')

  const start = inDays(40)
  await page.locator('[name=from]').fill(start)
  await page.locator('[name=reason]').fill('Opening offer of the spring')
  await page.getByRole('button', { name: 'Set prices' }).first().click()
  await expect(page.getByRole('status').filter({ hasText: 'Done.' })).toBeVisible()
  // Until its day comes, the former price stands.
  await expect(fee(page, 'Web 1')).toHaveValue('24.9')

  await page.goto('/office/pricing/changes')
  const planned = page.getByRole('row').filter({ hasText: 'Planned' })
  await expect(planned).toHaveCount(1)
  await planned.getByRole('link', { name: 'Retail, version 2' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Retail · EUR')
  const prices = page.getByRole('table', { name: 'Prices', exact: true })
  await expect(prices.getByRole('row').filter({ hasText: /Web 1.*Recurring fee/ })).toContainText('€1.00')
  const changed = page.getByRole('table', { name: 'What changed between two versions' })
  await expect(changed.getByRole('row').filter({ hasText: 'Web 1' })).toContainText('€24.90')
})

test('prices leave as CSV and come back with another sell price; one wrong cell sets nothing', async ({ visit }, info) => {
  const page = await visit('lakeside', { as: 'reto@lakeside.example', locale: 'en', refusals: [409] })
  await page.goto('/office/pricing/margins')
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'CHF CSV' }).click()
  const list = readFileSync(await (await download).path(), 'utf8')
  const [head = '', ...rows] = list.trim().split('\r\n')
  const columns = head.replace('\uFEFF', '').split(',')
  const [product, kind, sell] = ['product', 'fee', 'sellPrice'].map((name) => columns.indexOf(name)) as [number, number, number]
  const edited = rows.map((row) => {
    const cells = row.split(',')
    if (cells[product] === 'web-1' && cells[kind] === 'recurring') cells[sell] = '31.00'
    return cells.join(',')
  })

  const wrong = info.outputPath('wrong.csv')
  writeFileSync(wrong, [head, ...edited].join('\r\n').replace('31.00', 'cheap'))
  await page.locator('[name=file]').setInputFiles(wrong)
  await page.getByRole('button', { name: 'Set prices of the file' }).click()
  await expect(page.getByRole('alert')).toContainText('sellPrice: is no number such as 19.90')

  const right = info.outputPath('right.csv')
  writeFileSync(right, [head, ...edited].join('\r\n'))
  await page.locator('[name=file]').setInputFiles(right)
  await page.getByRole('button', { name: 'Set prices of the file' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Done.' })).toBeVisible()
  await page.goto('/office/pricing/margins?search=web-1')
  await expect(fee(page, 'Web 1')).toHaveValue('31')
})

test('two books of the provider stand side by side and are set at once, without scripts', async ({ visit }) => {
  const page = await visit('meridian', { as: 'mara@meridian.example', locale: 'en', javaScriptEnabled: false })
  await page.goto('/office/pricing/margins?search=web-2')
  await expect(page.getByText('No parent sells to you here')).toBeVisible()
  const beside = page.getByRole('combobox', { name: 'Beside it' })
  await beside.selectOption({ label: 'Hanse Maschinenbau · EUR' })
  await page.getByRole('button', { name: 'Apply' }).click()
  const fees = page.getByRole('textbox', { name: 'Web 2 · Recurring fee' })
  await expect(fees).toHaveCount(2)

  await page.locator('[name=from]').fill(inDays(50))
  await fees.nth(0).fill('81.00')
  await fees.nth(1).fill('73.00')
  await page.getByRole('button', { name: 'Set prices' }).first().click()
  await expect(page.getByRole('status').filter({ hasText: 'Done.' })).toBeVisible()
  await page.goto('/office/pricing/changes')
  const planned = page.getByRole('row').filter({ hasText: 'Planned' })
  await expect(planned.filter({ hasText: 'Hanse Maschinenbau' })).toHaveCount(1)
  await expect(planned.filter({ hasText: 'Retail' })).toHaveCount(1)
})

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
}
