import { readdirSync, readFileSync } from 'node:fs'
import { environment } from '#app/config/env.server.ts'

export type VersionFacts = { readonly version: string; readonly commit: string; readonly schema: string }

let facts: VersionFacts | undefined

/** Which release runs, of which commit, with which newest migration. Names no product, tenant or machine. */
export function versionFacts(): VersionFacts {
  facts ??= { version: packageVersion(), commit: environment().LIVERY_COMMIT, schema: newestMigration() }
  return facts
}

function packageVersion(): string {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { version?: string }
  return manifest.version ?? 'unknown'
}

function newestMigration(): string {
  const names = readdirSync('prisma/migrations', { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return (
    names
      .map((entry) => entry.name)
      .sort()
      .at(-1) ?? 'none'
  )
}
