import { chromium } from '@playwright/test'
import { browserLaunch } from '#tests/support/browser.ts'

const slowDown = 4

/** What a first visit costs the reader: kilobytes of script as they come over the wire, and the time to the largest thing on the page. */
export async function measureVisit(url: string): Promise<{ readonly jsKb: number; readonly lcpMs: number }> {
  const browser = await chromium.launch(await browserLaunch())
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowDown })
    await page.goto(url, { waitUntil: 'networkidle' })
    return await page.evaluate(async () => {
      const largest = await new Promise<number>((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? 0)).observe({
          type: 'largest-contentful-paint',
          buffered: true,
        })
      })
      const files = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
      const scripts = files.filter(({ name }) => new URL(name).pathname.endsWith('.js'))
      return { jsKb: Math.round(scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0) / 1000), lcpMs: Math.round(largest) }
    })
  } finally {
    await browser.close()
  }
}

/** The cookies of a customer who signed in by the store's own form. */
export async function signedIn(origin: string, email: string, password: string): Promise<string> {
  const browser = await chromium.launch(await browserLaunch())
  try {
    const page = await browser.newPage()
    await page.goto(`${origin}/sign-in`)
    await page.locator('[name=email]').fill(email)
    await page.locator('[name=password]').fill(password)
    await page.locator('form:has([name=password]) button').click()
    await page.waitForURL(/\/panel$/)
    // What a browser forgets within the minute, as that it has just sent a form, is not part of the visits that follow.
    const lasting = (await page.context().cookies()).filter(({ expires }) => expires < 0 || expires > Date.now() / 1000 + 60)
    return lasting.map(({ name, value }) => `${name}=${value}`).join('; ')
  } finally {
    await browser.close()
  }
}
