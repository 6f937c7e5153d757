import { expect, type Page } from '@playwright/test'

/** What a form would hold of a German company in `city`. */
export function companyFrom(city: string) {
  return { kind: 'business', language: 'de', country: 'DE', addressLines: ['Hafenstraße 2', `20457 ${city}`] } as const
}

/** Every amount of money in a part of the page, as it is read, without sign and currency. */
export async function figuresIn(page: Page, part = 'main'): Promise<string[]> {
  const text = await page.locator(part).innerText()
  return text.match(/\d+(?:,\d{3})*\.\d{2}(?!\d)/g) ?? []
}

/** These amounts can be read in a part of the page, at the latest when all of it has arrived. */
export async function expectFigures(page: Page, figures: readonly string[], part = 'main'): Promise<void> {
  await expect.poll(() => figuresIn(page, part)).toEqual(expect.arrayContaining([...figures]))
}

/** Opens the newest invoice of the panel, which is written a moment after its order or its run, until it shows these amounts. */
export async function expectNewestInvoice(panel: Page, figures: readonly string[]): Promise<void> {
  await expect(async () => {
    await panel.goto('/panel/invoices')
    await panel
      .getByRole('link', { name: /^[A-Z]{2}-2026-\d{5}$/ })
      .first()
      .click({ timeout: 1_000 })
    await expect(panel.getByRole('heading', { level: 1 })).toContainText(/[A-Z]{2}-2026-\d{5}/)
    await expect.poll(() => figuresIn(panel), { timeout: 3_000 }).toEqual(expect.arrayContaining([...figures]))
  }).toPass({ timeout: 60_000 })
}
