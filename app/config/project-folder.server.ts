import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { invariant } from '#app/domain/shared/invariant.ts'

const found = new Map<string, string>()

/**
 * A folder of the project by its path from package.json: the same place from the source tree and from the server bundle.
 * @throws InvariantError when there is none.
 */
export function projectFolder(path: string): string {
  const known = found.get(path)
  if (known) return known
  let directory = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(directory, 'package.json')) || !existsSync(join(directory, path))) {
    invariant(directory !== dirname(directory), `${path} was not found beside package.json`)
    directory = dirname(directory)
  }
  found.set(path, join(directory, path))
  return join(directory, path)
}
