import { readFile } from 'node:fs/promises'
import { showScript } from './run-command.ts'
import type { Tally } from './run-parts.ts'

type Report = { stats: { expected: number; unexpected: number; flaky: number }; errors: unknown[] }

/** Browser tests, on the build that is there. A test that passes only when repeated has failed. */
export async function runBrowserTests(reportPath: string): Promise<Tally> {
  const code = await showScript('node_modules/@playwright/test/cli.js', ['test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: reportPath,
  })
  const { stats, errors } = JSON.parse(await readFile(reportPath, 'utf8')) as Report
  const failed = stats.unexpected + stats.flaky + errors.length
  return { passed: stats.expected, failed: code !== 0 && failed === 0 ? 1 : failed }
}
