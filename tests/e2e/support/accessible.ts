import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

// A page's findings do not hide those of the next.
const softly = expect.configure({ soft: true })
const desktop = { width: 1280, height: 800 }
const phone = { width: 360, height: 740 }
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
// On a phone, or from right to left, a page differs in its layout and colours: rules that read these, or what is hidden, look again.
const ofLook = [
  'aria-hidden-focus',
  'color-contrast',
  'link-in-text-block',
  'meta-viewport',
  'region',
  'scrollable-region-focusable',
  'skip-link',
  'target-size',
]

/** Which way the colours go: light on desktop and dark on the phone, or the other way round, of a page that was read whole before. */
export type Colours = 'light-desktop' | 'dark-desktop'

/** Checks the open page with axe, on desktop and, as far as its look goes, on a phone in opposite colours. On a phone nothing is wider than the screen. */
export async function expectAccessible(page: Page, name: string, colours: Colours = 'light-desktop'): Promise<void> {
  const [onDesktop, onPhone] = colours === 'light-desktop' ? (['light', 'dark'] as const) : (['dark', 'light'] as const)
  await page.setViewportSize(desktop)
  await wear(page, onDesktop)
  await expectClean(page, `${name}, desktop, ${onDesktop}`, colours === 'light-desktop' ? undefined : ofLook)
  await page.setViewportSize(phone)
  await wear(page, onPhone)
  await expectClean(page, `${name}, phone, ${onPhone}`, ofLook)
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  await softly.poll(overflow, { message: `${name}, phone: pixels wider than the screen`, timeout: 2_000 }).toBeLessThanOrEqual(0)
}

/** Puts the page into `colours`, until it has been painted so and nothing fades: before that, styles still tell the colours it comes from. */
async function wear(page: Page, colours: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: colours, reducedMotion: 'reduce' })
  await page.evaluate(async () => {
    const painted = new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
    const passing = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
    const faded = Promise.allSettled(passing.map(({ finished }) => finished))
    // What stands still ends never: a second is longer than anything of ours fades.
    await Promise.race([Promise.all([painted, faded]), new Promise((late) => setTimeout(late, 1_000))])
  })
}

async function expectClean(page: Page, name: string, rules?: string[]): Promise<void> {
  const axe = new AxeBuilder({ page })
    .setLegacyMode()
    .exclude('iframe')
    .options({ resultTypes: ['violations'] })
  const { violations } = await (rules ? axe.withRules(rules) : axe.withTags(tags)).analyze()
  const findings = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary?.split('\n').slice(1, 3).join(' ') ?? ''}`),
  )
  softly(findings, name).toEqual([])
}
