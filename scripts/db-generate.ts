import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { runMain } from '#app/config/run-main.server.ts'

/** Writes the Prisma client to app/db/generated. Runs after every install; downloads nothing. */
runMain(async () => {
  const prisma = findPrisma()
  if (!prisma) {
    // An install without development packages keeps the client that was built with them.
    if (existsSync('app/db/generated/client.ts')) return 0
    throw new Error('prisma is not installed and app/db/generated is missing: install with development packages once')
  }
  const environment = {
    ...process.env,
    // generate looks for a schema engine it does not use and would download one: any existing file will do.
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
    NO_UPDATE_NOTIFIER: '1',
  }
  const result = spawnSync(process.execPath, [prisma, 'generate', '--no-hints'], { env: environment, encoding: 'utf8' })
  if (result.status !== 0) throw new Error(`prisma generate failed:\n${result.stdout}${result.stderr}`)
  return 0
})

function findPrisma(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve('prisma/build/index.js')
  } catch {
    return undefined // Not installed.
  }
}
