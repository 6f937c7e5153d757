import { z } from 'zod'
import type { MeterCode } from '../usage/meters.ts'
import type { CloudCapability } from './capabilities.ts'
import { DnsRecord, isHostName } from './dns-records.ts'
import { FirewallRule } from './firewall.ts'
import { BalancerRule, balancingAlgorithms } from './load-balancer.ts'
import type { ThingKind } from './resource-specs.ts'
import { VpnUserName } from './vpn.ts'

/** The greatest size of a volume, in GiB. */
export const greatestVolumeGib = 10_000

const name = z.string('required').trim().min(1, 'required').max(60, 'too-long')
const serverId = z.uuid('required')
const zone = z.string('required').min(1).max(40)
const sizeGib = z.coerce.number('invalid').int('invalid').min(1, 'invalid').max(greatestVolumeGib, 'volume-size')
const domain = z
  .string('required')
  .trim()
  .toLowerCase()
  .transform((text) => text.replace(/\.$/, ''))
  .refine(isHostName, 'malformed-domain')
const algorithm = z.enum(balancingAlgorithms, 'invalid')
const imageUrl = z
  .string('required')
  .trim()
  .max(500, 'too-long')
  .refine((text) => /^https:\/\/[a-z0-9.-]+(:\d+)?\/\S+\.(qcow2|raw|img|iso)$/i.test(text), 'malformed-image-url')
const reverseName = z.string().trim().toLowerCase().max(253).refine(isHostName, 'malformed-reverse-name').nullable().default(null)

/** What each deed in a cloud is told. What it is about, a thing or a server, stands beside it. Messages are codes. */
const shapes = {
  rebuild: z.object({ image: z.string('required').min(1).max(100) }),
  'set-firewall': z.object({ rules: z.array(FirewallRule) }),
  'set-reverse-name': z.object({ reverseName }),
  'take-backup': z.object({ serverId, name, isScheduled: z.boolean().default(false) }),
  'restore-backup': z.object({ backupId: z.uuid() }),
  'delete-backup': z.object({}),
  'create-volume': z.object({ name, zone, sizeGib }),
  'attach-volume': z.object({ serverId }),
  'detach-volume': z.object({}),
  'resize-volume': z.object({ sizeGib }),
  'delete-volume': z.object({}),
  'acquire-address': z.object({ zone }),
  'attach-address': z.object({ serverId }),
  'detach-address': z.object({}),
  'release-address': z.object({}),
  'make-image': z.object({ serverId, name }),
  'register-image': z.object({ name, zone, url: imageUrl }),
  'delete-image': z.object({}),
  'create-network': z.object({ name, zone, range: z.string('required').trim() }),
  'join-network': z.object({ serverId }),
  'leave-network': z.object({ serverId }),
  'delete-network': z.object({}),
  'open-vpn': z.object({}),
  'renew-vpn-key': z.object({}),
  'close-vpn': z.object({}),
  'add-vpn-user': z.object({ user: VpnUserName }),
  'renew-vpn-password': z.object({ user: VpnUserName }),
  'revoke-vpn-user': z.object({ user: VpnUserName }),
  'create-load-balancer': z.object({ name, zone, algorithm, rules: z.array(BalancerRule).default([]) }),
  'set-load-balancer': z.object({ algorithm, rules: z.array(BalancerRule) }),
  'join-load-balancer': z.object({ serverId }),
  'leave-load-balancer': z.object({ serverId }),
  'delete-load-balancer': z.object({}),
  'create-dns-zone': z.object({ domain }),
  'set-dns-records': z.object({ records: z.array(DnsRecord) }),
  'delete-dns-zone': z.object({}),
} as const

export type DeedKind = keyof typeof shapes
const deedKinds = Object.keys(shapes) as [DeedKind, ...DeedKind[]]
type Told<Kind extends DeedKind> = z.infer<(typeof shapes)[Kind]>
/** What a deed is told; some are told nothing. */
type DeedFacts<Kind extends DeedKind> = string extends keyof Told<Kind> ? unknown : Told<Kind>
/** A deed with what it is told, by its kind. */
export type CloudDeed = { [Kind in DeedKind]: { readonly kind: Kind } & DeedFacts<Kind> }[DeedKind]

/** The fields of a deed of `kind`, for forms and for what is kept of it. */
export function shapeOf<Kind extends DeedKind>(kind: Kind): (typeof shapes)[Kind] {
  return shapes[kind]
}

/** A deed as it was kept. @throws on anything that is no deed. */
export function parseDeed(kind: string, facts: unknown): CloudDeed {
  const known = z.enum(deedKinds).parse(kind)
  return { kind: known, ...shapes[known].parse(facts) } as CloudDeed
}

export type DeedTerms = {
  readonly capability: CloudCapability
  /** What it is about: kinds of resource. */
  readonly about: readonly (ThingKind | 'server')[]
  /** Whether it makes what it is about. */
  readonly makes?: ThingKind
  /** Whether it ends what it is about. */
  readonly ends?: true
  /** Whether it only takes something away from it: who may make nothing new may still do it. */
  readonly lessens?: true
  /** What is charged from then on, by the hour. */
  readonly meter?: MeterCode
  /** Whether the cloud is given a secret with it, which is made when it is asked for and told to whoever asks, once. */
  readonly hasSecret?: true
}

/** What each deed needs and does. */
export const deedTerms: Readonly<Record<DeedKind, DeedTerms>> = {
  rebuild: { capability: 'rebuild', about: ['server'] },
  'set-firewall': { capability: 'firewall', about: ['server'] },
  'set-reverse-name': { capability: 'reverse-dns', about: ['server', 'address'] },
  'take-backup': { capability: 'backups', about: ['backup'], makes: 'backup', meter: 'backup' },
  'restore-backup': { capability: 'backups', about: ['server'] },
  'delete-backup': { capability: 'backups', about: ['backup'], ends: true },
  'create-volume': { capability: 'volumes', about: ['volume'], makes: 'volume', meter: 'volume' },
  'attach-volume': { capability: 'volumes', about: ['volume'] },
  'detach-volume': { capability: 'volumes', about: ['volume'] },
  'resize-volume': { capability: 'volumes', about: ['volume'], meter: 'volume' },
  'delete-volume': { capability: 'volumes', about: ['volume'], ends: true },
  'acquire-address': { capability: 'addresses', about: ['address'], makes: 'address', meter: 'address' },
  'attach-address': { capability: 'addresses', about: ['address'] },
  'detach-address': { capability: 'addresses', about: ['address'] },
  'release-address': { capability: 'addresses', about: ['address'], ends: true },
  'make-image': { capability: 'images', about: ['image'], makes: 'image', meter: 'template' },
  'register-image': { capability: 'images', about: ['image'], makes: 'image', meter: 'template' },
  'delete-image': { capability: 'images', about: ['image'], ends: true },
  'create-network': { capability: 'networks', about: ['network'], makes: 'network' },
  'join-network': { capability: 'networks', about: ['network'] },
  'leave-network': { capability: 'networks', about: ['network'] },
  'delete-network': { capability: 'networks', about: ['network'], ends: true },
  'open-vpn': { capability: 'vpn', about: ['network'], hasSecret: true },
  'renew-vpn-key': { capability: 'vpn', about: ['network'], hasSecret: true },
  'close-vpn': { capability: 'vpn', about: ['network'], lessens: true },
  'add-vpn-user': { capability: 'vpn', about: ['network'], meter: 'vpn-user', hasSecret: true },
  'renew-vpn-password': { capability: 'vpn', about: ['network'], hasSecret: true },
  'revoke-vpn-user': { capability: 'vpn', about: ['network'], lessens: true },
  'create-load-balancer': { capability: 'load-balancers', about: ['load-balancer'], makes: 'load-balancer', meter: 'load-balancer' },
  'set-load-balancer': { capability: 'load-balancers', about: ['load-balancer'] },
  'join-load-balancer': { capability: 'load-balancers', about: ['load-balancer'] },
  'leave-load-balancer': { capability: 'load-balancers', about: ['load-balancer'] },
  'delete-load-balancer': { capability: 'load-balancers', about: ['load-balancer'], ends: true },
  'create-dns-zone': { capability: 'dns', about: ['dns-zone'], makes: 'dns-zone' },
  'set-dns-records': { capability: 'dns', about: ['dns-zone'] },
  'delete-dns-zone': { capability: 'dns', about: ['dns-zone'], ends: true },
}
