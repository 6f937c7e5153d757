import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { keepLook, looksFor, seesEveryLook } from './looks.ts'

// A page's findings do not hide those of the next.
const softly = expect.configure({ soft: true })
const desktop = { width: 1280, height: 800 }
const phone = { width: 360, height: 740 }
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** What a page may take more where it is seen in every look. */
const patienceMs = 60_000
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

/**
 * Checks the open page with axe, on desktop and, as far as its look goes, on a phone in dark. On a phone nothing is wider than the screen.
 * `isMirrored`: the same page was read whole from left to right, so that only what turning it round can change is looked at.
 */
export async function expectAccessible(page: Page, name: string, { isMirrored = false } = {}): Promise<void> {
  if (seesEveryLook) test.setTimeout(test.info().timeout + patienceMs)
  const before = page.viewportSize()
  for (const look of looksFor(isMirrored)) {
    const seen = `${name}, ${look.width}, ${look.colours}`
    await page.setViewportSize(look.width === 'desktop' ? desktop : phone)
    await wear(page, look.colours)
    const findings = await findingsOf(page, look.isWhole ? undefined : ofLook)
    softly(findings, seen).toEqual([])
    await keepLook(page, look, findings)
    if (look.width === 'phone') await expectNoWider(page, seen)
  }
  // The journey goes on as it came, whatever looks were seen.
  if (before) await page.setViewportSize(before)
}

/** Checks that the open page fits a phone: what turning a page round breaks most often. */
export async function expectFitsPhone(page: Page, name: string): Promise<void> {
  await page.setViewportSize(phone)
  await expectNoWider(page, `${name}, phone`)
}

async function expectNoWider(page: Page, seen: string): Promise<void> {
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  await softly.poll(overflow, { message: `${seen}: pixels wider than the screen`, timeout: 2_000 }).toBeLessThanOrEqual(0)
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

async function findingsOf(page: Page, rules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page })
    .setLegacyMode()
    .exclude('iframe')
    .options({ resultTypes: ['violations'] })
  const { violations } = await (rules ? axe.withRules(rules) : axe.withTags(tags)).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary?.split('\n').slice(1, 3).join(' ') ?? ''}`),
  )
}
