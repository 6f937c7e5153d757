import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, realpath, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { FileStore } from '#app/ports/file-store.ts'

/** Segments of letters, digits, dot, dash and underscore: no empty one, none that starts with a dot. */
const keyPattern = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/
const longestKey = 400
const unfinishedFolder = '.unfinished'

/**
 * Files below `root` on a disk that all processes share. A reader sees the old file or the new one, never a part.
 * @throws InvariantError for a key that is not plain path segments, or that a link would lead out of `root`.
 */
export function createDiskFileStore({ root }: { readonly root: string }): FileStore {
  const base = resolve(root)
  return {
    async put(key, content) {
      const path = pathOf(base, key)
      await mkdir(dirname(path), { recursive: true })
      await assertInside(base, dirname(path))
      await writeWhole(base, path, content)
    },
    async get(key) {
      const path = pathOf(base, key)
      try {
        await assertInside(base, path)
        return new Uint8Array(await readFile(path))
      } catch (error) {
        if (isMissing(error)) return undefined
        throw error
      }
    },
  }
}

function pathOf(base: string, key: string): string {
  invariant(key.length <= longestKey && keyPattern.test(key), 'file store: the key is not a plain path')
  return join(base, key)
}

async function assertInside(base: string, path: string): Promise<void> {
  const [realBase, realPath] = await Promise.all([realpath(base), realpath(path)])
  invariant(realPath === realBase || realPath.startsWith(realBase + sep), 'file store: the key leads out of its root')
}

/** Written beside its place, brought to the disk, then moved: a crash leaves the old file or the new one. */
async function writeWhole(base: string, path: string, content: Uint8Array): Promise<void> {
  const unfinished = join(base, unfinishedFolder, randomUUID())
  await mkdir(dirname(unfinished), { recursive: true })
  try {
    const file = await open(unfinished, 'wx', 0o640)
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(unfinished, path)
  } finally {
    await rm(unfinished, { force: true })
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}
