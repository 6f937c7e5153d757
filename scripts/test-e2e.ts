import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runMain } from '#app/config/run-main.server.ts'
import { runBrowserTests } from './checks/browser-tests.ts'
import { buildPart } from './checks/parts.ts'
import { runParts, type Tally } from './checks/run-parts.ts'

/**
 * The acceptance stories with their money, then every browser journey with each page in every look: `npm run test:e2e`, or a part of it with
 * `-- --only stories|journeys`. Leaves a picture of each look in tests/e2e/output.
 */
runMain(async () => {
  const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined
  const folder = await mkdtemp(join(tmpdir(), 'livery-e2e-report-'))
  try {
    if ((await runParts([buildPart])).failed > 0) return 1
    const tallies: Tally[] = []
    if (only !== 'journeys') tallies.push(await runBrowserTests(join(folder, 'stories.json'), { config: 'playwright.stories.config.ts' }))
    if (only !== 'stories') tallies.push(await everyLook(join(folder, 'browser.json')))
    const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0)
    const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0)
    process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
    return failed === 0 && passed > 0 ? 0 : 1
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

async function everyLook(reportPath: string): Promise<Tally> {
  await rm('tests/e2e/output', { recursive: true, force: true })
  return runBrowserTests(reportPath, { seesEveryLook: true })
}
