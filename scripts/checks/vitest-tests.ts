import { readFile } from 'node:fs/promises'
import { showScript } from './run-command.ts'
import type { Tally } from './run-parts.ts'

type Report = {
  numPassedTests: number
  numFailedTests: number
  testResults: { status: string; assertionResults: unknown[] }[]
}

/** Unit, contract and database tests. A file that does not load counts as one failed test, and so does a runner that breaks. */
export async function runVitest(reportPath: string): Promise<Tally> {
  const code = await showScript('node_modules/vitest/vitest.mjs', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportPath}`,
  ])
  const report = JSON.parse(await readFile(reportPath, 'utf8')) as Report
  const brokenFiles = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length
  const failed = report.numFailedTests + brokenFiles
  return { passed: report.numPassedTests, failed: code !== 0 && failed === 0 ? 1 : failed }
}
