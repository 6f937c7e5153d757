import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CloudParts } from '#app/ports/cloud-driver.ts'
import type { ServerStory } from './server-file.ts'
import { lifeOf, sizeAt } from './server-life.ts'
import { codeOf } from './story-file.ts'
import type { ThingBench } from './things.ts'

const ticketShape = /^[\w-]{43}$/
const validMs = 60_000

type Ticket = { readonly serverRef: string; readonly expiresAt: string }

/** Ways to a server's screen: one file each, which whoever uses it moves away, so that no two ever do. */
export function consoleTickets({ servers, now, refusalOf, directory }: ThingBench & { readonly directory: string }): CloudParts['console'] {
  return {
    async open(ref) {
      refusalOf('open-console', ref)
      const story = await servers.read(ref)
      if (!story || lifeOf(story, now()).state === 'deleted') return null
      const ticket = randomBytes(32).toString('base64url')
      const expiresAt = new Date(now().getTime() + validMs)
      await mkdir(directory, { recursive: true })
      await writeFile(join(directory, ticket), JSON.stringify({ serverRef: ref, expiresAt: expiresAt.toISOString() } satisfies Ticket))
      return { ticket, expiresAt }
    },

    async show(ticket) {
      refusalOf('show-console', ticket)
      if (!ticketShape.test(ticket)) return null
      const used = join(directory, `${ticket}.used`)
      try {
        await rename(join(directory, ticket), used)
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return null
        throw error
      }
      const { serverRef, expiresAt } = JSON.parse(await readFile(used, 'utf8')) as Ticket
      const story = await servers.read(serverRef)
      return story && Date.parse(expiresAt) > now().getTime() ? { serverRef, lines: screenOf(story, now()) } : null
    },
  }
}

/** What stands on the screen of a server that has just started, or nothing while it is off. */
function screenOf(story: ServerStory, now: Date): string[] {
  if (lifeOf(story, now).state !== 'running') return []
  const { cpuNumber, memoryMib, diskGib } = sizeAt(story, now.getTime())
  const image = story.events.findLast((event) => event.action === 'rebuild')?.image ?? story.spec.image
  return [
    `[    0.000000] Booting ${image}`,
    `[    0.184211] smp: Brought up 1 node, ${cpuNumber} CPUs`,
    `[    0.412976] Memory: ${memoryMib * 1024}K available`,
    `[    1.093380] vda: ${diskGib} GiB`,
    `[    2.270145] eth0: ${story.address ?? '-'}`,
    `[    3.518802] Reached target Multi-User System.`,
    '',
    `${story.spec.name} login: `,
  ]
}
