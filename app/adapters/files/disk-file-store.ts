import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, realpath, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { LargeFileStore } from '#app/ports/file-store.ts'

/** Segments of letters, digits, dot, dash and underscore: no empty one, none that starts with a dot. */
const keyPattern = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/
const longestKey = 400
type Parts = Iterable<Uint8Array> | AsyncIterable<Uint8Array>

const unfinishedFolder = '.unfinished'

/**
 * Files below `root` on a disk that all processes share. A reader sees the old file or the new one, never a part.
 * @throws InvariantError for a key that is not plain path segments, or that a link would lead out of `root`.
 */
export function createDiskFileStore({ root }: { readonly root: string }): LargeFileStore {
  const base = resolve(root)
  return {
    put: (key, content) => putParts(base, key, [content]),
    putParts: (key, parts) => putParts(base, key, parts),
    get: (key) => reading(base, key, async (path) => new Uint8Array(await readFile(path))),
    getParts: (key) => reading(base, key, async (path) => (await open(path)).createReadStream()),
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

async function putParts(base: string, key: string, parts: Parts): Promise<void> {
  const path = pathOf(base, key)
  await mkdir(dirname(path), { recursive: true })
  await assertInside(base, dirname(path))
  await writeWhole(base, path, parts)
}

async function reading<T>(base: string, key: string, read: (path: string) => Promise<T>): Promise<T | undefined> {
  const path = pathOf(base, key)
  try {
    await assertInside(base, path)
    return await read(path)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** Written beside its place, brought to the disk, then moved: a crash leaves the old file or the new one. */
async function writeWhole(base: string, path: string, parts: Parts): Promise<void> {
  const unfinished = join(base, unfinishedFolder, randomUUID())
  await mkdir(dirname(unfinished), { recursive: true })
  try {
    const file = await open(unfinished, 'wx', 0o640)
    try {
      for await (const part of parts) await file.writeFile(part)
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
