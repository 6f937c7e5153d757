import { expect, type Page } from '@playwright/test'
import { mailedLink } from './mailbox.ts'

export type NewCompany = {
  readonly person: string
  readonly company: string
  readonly email: string
  readonly password: string
  readonly street: string
  readonly postalCode: string
  readonly city: string
}

/** Opens an account for a company by the store's form, confirms the address by the mailed link and signs in. */
export async function registerCompany(page: Page, company: NewCompany): Promise<void> {
  await page.goto('/sign-up')
  await page.locator('#kind-business').check()
  const fields = {
    name: company.person,
    companyName: company.company,
    email: company.email,
    password: company.password,
    street: company.street,
    postalCode: company.postalCode,
    city: company.city,
  }
  for (const [name, value] of Object.entries(fields)) await page.locator(`[name=${name}]`).fill(value)
  await page.locator('[name=terms]').check()
  const form = page.locator('form:has([name=companyName])')
  await form.locator('button').click()
  await expect(form).toHaveCount(0)

  await page.goto(await mailedLink(page, company.email, '/confirm'))
  await page.locator('main form button').click()
  await page.waitForURL(/\/sign-in\?state=confirmed$/)
  await page.locator('[name=email]').fill(company.email)
  await page.locator('[name=password]').fill(company.password)
  await page.locator('form:has([name=password]) button').click()
  await page.waitForURL(/\/panel$/)
}

/** Names the server in the open configurator and goes on to the checkout. */
export async function toCheckout(page: Page, name: string): Promise<void> {
  await page.locator('[name=name]').fill(name)
  await page.locator('form:has([name=sshKey]) aside button').click()
  await page.waitForURL(/\/checkout\?/)
}

/** Agrees to the open checkout and commits to it. */
export async function commitOrder(page: Page): Promise<void> {
  await page.locator('[name=terms]').check()
  await page.locator('form:has([name=idempotencyKey]) button').last().click()
}

/** Fills in the open order form, commits to it and waits until the server is there. Returns the address of its page in the panel. */
export async function orderServer(page: Page, name: string): Promise<string> {
  await toCheckout(page, name)
  await commitOrder(page)
  await page.waitForURL(/\/order\/[0-9a-f-]{36}$/)
  const open = page.locator('main a[href^="/panel/servers/"]')
  await expect(open).toBeVisible({ timeout: 45_000 })
  return (await open.getAttribute('href')) ?? ''
}
