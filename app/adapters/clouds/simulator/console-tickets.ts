import type { CloudParts } from '#app/ports/cloud-driver.ts'
import { oneTimeTickets } from './one-time-ticket.ts'
import type { ServerStory } from './server-file.ts'
import { lifeOf, sizeAt } from './server-life.ts'
import type { ThingBench } from './things.ts'

const validMs = 60_000

type Ticket = { readonly serverRef: string; readonly expiresAt: string }

/** Ways to a server's screen, each for one look and for a minute. */
export function consoleTickets({ servers, now, refusalOf, directory }: ThingBench & { readonly directory: string }): CloudParts['console'] {
  const tickets = oneTimeTickets<Ticket>(directory)
  return {
    async open(ref) {
      refusalOf('open-console', ref)
      const story = await servers.read(ref)
      if (!story || lifeOf(story, now()).state === 'deleted') return null
      const expiresAt = new Date(now().getTime() + validMs)
      return { ticket: await tickets.issue({ serverRef: ref, expiresAt: expiresAt.toISOString() }), expiresAt }
    },

    async show(ticket) {
      refusalOf('show-console', ticket)
      const used = await tickets.use(ticket)
      if (!used || Date.parse(used.expiresAt) <= now().getTime()) return null
      const story = await servers.read(used.serverRef)
      return story ? { serverRef: used.serverRef, lines: screenOf(story, now()) } : null
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
