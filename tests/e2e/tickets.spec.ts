import { expectAccessible } from './support/accessible.ts'
import { mailedLink } from './support/mailbox.ts'
import { expect, test } from './support/test.ts'

const subject = 'The shop is slow since noon'

test('without scripts a customer asks for help with a server and sends a log; staff answer, the customer reads and closes', async ({
  visit,
}) => {
  test.setTimeout(180_000)
  const maria = await visit('ahorn', { as: 'maria@linde.example', locale: 'en-GB', javaScriptEnabled: false, refusals: [422] })
  await maria.goto('/panel/servers')
  await maria.locator('main a[href^="/panel/servers/"]').first().click()
  await maria.getByRole('link', { name: 'Get help with this server' }).click()
  await expect(maria.locator('[name=about]')).toHaveValue(/^server:/)
  await maria.locator('[name=subject]').fill(subject)
  await maria.locator('[name=body]').fill('- first page\n- cart\n\n**Both** take <b>long</b>.')
  await maria
    .locator('[name=files]')
    .setInputFiles({ name: 'setup.exe', mimeType: 'text/plain', buffer: Buffer.from([0x4d, 0x5a, 0x90, 0]) })
  await maria.getByRole('button', { name: 'Send' }).click()
  await expect(maria.locator('#files-error')).toBeVisible()
  await expect(maria.locator('[name=subject]')).toHaveValue(subject)
  await maria.locator('[name=files]').setInputFiles({ name: 'kern.log', mimeType: 'text/plain', buffer: Buffer.from('oom') })
  await maria.getByRole('button', { name: 'Send' }).click()
  await maria.waitForURL(/\/panel\/tickets\/[0-9a-f-]{36}$/)
  await expect(maria.getByRole('heading', { level: 1 })).toHaveText(subject)
  const thread = maria.getByRole('list', { name: 'Messages' })
  await expect(thread.getByRole('listitem').filter({ hasText: /^cart$/ })).toHaveCount(1)
  await expect(thread).toContainText('Both take <b>long</b>.')

  const johanna = await visit('ahorn', { as: 'johanna@ahorn.example', locale: 'en-GB' })
  await johanna.goto('/office/tickets')
  await expectAccessible(johanna, 'tickets of a seller')
  await johanna.getByRole('link', { name: subject }).click()
  await expectAccessible(johanna, 'a ticket for staff')
  const [download] = await Promise.all([johanna.waitForEvent('download'), johanna.getByRole('link', { name: /kern\.log/ }).click()])
  expect(download.suggestedFilename()).toBe('kern.log')
  await johanna.locator('[name=body]').fill('Looks like memory.')
  await johanna.locator('[name=isInternal]').check()
  await johanna.getByRole('button', { name: 'Send' }).click()
  await expect(johanna.getByRole('list', { name: 'Messages' })).toContainText('Among staff')
  await johanna.locator('[name=body]').fill('It has more memory now.')
  await johanna.getByRole('button', { name: 'Send' }).click()
  await expect(johanna.locator('main')).toContainText('Waits for the customer')

  await maria.goto(await mailedLink(johanna, 'maria@linde.example', '/panel/tickets'))
  await expect(thread).toContainText('It has more memory now.')
  await expect(thread).not.toContainText('Looks like memory.')
  await maria.locator('[name=body]').fill('Thank you.')
  await maria.getByRole('button', { name: 'Send' }).click()
  await maria.getByRole('button', { name: 'Close ticket' }).click()
  await expect(maria.locator('main')).toContainText('Closed')

  const reader = await visit('ahorn', { as: 'maria@linde.example', locale: 'en-GB' })
  await reader.goto('/panel/tickets')
  await expectAccessible(reader, 'tickets of a customer')
  await reader.getByRole('link', { name: subject }).click()
  await expectAccessible(reader, 'a ticket')
  await reader.goto('/panel/tickets/new')
  await expectAccessible(reader, 'a new ticket')
  await johanna.locator('main a[href^="/office/accounts/"]').click()
  await johanna.locator('main a[href^="/office/tickets?account="]').click()
  await johanna.getByRole('link', { name: 'New ticket for this customer' }).click()
  await expectAccessible(johanna, 'a new ticket of staff')
})
