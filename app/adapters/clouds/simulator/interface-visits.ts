import type { CloudParts } from '#app/ports/cloud-driver.ts'
import { oneTimeTickets } from './one-time-ticket.ts'
import { toCloudServer } from './server-life.ts'
import type { ThingBench } from './things.ts'

const validMs = 60_000

type Visit = { readonly ownerId: string; readonly host: string; readonly expiresAt: string }

/** Ways into the simulated cloud's own interface: a page below the seller's address, signed in to one owner, for one visit within a minute. */
export function interfaceVisits({
  servers,
  files,
  now,
  refusalOf,
  directory,
}: ThingBench & { readonly directory: string }): CloudParts['cloud-interface'] {
  const visits = oneTimeTickets<Visit>(directory)
  const serversOf = async (ownerId: string) => (await servers.readAll()).filter(({ spec }) => spec.ownerAccountId === ownerId)

  return {
    async open(ownerId, address) {
      refusalOf('open-interface', ownerId)
      const isKnown = (await serversOf(ownerId)).length > 0 || (await files.readAll()).some(({ spec }) => spec.ownerAccountId === ownerId)
      if (!isKnown) return null
      const expiresAt = new Date(now().getTime() + validMs)
      const ticket = await visits.issue({ ownerId, host: new URL(address).host, expiresAt: expiresAt.toISOString() })
      return { url: `${address}/cloud-interface/${ticket}`, expiresAt }
    },

    async enter(ticket, host) {
      refusalOf('enter-interface', ticket)
      const visit = await visits.use(ticket)
      if (!visit || visit.host !== host || Date.parse(visit.expiresAt) <= now().getTime()) return null
      const shown = (await serversOf(visit.ownerId)).map((story) => ({ name: story.spec.name, ...toCloudServer(story, now()) }))
      return {
        ownerId: visit.ownerId,
        servers: shown
          .filter(({ state }) => state !== 'deleted')
          .map(({ ref, name, state, address }) => ({ ref, name, state, ...(address !== undefined && { address }) })),
      }
    },
  }
}
