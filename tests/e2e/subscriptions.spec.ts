import { expect, type Page, test } from './support/test.ts'

const english = { locale: 'en' }

test('the account manager proposes an upgrade with its money seen first, the customer accepts it, and both read who did', async ({
  visit,
}) => {
  const office = await visit('meridian', { as: 'mara@meridian.example', ...english })
  await office.goto('/office/subscriptions?state=active&search=Brandt')
  await office.locator('main table tbody').getByRole('link').first().click()
  await expect(office.locator('#change-form')).toBeVisible()
  const name = await office.getByRole('heading', { level: 1 }).innerText()

  await office.getByLabel('What changes').selectOption(await upgradeOf(office))
  await office.getByLabel('When', { exact: true }).selectOption('period-end')
  await office.getByRole('button', { name: 'Show what it costs' }).click()
  const preview = office.locator('#preview')
  await expect(preview.getByRole('heading', { name: 'On the next invoice' })).toBeVisible()
  const total = await totalOf(preview)
  await preview.getByRole('button', { name: 'Propose to the customer' }).click()
  await expect(office.getByText('The customer finds the proposal in the panel.')).toBeVisible()
  await expect(historyOf(office)).toContainText('Proposed')
  await expect(historyOf(office)).toContainText(total)

  const panel = await visit('meridian', { as: 'lena@brandt.example', ...english })
  await panel.goto('/panel/subscriptions')
  await panel.getByRole('link', { name, exact: true }).click()
  await expect(historyOf(panel)).toContainText(total)
  await historyOf(panel).getByRole('button', { name: 'Accept' }).click()
  await expect(panel.getByText('Accepted. The change will be made at its time.')).toBeVisible()

  await office.reload()
  for (const page of [office, panel]) {
    await expect(historyOf(page)).toContainText('Scheduled')
    await expect(historyOf(page)).toContainText('Mara Stein → Lena Brandt')
  }
})

test('a customer sees prices of no book, and the office the version a subscription could keep', async ({ visit }) => {
  const office = await visit('meridian', { as: 'mara@meridian.example', ...english })
  await office.goto('/office/subscriptions?state=active&search=Brandt')
  await office.locator('main table tbody').getByRole('link').last().click()
  await expect(office.getByText('The newest at each renewal')).toBeVisible()
  await expect(office.locator('select[name=change] optgroup[label=Prices] option')).not.toHaveCount(0)

  const panel = await visit('meridian', { as: 'lena@brandt.example', ...english })
  await panel.goto(office.url().replace('/office/', '/panel/'))
  await expect(panel.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(panel.locator('select[name=change] optgroup[label=Prices]')).toHaveCount(0)
})

/** The first other plan that can be chosen. */
async function upgradeOf(page: Page): Promise<string> {
  const option = page.locator('select[name=change] optgroup[label="Change plan"] option').first()
  return (await option.getAttribute('value')) ?? ''
}

async function totalOf(preview: ReturnType<Page['locator']>): Promise<string> {
  const text = await preview.locator('dl > div').filter({ hasText: 'Total' }).locator('dd').innerText()
  return text.replace(/\s*Credit$/, '')
}

function historyOf(page: Page) {
  return page.locator('#history table tbody tr').first()
}
