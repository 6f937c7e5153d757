import { expect, type Page } from '@playwright/test'

/** The text of the newest mail the store sent to `recipient`, read at its /dev/mail; waits for it to arrive. `about` is in its subject. */
export async function mailTo(page: Page, recipient: string, about = ''): Promise<string> {
  const inbox = await page.context().newPage()
  const mail = inbox.getByRole('row').filter({ hasText: recipient }).filter({ hasText: about }).getByRole('link').first()
  await expect(async () => {
    await inbox.goto('/dev/mail')
    await expect(mail).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 60_000 })
  await inbox.goto(`${await mail.getAttribute('href')}?view=text`)
  const text = await inbox.locator('pre').innerText()
  await inbox.close()
  return text
}

/** The link to `path`, or to what is below it, in the newest mail to `recipient`. */
export async function mailedLink(page: Page, recipient: string, path: string): Promise<string> {
  const text = await mailTo(page, recipient)
  const link = text.match(/https?:\/\/[^\s<>]+/g)?.find((address) => `${new URL(address).pathname}/`.startsWith(`${path}/`))
  expect(link, `a link to ${path} in the mail to ${recipient}`).toBeDefined()
  return link ?? ''
}
