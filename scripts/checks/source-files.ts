import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const skipped = /(^|\/)(generated|node_modules|fixtures)\//

/** Paths of the TypeScript files below `folders`, from the root of the project, in order. */
export function sourceFiles(folders: readonly string[]): string[] {
  return folders
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
    .filter((path) => /\.(ts|tsx|mjs)$/.test(path) && !skipped.test(path))
    .sort()
}
