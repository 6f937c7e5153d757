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
  const build = watchedBuild()
  try {
    // The build is made beside the checks, which leave half of the machine idle.
    const parts = [only === 'browser' ? [] : checkParts.filter((part) => !part.isTested), only === 'checks' ? [] : [build.part]].flat()
    if (only !== 'tests') tallies.push(await section('checks', () => runParts(parts)))
    if (!only || only === 'tests') tallies.push(await section('tests', () => runVitest(join(folder, 'vitest.json'))))
    if (!only || only === 'browser') {
      if (build.isMade) tallies.push(await section('browser tests', () => runBrowserTests(join(folder, 'browser.json'))))
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

/** The part that builds, and whether it did. */
function watchedBuild() {
  const build = {
    isMade: false,
    part: {
      ...buildPart,
      find: async () => {
        const findings = await buildPart.find()
        build.isMade = findings === ''
        return findings
      },
    },
  }
  return build
}

async function section(name: string, run: () => Promise<Tally>): Promise<Tally> {
  process.stdout.write(`\n--- ${name}\n`)
  try {
    return await run()
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    return { passed: 0, failed: 1 }
  }
}
