import { type BrowserContext, type BrowserContextOptions, test as base, expect, type Page } from '@playwright/test'
import { demoPassword } from '#prisma/seed/people.ts'
import { localeOf, originOf, type Store } from './stores.ts'

export { expect, type Page }

type Visit = Pick<BrowserContextOptions, 'javaScriptEnabled' | 'viewport' | 'colorScheme' | 'locale'> & {
  /** E-mail of the demo's person who is signed in; nobody when left out. */
  readonly as?: string
  /** Refusals the test provokes: the browser's own word about them is no noise. */
  readonly refusals?: readonly number[]
  /** What pages may say on the console, with the reason given where it is used. */
  readonly tolerated?: RegExp
}

type SignedIn = Awaited<ReturnType<BrowserContext['storageState']>>
type Fixtures = {
  /** A fresh browser profile at a store. What its pages say on the console fails the test. */ visit: (
    store: Store,
    options?: Visit,
  ) => Promise<Page>
}
type WorkerFixtures = { signIns: Map<string, SignedIn> }

/** Playwright's test, with visits to stores. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  signIns: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a fixture needs from this pattern -- it needs none
    async ({}, use) => use(new Map()),
    { scope: 'worker' },
  ],
  visit: async ({ browser, signIns }, use) => {
    const contexts: BrowserContext[] = []
    const noise: string[] = []
    await use(async (store, { as, refusals = [], tolerated, ...options } = {}) => {
      const open = async (storageState?: SignedIn) => {
        const context = await browser.newContext({
          baseURL: originOf(store),
          locale: localeOf[store],
          timezoneId: 'Europe/Vienna',
          reducedMotion: 'reduce',
          ...options,
          ...(storageState ? { storageState } : {}),
        })
        contexts.push(context)
        listen(context, noise, (text) => refusals.some((status) => text.includes(`status of ${status}`)) || tolerated?.test(text) === true)
        return context.newPage()
      }
      if (!as) return open()
      const known = signIns.get(`${store} ${as}`)
      if (known) return open(known)
      const page = await open()
      await signIn(page, as)
      signIns.set(`${store} ${as}`, await page.context().storageState())
      return page
    })
    await Promise.all(contexts.map((context) => context.close()))
    expect(noise, 'what pages said on the console').toEqual([])
  },
})

/** Signs in by the store's own form. */
export async function signIn(page: Page, email: string, password: string = demoPassword): Promise<void> {
  await page.goto('/sign-in')
  await page.locator('[name=email]').fill(email)
  await page.locator('[name=password]').fill(password)
  await page.locator('form:has([name=password]) button').click()
  await page.waitForURL(/\/(panel|office)$/)
}

/** What Remix says when an answer is overtaken by the next one while it is read, as figures are that follow what is typed. */
export const overtaken = /AbortError: signal is aborted without reason/

function listen(context: BrowserContext, noise: string[], isExpected: (text: string) => boolean): void {
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !overtaken.test(message.text()) && !isExpected(message.text()))
      noise.push(`${message.location().url}: ${message.text()}`)
  })
  context.on('weberror', (failure) => {
    const error = failure.error()
    noise.push(error.stack ?? error.message)
  })
  context.on('response', (response) => {
    if (response.status() >= 500) noise.push(`${response.url()}: ${response.status()}`)
  })
}
