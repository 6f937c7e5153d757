import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runMain } from '#app/config/run-main.server.ts'

type Tally = { readonly table: string; readonly rows: number; readonly foreignTenant: number; readonly foreignAccount: number }

/** Runs the isolation tests, then lists each table that was walked with the rows that were seen and the foreign ones among them. */
runMain(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'livery-isolation-'))
  const report = join(folder, 'walked.json')
  try {
    const code = await runTests(report)
    if (code !== 0) return code
    return tell(JSON.parse(await readFile(report, 'utf8')) as Tally[])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

function runTests(report: string): Promise<number> {
  const vitest = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--project', 'database', 'tests/isolation'], {
    stdio: 'inherit',
    env: { ...process.env, LIVERY_ISOLATION_REPORT: report },
  })
  return new Promise((resolve, reject) => {
    vitest.once('error', reject)
    vitest.once('exit', (code) => resolve(code ?? 1))
  })
}

function tell(walked: readonly Tally[]): number {
  const tables = new Map<string, { scopes: number; rows: number; foreign: number }>()
  for (const { table, rows, foreignTenant, foreignAccount } of walked) {
    const sum = tables.get(table) ?? { scopes: 0, rows: 0, foreign: 0 }
    tables.set(table, { scopes: sum.scopes + 1, rows: sum.rows + rows, foreign: sum.foreign + foreignTenant + foreignAccount })
  }
  for (const [table, { scopes, rows, foreign }] of tables) {
    process.stdout.write(
      `${table.padEnd(20)} ${String(scopes).padStart(3)} scopes ${String(rows).padStart(6)} rows seen ${String(foreign).padStart(4)} foreign\n`,
    )
  }
  const foreign = [...tables.values()].reduce((sum, table) => sum + table.foreign, 0)
  process.stdout.write(`${tables.size} tables walked\n${foreign} foreign rows\n`)
  return foreign === 0 && tables.size > 0 ? 0 : 1
}
