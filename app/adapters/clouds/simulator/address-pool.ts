import { mkdir, readFile, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf } from './story-file.ts'

/** The three ranges set aside for documentation: no packet to them ever reaches anyone. */
const ranges = ['203.0.113', '198.51.100', '192.0.2'] as const
const perRange = 254
const poolSize = ranges.length * perRange

/**
 * Hands out one address per server. A claim is a file named by the address, created exclusively, so no two processes hand out the
 * same one; the search begins at a place that follows from the server's reference, so a repeated creation finds its own claim again.
 */
export function addressPool(directory: string) {
  const pathOf = (address: string) => join(directory, address)

  async function isClaimed(address: string, ref: string): Promise<boolean> {
    try {
      await writeFile(pathOf(address), ref, { flag: 'wx' })
      return true
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
      return (await readFile(pathOf(address), 'utf8').catch(() => '')) === ref
    }
  }

  return {
    /** An address for the server; undefined when all are taken. */
    async claim(ref: string): Promise<string | undefined> {
      await mkdir(directory, { recursive: true })
      const start = Number.parseInt(ref.slice(0, 8), 16) % poolSize
      for (let step = 0; step < poolSize; step += 1) {
        const address = addressAt((start + step) % poolSize)
        if (await isClaimed(address, ref)) return address
      }
      return undefined
    },

    /** Frees the address of a server that is gone; repeating it does nothing. */
    async release(address: string, ref: string): Promise<void> {
      const holder = await readFile(pathOf(address), 'utf8').catch(() => undefined)
      if (holder !== ref) return
      await unlink(pathOf(address)).catch((error: unknown) => {
        if (codeOf(error) !== 'ENOENT') throw error
      })
    },
  }
}

/** Neighbours in the pool lie in different ranges, so that a handful of servers shows more than one. */
function addressAt(index: number): string {
  return `${ranges[index % ranges.length]}.${Math.floor(index / ranges.length) + 1}`
}
