import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { environment } from '#app/config/env.server.ts'
import { fileStore } from '#app/wiring.server.ts'

/** A file of the demo beside the store, in which it lies encrypted, so that anybody can look at it; null while there is none. */
export async function openedCopy(key: string | null): Promise<string | null> {
  const content = key === null ? undefined : await fileStore().get(key)
  if (key === null || !content) return null
  const path = join(environment().LIVERY_DATA_DIR, 'demo', key)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, content)
  return path
}
