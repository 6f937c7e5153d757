import { expect, type Page } from '@playwright/test'

/** Opens the configurator with a plan. */
export async function orderForm(store: Page, plan: string): Promise<void> {
  await store.goto(`/order?plan=${plan}`)
  await expect(store.locator(`#plan-${plan}`)).toBeChecked()
}

/** Names the server in the open configurator and goes on to the checkout. */
export async function toCheckout(store: Page, name: string): Promise<void> {
  await store.locator('[name=name]').fill(name)
  await store.locator('form:has([name=sshKey]) aside button').click()
  await store.waitForURL(/\/checkout\?/)
}

/** Agrees to the open checkout and commits to it, to be paid now by a card, which may be kept for later, or on invoice. */
export async function pay(store: Page, way: 'card' | 'kept-card' | 'later'): Promise<void> {
  await store.locator(way === 'later' ? '#way-later' : '[name=way][value^="page:"]').check()
  if (way === 'kept-card') await store.locator('[name=saves]').check()
  await store.locator('[name=terms]').check()
  await store.locator('form:has([name=idempotencyKey]) button').last().click()
}

/** Pays on the gateway's page by a card that asks for a confirmation, which is given. */
export async function confirmByBank(store: Page): Promise<void> {
  await expect(store).toHaveURL(/\/sandbox-pay\//)
  await store.locator('#card-secure').check()
  await store.locator('main form button').first().click()
  await store.locator('button[name=deed][value=confirm]').click()
}

/** Waits on the page of the order until its server is there. Returns the path of the server in the panel. */
export async function untilRunning(store: Page): Promise<string> {
  await store.waitForURL(/\/order\/[0-9a-f-]{36}/)
  const open = store.locator('main a[href^="/panel/servers/"]')
  await expect(open).toBeVisible({ timeout: 60_000 })
  return (await open.getAttribute('href')) ?? ''
}
