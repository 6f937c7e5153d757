import { z } from 'zod'
import { recordTypes } from '#app/domain/cloud/dns-records.ts'
import { balancingAlgorithms } from '#app/domain/cloud/load-balancer.ts'
import { vpnProtocols } from '#app/domain/cloud/vpn.ts'
import { Instant, id, Money, Operation } from './schemas.ts'

// What a buyer has in the cloud beside servers, and what a program says to have it changed. Codes of fields come from the deeds' own rules.

const text = z.string('required').max(1_000, 'too-long')
const port = z.int('invalid').nullable()

/** What every thing has. */
const Thing = {
  account_id: id('cus'),
  name: z.string(),
  state: z.enum(['building', 'ready', 'failed', 'deleted']),
  pending_action: z.string().nullable().meta({ description: 'What was asked for and has not happened yet.' }),
  location: z.string(),
  cost_so_far: Money.meta({ description: 'Of the running month, before tax.' }),
  created_at: Instant,
}
const server = id('srv').nullable().meta({ description: 'The server it belongs to now.' })
const sizeGib = z.int()

export const Volume = z.object({ id: id('vol'), ...Thing, size_gib: sizeGib, server_id: server })
export const Address = z.object({
  id: id('adr'),
  ...Thing,
  address: z.string().nullable(),
  server_id: server,
  reverse_name: z.string().nullable(),
})
export const Backup = z.object({ id: id('bak'), ...Thing, server_id: server, size_gib: sizeGib.nullable(), is_scheduled: z.boolean() })
export const Image = z.object({ id: id('img'), ...Thing, size_gib: sizeGib.nullable() })
export const Network = z.object({ id: id('net'), ...Thing, range: z.string(), server_ids: z.array(id('srv')) })

/** The way into a network from outside, and who may come in. */
export const Vpn = z.object({
  network_id: id('net'),
  is_on: z.boolean(),
  address: z.string().nullable(),
  protocol: z.enum(vpnProtocols).nullable(),
  users: z.array(z.object({ name: z.string(), added_at: Instant })),
})
/** An operation that gives the cloud a secret which was made for it. */
export const SecretOperation = Operation.extend({
  secret: z
    .string()
    .nullable()
    .meta({ description: 'The shared key, or the password of the user: told by this answer alone. Null when the request is repeated.' }),
})

/** What arrives at `port` goes to `server_port` of one of the servers. */
const BalancerRule = z.strictObject({ protocol: z.enum(['tcp', 'udp'], 'invalid'), port: z.int('invalid'), server_port: z.int('invalid') })
const algorithm = z.enum(balancingAlgorithms, 'invalid')
export const LoadBalancer = z.object({
  id: id('lba'),
  ...Thing,
  algorithm,
  address: z.string().nullable(),
  rules: z.array(BalancerRule),
  members: z.array(
    z.object({
      server_id: id('srv'),
      is_healthy: z
        .boolean()
        .nullable()
        .meta({ description: 'Whether it gets connections now; null in a list, and while the cloud does not tell.' }),
    }),
  ),
})

/** A record of a zone, relative to it; `@` is the zone itself. */
const Record = z.strictObject({ name: text, type: z.enum(recordTypes, 'invalid'), ttl_seconds: z.int('invalid'), value: text })
export const DnsZone = z.object({ id: id('dns'), ...Thing, records: z.array(Record) })
export const DnsRecords = z.object({ zone_id: id('dns'), records: z.array(Record) })

/** Traffic that is let through. Ports are of TCP and UDP only; `range` is the far side. */
const Rule = z.strictObject({
  direction: z.enum(['in', 'out'], 'invalid'),
  protocol: z.enum(['tcp', 'udp', 'icmp'], 'invalid'),
  first_port: port,
  last_port: port,
  range: text,
})
export const Firewall = z.object({ server_id: id('srv'), rules: z.array(Rule) })

const serverId = id('srv')
const size = z.int('invalid').meta({ description: 'GiB.' })
const location = text.meta({ description: 'The code of a location of a plan.' })

/** What is told when something is asked for. */
export const Asked = {
  nothing: null,
  volume: z.strictObject({ name: text, location, size_gib: size }),
  size: z.strictObject({ size_gib: size }),
  server: z.strictObject({ server_id: serverId }),
  address: z.strictObject({ location }),
  reverseName: z.strictObject({ reverse_name: text.nullable() }),
  backup: z.strictObject({ server_id: serverId, name: text }),
  restore: z.strictObject({ backup_id: id('bak') }),
  rebuild: z.strictObject({ image: text.meta({ description: 'The code of an image of a plan, or the id of a private one.' }) }),
  imageOf: z.strictObject({ server_id: serverId, name: text }),
  imageFrom: z.strictObject({ name: text, location, url: text }),
  network: z.strictObject({ name: text, location, range: text }),
  vpnUser: z.strictObject({ user: text.meta({ description: '3 to 32 small letters, digits, dots, hyphens, underscores or @.' }) }),
  balancer: z.strictObject({ name: text, location, algorithm, rules: z.array(BalancerRule).max(1_000, 'too-many-rules').default([]) }),
  balancing: z.strictObject({ algorithm, rules: z.array(BalancerRule).max(1_000, 'too-many-rules') }),
  zone: z.strictObject({ domain: text }),
  records: z.strictObject({ records: z.array(Record).max(1_000, 'too-many-records') }),
  rules: z.strictObject({ rules: z.array(Rule).max(1_000, 'too-many-rules') }),
} as const
