import { z } from 'zod'
import { DnsRecord } from './dns-records.ts'
import { FirewallRule } from './firewall.ts'
import { BalancerRule, balancingAlgorithms } from './load-balancer.ts'
import { VpnSpec } from './vpn.ts'

/** Kinds of resource that a buyer makes beside its servers. */
export const thingKinds = ['volume', 'address', 'backup', 'image', 'network', 'dns-zone', 'load-balancer'] as const
export type ThingKind = (typeof thingKinds)[number]

const server = z.string().nullable().default(null)
const reverseName = z.string().nullable().default(null)

/** What is kept of a server beside its name and state: what it runs, what is let through to it, how its address is called. */
export const ServerSpec = z.object({ image: z.string().default(''), firewall: z.array(FirewallRule).default([]), reverseName })
/** A disk, and the server that has it now. */
export const VolumeSpec = z.object({ sizeGib: z.number(), serverId: server })
/** A public address, the server it leads to now, and how it is called. */
export const AddressSpec = z.object({ serverId: server, reverseName })
/** A copy of a server as it was; the size is known once it is taken. */
export const BackupSpec = z.object({
  serverId: z.string(),
  sizeGib: z.number().nullable().default(null),
  isScheduled: z.boolean().default(false),
})
/** A private image: made from a server, or fetched from an address. */
export const ImageSpec = z.object({ source: z.string(), sizeGib: z.number().nullable().default(null) })
/** Servers that are in a network, or behind a load balancer. */
export const MembersSpec = z.object({ serverIds: z.array(z.string()).default([]) })
/** The range of a network, its servers, and the way in from outside; null while there is none. */
export const NetworkSpec = MembersSpec.extend({ range: z.string(), vpn: VpnSpec.nullable().default(null) })
/** What spreads connections over servers, which all stand in its place. */
const LoadBalancerSpec = MembersSpec.extend({ algorithm: z.enum(balancingAlgorithms), rules: z.array(BalancerRule).default([]) })
const DnsZoneSpec = z.object({ records: z.array(DnsRecord).default([]) })

export const thingSpecs = {
  volume: VolumeSpec,
  address: AddressSpec,
  backup: BackupSpec,
  image: ImageSpec,
  network: NetworkSpec,
  'dns-zone': DnsZoneSpec,
  'load-balancer': LoadBalancerSpec,
} as const satisfies Readonly<Record<ThingKind, z.ZodType>>
export type ThingSpec<Kind extends ThingKind = ThingKind> = z.infer<(typeof thingSpecs)[Kind]>
