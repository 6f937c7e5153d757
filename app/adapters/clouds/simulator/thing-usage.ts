import type { RawUsageRecord, UsageQuery } from '#app/ports/cloud-driver.ts'
import { closedWindows, gib, hours, toRawUsage } from './hourly-usage.ts'
import { dataAt, endOf, type ThingStory } from './thing-file.ts'
import { usageOfVpn } from './vpn-usage.ts'

/** CloudStack's usage types of what is metered; DNS zones are not, and of networks the users of their VPN are. */
const usageTypes = { volume: '6', address: '3', backup: '28', image: '7', 'load-balancer': '11' } as const
type Metered = keyof typeof usageTypes

/** What one thing used, by the hour: volumes, backups and images by their size at the time, addresses and load balancers by their hours. */
export function usageOfThing(story: ThingStory, { query, now }: { query: UsageQuery; now: Date }): RawUsageRecord[] {
  if (story.kind === 'network') return usageOfVpn(story, { query, now })
  if (!isMetered(story.kind)) return []
  const usageType = usageTypes[story.kind]
  const life = { start: Date.parse(story.createdAt), end: endOf(story) }
  const cuts = story.events.flatMap((event) => ('data' in event && event.data.sizeGib !== undefined ? [Date.parse(event.at)] : []))
  return closedWindows({ life, cuts }, { query, now }).map((window) => {
    const { address, sizeGib } = dataAt(story, window.start)
    const reading = {
      usageType,
      quantity: hours(window.end - window.start),
      resource: story.ref,
      name: story.kind === 'address' ? (address ?? story.spec.name) : story.spec.name,
    }
    return toRawUsage(story.spec, window, { ...reading, dimensions: sizeGib === undefined ? {} : { sizeBytes: String(sizeGib * gib) } })
  })
}

function isMetered(kind: string): kind is Metered {
  return kind in usageTypes
}
