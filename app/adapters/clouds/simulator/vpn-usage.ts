import type { RawUsageRecord, UsageQuery } from '#app/ports/cloud-driver.ts'
import { closedWindows, hours, toRawUsage } from './hourly-usage.ts'
import type { Span } from './server-life.ts'
import { endOf, type ThingStory } from './thing-file.ts'

/** CloudStack counts each user of a VPN from being added until being taken away, whether connected or not. */
const usageType = '14'

/** What the users of a network's VPN used, by the hour. They belong to the network, under their own names. */
export function usageOfVpn(story: ThingStory, asked: { query: UsageQuery; now: Date }): RawUsageRecord[] {
  return livesOf(story).flatMap(({ name, life }) =>
    closedWindows({ life, cuts: [] }, asked).map((window) =>
      toRawUsage(story.spec, window, {
        usageType,
        name,
        quantity: hours(window.end - window.start),
        resource: story.ref,
        part: name,
        dimensions: { vpnUser: name },
      }),
    ),
  )
}

/** From when to when each user was there; one who came back has two lives. */
function livesOf(story: ThingStory): { readonly name: string; readonly life: Span }[] {
  const changes = story.events.flatMap((event) =>
    'data' in event && event.data.vpn !== undefined
      ? [{ at: Date.parse(event.at), names: (event.data.vpn?.users ?? []).map(({ name }) => name) }]
      : [],
  )
  const everybody = [...new Set(changes.flatMap(({ names }) => names))]
  return everybody.flatMap((name) => spansOf(name, changes, endOf(story)).map((life) => ({ name, life })))
}

function spansOf(name: string, changes: readonly { readonly at: number; readonly names: readonly string[] }[], end: number): Span[] {
  const spans: Span[] = []
  let start: number | null = null
  for (const { at, names } of changes) {
    const isThere = names.includes(name)
    if (isThere && start === null) start = at
    if (isThere || start === null) continue
    spans.push({ start, end: at })
    start = null
  }
  return start === null ? spans : [...spans, { start, end }]
}
