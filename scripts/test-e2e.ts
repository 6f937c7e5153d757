import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runMain } from '#app/config/run-main.server.ts'
import { runBrowserTests } from './checks/browser-tests.ts'
import { buildPart } from './checks/parts.ts'
import { runParts } from './checks/run-parts.ts'

/** Every browser journey with each page in every look: `npm run test:e2e`. Leaves a picture of each in tests/e2e/output. */
runMain(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'livery-e2e-report-'))
  try {
    if ((await runParts([buildPart])).failed > 0) return 1
    await rm('tests/e2e/output', { recursive: true, force: true })
    const { passed, failed } = await runBrowserTests(join(folder, 'browser.json'), { seesEveryLook: true })
    process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
    return failed === 0 && passed > 0 ? 0 : 1
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
