import { appendFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { pagePatterns, patternAt } from './page-routes.ts'

export type Look = {
  readonly width: 'desktop' | 'phone'
  readonly colours: 'light' | 'dark'
  /** Whether every rule is read, or those alone that a look can change. */
  readonly isWhole: boolean
}

/** Whether pages are seen in every look and kept as pictures (`npm run test:a11y`, `npm run test:e2e`), or in those that find most. */
export const seesEveryLook = process.env.LIVERY_LOOKS === 'every'

const output = 'tests/e2e/output'
const every = (['desktop', 'phone'] as const).flatMap((width) =>
  (['light', 'dark'] as const).map((colours): Look => ({ width, colours, isWhole: true })),
)

/** The looks to see a page in; `isMirrored` where its twin from left to right is read whole elsewhere. */
export function looksFor(isMirrored: boolean): readonly Look[] {
  if (seesEveryLook) return every
  return isMirrored ? [{ width: 'phone', colours: 'dark', isWhole: false }] : [{ width: 'desktop', colours: 'light', isWhole: true }]
}

/** Keeps a picture of the page in this look and a line of what was found, where every look is seen. */
export async function keepLook(page: Page, look: Look, findings: readonly string[]): Promise<void> {
  if (!seesEveryLook) return
  const { hostname, pathname } = new URL(page.url())
  const pattern = patternAt(pathname, pagePatterns()) ?? pathname
  const direction = (await page.locator('html').getAttribute('dir')) ?? 'ltr'
  const name = [direction, look.width, look.colours].join('-')
  const folder = join(output, pattern.replaceAll(/[^\w-]+/g, '_').replace(/^_$/, '_home'))
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${hostname.split('.')[0]}-${name}.png`), fullPage: true })
  await appendFile(join(output, 'looks.jsonl'), `${JSON.stringify({ page: pattern, look: name, findings })}\n`)
}
