import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { showScript } from './run-command.ts'
import type { Tally } from './run-parts.ts'

type Report = { stats: { expected: number; unexpected: number; flaky: number }; errors: unknown[] }

/** Browser tests against a demo of their own, on a free port and in a folder that is gone afterwards. */
export async function runBrowserTests(reportPath: string): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), 'livery-browser-'))
  try {
    const code = await showScript('node_modules/@playwright/test/cli.js', ['test', '--reporter=list,json'], {
      PLAYWRIGHT_JSON_OUTPUT_FILE: reportPath,
      LIVERY_BROWSER_PORT: String(await freePort()),
      LIVERY_BROWSER_FOLDER: folder,
    })
    const { stats, errors } = JSON.parse(await readFile(reportPath, 'utf8')) as Report
    const failed = stats.unexpected + stats.flaky + errors.length
    return { passed: stats.expected, failed: code !== 0 && failed === 0 ? 1 : failed }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
