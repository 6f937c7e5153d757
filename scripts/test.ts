import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runMain } from '#app/config/run-main.server.ts'
import { runBrowserTests } from './checks/browser-tests.ts'
import { buildPart, checkParts } from './checks/parts.ts'
import { runParts, type Tally } from './checks/run-parts.ts'
import { runVitest } from './checks/vitest-tests.ts'

/**
 * Every check and every test: `npm test`, or `npm test -- --only checks|tests|browser`. A failure in one runner hides nothing of the
 * others; the last line has the sum, and each check counts as one test.
 */
runMain(async () => {
  const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined
  const folder = await mkdtemp(join(tmpdir(), 'livery-report-'))
  const tallies: Tally[] = []
  try {
    if (!only || only === 'checks') tallies.push(await section('checks', () => runParts(checkParts.filter((part) => !part.isTested))))
    if (!only || only === 'tests') tallies.push(await section('tests', () => runVitest(join(folder, 'vitest.json'))))
    if (!only || only === 'browser') {
      const build = await section('build', () => runParts([buildPart]))
      tallies.push(build)
      if (build.failed === 0) tallies.push(await section('browser tests', () => runBrowserTests(join(folder, 'browser.json'))))
      else process.stdout.write('the browser tests need a build\n')
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0)
  const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0)
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
  return failed === 0 && passed > 0 ? 0 : 1
})

async function section(name: string, run: () => Promise<Tally>): Promise<Tally> {
  process.stdout.write(`\n--- ${name}\n`)
  try {
    return await run()
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    return { passed: 0, failed: 1 }
  }
}
