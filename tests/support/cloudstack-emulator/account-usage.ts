import type { Random } from './random.ts'
import type { Window } from './timeline.ts'
import { draft, printHours, type Reading, type Subject, type UsageDraft } from './usage-entry.ts'
import { type AccountName, thingId, type zones } from './world.ts'

type Plan = { readonly account: AccountName; readonly zone: keyof typeof zones; readonly number: number; readonly things: readonly Thing[] }
type Thing = (number: number, day: number) => Omit<Reading, 'rawusage' | 'words'> & { readonly bytes?: number }

const gib = 2 ** 30

const sourceNat: Thing = (number) => ({
  type: 3,
  description: `IPAddress: 198.51.100.${number}`,
  fields: { usageid: thingId('address', 100 + number), issourcenat: true, issystem: false },
})
const template: Thing = (number) => ({
  type: 7,
  description: 'Template usage for golden with size 2147483648 and virtual size 21474836480',
  fields: { usageid: thingId('template', number), size: 2 * gib, virtualsize: 20 * gib },
})
const iso: Thing = (number) => ({
  type: 8,
  description: 'ISO usage for rescue',
  fields: { usageid: thingId('iso', number), size: 734_003_200, virtualsize: 734_003_200 },
})
const loadBalancer: Thing = (number) => ({
  type: 11,
  description: 'Loadbalancer policy usage lb1',
  fields: { usageid: thingId('loadBalancer', number) },
})
const portForwarding: Thing = (number) => ({
  type: 12,
  description: 'Port forwarding rule usage',
  fields: { usageid: thingId('portForwarding', number) },
})
const vpnUser: Thing = (number) => ({ type: 14, description: 'VPN usage for user bob', fields: { usageid: thingId('vpnUser', number) } })
/** Two of them: neither has an id or a size, so that only the description tells them apart. */
const secondaryVolumes: readonly Thing[] = [
  (number) => ({ type: 26, description: `Volume on secondary storage usage for OLD-${number} with size (8.00 GB) ${8 * gib}` }),
  (number) => ({ type: 26, description: `Volume on secondary storage usage for OLDER-${number} with size (16.00 GB) ${16 * gib}` }),
]
const bucket: Thing = (number, day) => ({
  type: 29,
  description: 'Bucket Size',
  fields: { usageid: thingId('bucket', number), name: 'assets' },
  bytes: 12 * gib + day * 50_000_000,
})
const network: Thing = (number) => ({
  type: 30,
  description: 'Network usage',
  fields: { usageid: thingId('network', 100 + number), name: `lan-${number}` },
})
const vpc: Thing = (number) => ({ type: 31, description: 'VPC usage', fields: { usageid: thingId('vpc', number), name: `vpc-${number}` } })

const plans: readonly Plan[] = [
  { account: 'brandt', zone: 'frankfurt', number: 1, things: [sourceNat, template, loadBalancer, portForwarding] },
  { account: 'hanseRd', zone: 'frankfurt', number: 2, things: [sourceNat, template, iso, vpc, network, vpnUser] },
  { account: 'hanseSales', zone: 'frankfurt', number: 3, things: [sourceNat, bucket] },
  { account: 'linde', zone: 'frankfurt', number: 4, things: [sourceNat, ...secondaryVolumes, vpnUser] },
  { account: 'huber', zone: 'frankfurt', number: 5, things: [portForwarding, network] },
  { account: 'kellerAt', zone: 'frankfurt', number: 6, things: [bucket] },
  { account: 'praxisKeller', zone: 'zurich', number: 7, things: [sourceNat, vpnUser] },
  { account: 'alpenMedia', zone: 'zurich', number: 8, things: [sourceNat, bucket, loadBalancer, iso] },
  { account: 'oasis', zone: 'dubai', number: 9, things: [sourceNat, portForwarding] },
  { account: 'burjRetail', zone: 'dubai', number: 10, things: [sourceNat, vpc, network, loadBalancer] },
]

/** What accounts use that hangs on no server: source addresses, templates, rules, VPN users, buckets, networks. */
export function accountUsage(windows: readonly Window[], random: Random): UsageDraft[] {
  return windows.flatMap((window) =>
    plans.flatMap((plan) =>
      plan.things.map((thing, index) => thingUsage({ plan, thing, window, random, label: `${plan.account} ${index}` })),
    ),
  )
}

function thingUsage({
  plan,
  thing,
  window,
  random,
  label,
}: {
  plan: Plan
  thing: Thing
  window: Window
  random: Random
  label: string
}): UsageDraft {
  const { bytes, ...told } = thing(plan.number, window.day)
  const subject: Subject = { account: plan.account, zone: plan.zone, name: label }
  if (bytes !== undefined) return draft(subject, window, { ...told, rawusage: String(bytes), words: 'bytes' })
  const rawusage = printHours(window.end - window.start, random, `${label} ${window.start}`)
  return draft(subject, window, { ...told, rawusage, words: 'Hrs' })
}
