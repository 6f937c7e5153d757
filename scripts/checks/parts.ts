import { diffMigrationsToSchema } from '#app/db/migrate/diff.server.ts'
import { findBans } from './bans.ts'
import { runScript } from './run-command.ts'
import { findSecrets } from './secrets.ts'

/** One thing that is checked: an empty answer is good, anything else says what to mend. `isTested`: a test proves the same. */
export type CheckPart = { name: string; find: () => Promise<string>; isTested?: boolean }

const folders = ['app', 'emails', 'prisma', 'scripts', 'tests']

export const checkParts: readonly CheckPart[] = [
  { name: 'types', find: script('node_modules/typescript/bin/tsc', ['--noEmit', '--pretty', 'false']) },
  {
    name: 'format and lint',
    find: script('node_modules/@biomejs/biome/bin/biome', ['check', '.', '--error-on-warnings', '--max-diagnostics=200', '--colors=off']),
  },
  {
    name: 'layers',
    find: script('node_modules/dependency-cruiser/bin/dependency-cruise.mjs', [...folders, '--config', '--output-type', 'err']),
  },
  { name: 'dead code', find: script('node_modules/knip/bin/knip.js', ['--no-progress']) },
  { name: 'bans', find: async () => findBans().join('\n') },
  { name: 'secrets', find: async () => findSecrets().join('\n') },
  {
    name: 'migrations match the schema',
    isTested: true,
    find: async () => {
      const sql = await diffMigrationsToSchema()
      return sql && `prisma/schema.prisma has what the migrations have not; a new migration would begin with:\n${sql}`
    },
  },
  {
    name: 'translations',
    isTested: true,
    find: script('node_modules/vitest/vitest.mjs', ['run', '--project', 'unit', 'app/i18n/catalogs.test.ts']),
  },
]

/** The web app's production build; its own part, because only the browser tests need it. */
export const buildPart: CheckPart = {
  name: 'build',
  find: script('node_modules/@remix-run/dev/dist/cli.js', ['vite:build'], { NODE_ENV: 'production' }),
}

function script(path: string, args: readonly string[], environment: Record<string, string> = {}): () => Promise<string> {
  return async () => {
    const { code, output } = await runScript(path, args, environment)
    return code === 0 ? '' : output.trim() || `ended with code ${code}`
  }
}
