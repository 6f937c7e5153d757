import { expectAccessible } from './support/accessible.ts'
import { expect, test } from './support/test.ts'

const german = 'Wartung ohne Ausfall'
const english = 'Maintenance without an outage'

test('staff publish news in two languages with a day; a visitor and a customer read it, and what is withdrawn is gone', async ({
  visit,
}) => {
  const office = await visit('ahorn', { as: 'johanna@ahorn.example', refusals: [422] })
  await office.goto('/office/news')
  await expectAccessible(office, 'news in the office')
  await office.getByRole('link', { name: 'Neuigkeit schreiben' }).click()
  await office.locator('[name=title-de]').fill(german)
  await office.locator('[name=text-de]').fill('# Warum\n\nUnsere Server **ziehen um**, <b>im Betrieb</b>.')
  await office.locator('[name=title-en]').fill(english)
  await office.locator('[name=showsFrom]').fill('2024-02-29T08:00')
  await office.getByRole('button', { name: 'Veröffentlichen' }).click()
  // A title without a text is no news in that language.
  await expect(office.locator('[name=text-en]')).toBeFocused()
  await expect(office.locator('[name=title-de]')).toHaveValue(german)
  await office.locator('[name=text-en]').fill('Our servers **move**, running.')
  await office.getByRole('button', { name: 'Veröffentlichen' }).click()
  await office.waitForURL(/\/office\/news\/[0-9a-f-]{36}$/)
  await expect(office.getByText('Sichtbar', { exact: true })).toBeVisible()
  await expect(office.locator('#preview strong').first()).toHaveText('ziehen um')
  await expectAccessible(office, 'one piece of news in the office')
  const path = new URL(office.url()).pathname.replace('/office', '')

  const visitor = await visit('ahorn', { refusals: [404] })
  await expect(async () => {
    await visitor.goto('/')
    await expect(visitor.locator('#news').getByRole('link', { name: german })).toBeVisible({ timeout: 500 })
  }).toPass()
  await expect(visitor.locator('footer').getByRole('link', { name: 'Betriebsstatus' })).toHaveAttribute(
    'href',
    'https://status.ahorn.example',
  )
  await visitor.locator('footer').getByRole('link', { name: 'Neuigkeiten' }).click()
  await expectAccessible(visitor, 'news of the store')
  await visitor.getByRole('link', { name: german }).click()
  await expect(visitor.getByRole('heading', { level: 1 })).toHaveText(german)
  await expect(visitor.getByRole('heading', { level: 2 })).toHaveText('Warum')
  await expect(visitor.locator('article strong')).toHaveText('ziehen um')
  await expect(visitor.locator('article')).toContainText('<b>im Betrieb</b>')
  await expect(visitor.locator('article time')).toHaveAttribute('datetime', '2024-02-29T07:00:00.000Z')
  await expectAccessible(visitor, 'one piece of news')
  await visitor.goto(`${path}?lang=en`)
  await expect(visitor.getByRole('heading', { level: 1 })).toHaveText(english)
  await expect(visitor.locator('link[rel=canonical]')).toHaveAttribute('href', new RegExp(`${path}\\?lang=en$`))
  const read = (file: string) => visitor.evaluate(async (address) => (await fetch(address)).text(), file)
  expect(await read('/news.xml?lang=en')).toContain(`<title>${english}</title>`)
  expect(await read('/sitemap.xml')).toContain(`${path}</loc>`)

  const maria = await visit('ahorn', { as: 'maria@linde.example' })
  await maria.goto('/panel')
  await maria.locator('#news').getByRole('link', { name: german }).click()
  await expect(maria.getByRole('region', { name: german })).toContainText('Neu')
  await expectAccessible(maria, 'news in the panel')
  await maria.reload()
  await expect(maria.getByRole('region', { name: german })).toBeVisible()
  await expect(maria.getByText('Neu', { exact: true })).toHaveCount(0)
  await expect(async () => {
    await maria.goto('/panel')
    await expect(maria.locator('#news')).toHaveCount(0)
  }).toPass()

  await office.getByRole('button', { name: 'Zurückziehen' }).click()
  await expect(office.getByText('Zurückgezogen', { exact: true })).toBeVisible()
  expect((await visitor.goto(path))?.status()).toBe(404)
  await expect(async () => {
    await visitor.goto('/')
    await expect(visitor.getByRole('link', { name: german })).toHaveCount(0)
  }).toPass()
  await maria.goto('/panel/news')
  await expect(maria.getByText(german)).toHaveCount(0)
})
