import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf } from './story-file.ts'

const ticketShape = /^[\w-]{43}$/

/** Tickets that work once: one file each under `directory`, which whoever uses it moves away, so that no two ever do. */
export function oneTimeTickets<Facts extends object>(directory: string) {
  return {
    async issue(facts: Facts): Promise<string> {
      const ticket = randomBytes(32).toString('base64url')
      await mkdir(directory, { recursive: true })
      await writeFile(join(directory, ticket), JSON.stringify(facts))
      return ticket
    },

    /** What the ticket was made for; null for one that is unknown or used. */
    async use(ticket: string): Promise<Facts | null> {
      if (!ticketShape.test(ticket)) return null
      const used = join(directory, `${ticket}.used`)
      try {
        await rename(join(directory, ticket), used)
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return null
        throw error
      }
      return JSON.parse(await readFile(used, 'utf8')) as Facts
    },
  }
}
