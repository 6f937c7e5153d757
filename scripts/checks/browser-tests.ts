import { readFile } from 'node:fs/promises'
import { showScript } from './run-command.ts'
import type { Tally } from './run-parts.ts'

type Report = { stats: { expected: number; unexpected: number; flaky: number }; errors: unknown[] }

type BrowserRun = {
  /** Pages are seen in every look, and pictures of them kept. */
  readonly seesEveryLook?: boolean
  /** Files to run; all when left out. */
  readonly specs?: readonly string[]
  /** What is run: the journeys through one product, or the stories, each with a product and a clock of its own. */
  readonly config?: 'playwright.config.ts' | 'playwright.stories.config.ts'
}

/** Browser tests, on the build that is there. A test that passes only when repeated has failed. */
export async function runBrowserTests(reportPath: string, run: BrowserRun = {}): Promise<Tally> {
  const { seesEveryLook = false, specs = [], config = 'playwright.config.ts' } = run
  const args = ['test', '--config', config, '--reporter=list,json', ...specs]
  const code = await showScript('node_modules/@playwright/test/cli.js', args, {
    PLAYWRIGHT_JSON_OUTPUT_FILE: reportPath,
    ...(seesEveryLook ? { LIVERY_LOOKS: 'every' } : {}),
  })
  const { stats, errors } = JSON.parse(await readFile(reportPath, 'utf8')) as Report
  const failed = stats.unexpected + stats.flaky + errors.length
  return { passed: stats.expected, failed: code !== 0 && failed === 0 ? 1 : failed }
}
