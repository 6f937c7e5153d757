import type { DnsRecord } from '#app/domain/cloud/dns-records.ts'
import type { ThingKind } from '#app/domain/cloud/resource-specs.ts'
import type { Balancing, CloudThing, NewThing } from '#app/ports/cloud-driver.ts'
import { type Story, storyFiles } from './story-file.ts'

/** What a thing has; what a later event leaves out stays. */
export type ThingData = {
  readonly address?: string
  readonly sizeGib?: number
  readonly serverRef?: string | null
  readonly reverseName?: string | null
  readonly image?: string
  readonly range?: string
  readonly members?: readonly string[]
  readonly records?: readonly DnsRecord[]
  readonly balancing?: Balancing
  /** The way into a network; null once it was shut. */
  readonly vpn?: KeptVpn | null
}
/** A way into a network, with hashes of what opens it. */
export type KeptVpn = {
  readonly address: string
  readonly keyHash: string
  readonly users: readonly { readonly name: string; readonly passwordHash: string }[]
}
export type ThingEvent = { readonly at: string; readonly data: ThingData } | { readonly at: string; readonly isGone: true }
export type ThingBeginning = {
  readonly ref: string
  readonly kind: ThingKind
  readonly spec: NewThing
  readonly createdAt: string
  readonly readyAt: string
  readonly data: ThingData
}
export type ThingStory = Story<ThingBeginning, ThingEvent>

/** What the simulated cloud has beside servers. */
export function thingFiles(directory: string) {
  return storyFiles<ThingBeginning, ThingEvent>(directory)
}

/** What a thing has at `instant`, in milliseconds. */
export function dataAt(story: ThingStory, instant: number): ThingData {
  const changes = story.events.filter((event) => 'data' in event && Date.parse(event.at) <= instant)
  return Object.assign({}, story.data, ...changes.map((event) => ('data' in event ? event.data : {}))) as ThingData
}

/** When a thing ended, in milliseconds; infinite while it exists. */
export function endOf(story: ThingStory): number {
  const gone = story.events.find((event) => 'isGone' in event)
  return gone ? Date.parse(gone.at) : Number.POSITIVE_INFINITY
}

/** A thing as the port tells it. */
export function toCloudThing(story: ThingStory, now: Date): CloudThing {
  const { address, sizeGib, vpn } = dataAt(story, now.getTime())
  const isGone = endOf(story) <= now.getTime()
  return {
    ref: story.ref,
    state: isGone ? 'deleted' : now.getTime() < Date.parse(story.readyAt) ? 'building' : 'ready',
    ...(address !== undefined && { address }),
    ...(sizeGib !== undefined && { sizeGib }),
    ...(vpn && { vpn: { address: vpn.address, protocol: 'l2tp-ipsec' as const } }),
  }
}
