import type { FirewallRule } from '#app/domain/cloud/firewall.ts'
import type { ThingKind } from '#app/domain/cloud/resource-specs.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import type { ThingOf } from '../cloud-things/shape.ts'
import { amount, resourceId } from './views.ts'

const serverId = (id: string | null) => id && toPublicId('resource', id)

function common({ id, accountId, name, state, pendingAction, location, costSoFar, createdAt }: ThingOf, kind: ThingKind) {
  return {
    id: resourceId({ id, kind }),
    account_id: toPublicId('account', accountId),
    name,
    state,
    location,
    pending_action: pendingAction,
    cost_so_far: amount(costSoFar),
    created_at: createdAt.toISOString(),
  }
}

const views = {
  volume: (thing: ThingOf<'volume'>) => ({
    ...common(thing, 'volume'),
    size_gib: thing.spec.sizeGib,
    server_id: serverId(thing.spec.serverId),
  }),
  address: (thing: ThingOf<'address'>) => ({
    ...common(thing, 'address'),
    address: thing.address,
    server_id: serverId(thing.spec.serverId),
    reverse_name: thing.spec.reverseName,
  }),
  backup: (thing: ThingOf<'backup'>) => ({
    ...common(thing, 'backup'),
    server_id: serverId(thing.spec.serverId),
    size_gib: thing.spec.sizeGib,
    is_scheduled: thing.spec.isScheduled,
  }),
  image: (thing: ThingOf<'image'>) => ({ ...common(thing, 'image'), size_gib: thing.spec.sizeGib }),
  network: (thing: ThingOf<'network'>) => ({
    ...common(thing, 'network'),
    range: thing.spec.range,
    server_ids: thing.spec.serverIds.map((id) => toPublicId('resource', id)),
  }),
  'load-balancer': (thing: ThingOf<'load-balancer'>, healthy: readonly string[] | null) => ({
    ...common(thing, 'load-balancer'),
    address: thing.address,
    algorithm: thing.spec.algorithm,
    rules: thing.spec.rules.map(({ protocol, port, serverPort }) => ({ protocol, port, server_port: serverPort })),
    members: thing.spec.serverIds.map((id) => ({ server_id: toPublicId('resource', id), is_healthy: healthy?.includes(id) ?? null })),
  }),
  'dns-zone': (thing: ThingOf<'dns-zone'>) => ({ ...common(thing, 'dns-zone'), records: recordsOf(thing) }),
}

/** A thing of a kind, as the API writes it; `healthy` are the servers behind a load balancer that get connections, where that is known. */
export function thingView(kind: ThingKind, thing: ThingOf, healthy: readonly string[] | null = null): object {
  return (views[kind] as (of: ThingOf, healthy: readonly string[] | null) => object)(thing, healthy)
}

const recordsOf = ({ spec }: ThingOf<'dns-zone'>) =>
  spec.records.map(({ name, type, ttlSeconds, value }) => ({ name, type, ttl_seconds: ttlSeconds, value }))

/** The way into a network from outside. */
export function vpnView({ id, spec: { vpn } }: ThingOf<'network'>) {
  return {
    network_id: resourceId({ id, kind: 'network' }),
    is_on: vpn !== null,
    address: vpn?.address ?? null,
    protocol: vpn?.protocol ?? null,
    users: (vpn?.users ?? []).map(({ name, addedAt }) => ({ name, added_at: addedAt })),
  }
}

/** The records of a zone alone. */
export function recordsView(zone: ThingOf<'dns-zone'>) {
  return { zone_id: resourceId({ id: zone.id, kind: 'dns-zone' }), records: recordsOf(zone) }
}

/** What is let through to and from a server. */
export function firewallView(id: string, rules: readonly FirewallRule[]) {
  return {
    server_id: toPublicId('resource', id),
    rules: rules.map(({ direction, protocol, firstPort, lastPort, range }) => ({
      direction,
      protocol,
      range,
      first_port: firstPort,
      last_port: lastPort,
    })),
  }
}
