import { startDnsServer } from '#tests/support/dns-server.ts'
import { expectAccessible } from './support/accessible.ts'
import { rawRequest } from './support/raw-request.ts'
import { expect, test } from './support/test.ts'

test('a reseller connects a domain by itself: it answers once its name server says so, and no longer once it is given back', async ({
  visit,
}) => {
  const names = await startDnsServer(Number(process.env.LIVERY_E2E_DNS_PORT))
  names.set('lakeside.localhost', 'A', '192.0.2.7')
  const office = await visit('lakeside', { as: 'reto@lakeside.example', refusals: [422] })
  const host = 'shop.lakeside-cloud.example'
  const answer = () => rawRequest({ host, path: '/robots.txt' })

  await office.goto('/office/domains')
  await office.locator('[name=host]').fill('https://lakeside-cloud.example')
  await office.getByRole('button', { name: 'Domain hinzufügen' }).click()
  await expect(office.locator('#host-error')).toContainText('ohne https://')
  await office.locator('[name=host]').fill(host)
  await office.getByRole('button', { name: 'Domain hinzufügen' }).click()
  await office.waitForURL(/domains\/[0-9a-f-]{36}$/)
  await expect(office.getByText('wartet auf Einträge')).toBeVisible()
  expect((await answer()).status).toBe(404)

  const proof = (await office.getByText(/^store-verify=[0-9a-f]{32}$/).textContent()) ?? ''
  names.set(`_store-verify.${host}`, 'TXT', proof)
  names.set(host, 'CNAME', 'lakeside.localhost')
  await office.getByRole('button', { name: 'Jetzt prüfen' }).click()
  await expect(office.getByText('Der Shop antwortet hier.')).toBeVisible()
  await expectAccessible(office, 'a domain that is active')
  await expect.poll(async () => (await answer()).status).toBe(200)
  expect((await answer()).body).toContain('http://lakeside.localhost')

  await office.locator('[name=name]').fill('lakeside-cloud.example')
  await office.getByRole('button', { name: 'Domain entfernen' }).click()
  await expect(office.locator('#name-error')).toBeVisible()
  await office.locator('[name=name]').fill(host)
  await office.getByRole('button', { name: 'Domain entfernen' }).click()
  await expect(office.getByRole('row').filter({ hasText: host })).toContainText('abgegeben')
  await expect.poll(async () => (await answer()).status).toBe(404)
  await names.close()
})
