import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { CloudParts, CloudRefusal, ThingAnswer } from '#app/ports/cloud-driver.ts'
import type { addressPool } from './address-pool.ts'
import { consoleTickets } from './console-tickets.ts'
import { interfaceVisits } from './interface-visits.ts'
import { lifeOf, sizeAt } from './server-life.ts'
import { metricsOf } from './server-metrics.ts'
import { dataAt, endOf, type ThingData } from './thing-file.ts'
import { type ThingBench, thingOperations } from './things.ts'
import { simulatedVpn } from './vpn.ts'

type Parts = Omit<CloudParts, 'resize'>
type Bench = ThingBench & {
  readonly addresses: ReturnType<typeof addressPool>
  readonly directoryOf: (kind: 'console' | 'visits') => string
}
type Operations = ReturnType<typeof thingOperations>

/** Everything the simulated cloud offers beside servers and their sizes. */
export function simulatedParts(bench: Bench): Parts {
  const operations = thingOperations(bench)
  return {
    ...serverParts(bench, operations),
    ...storageParts(bench, operations),
    ...networkParts(bench, operations),
    console: consoleTickets({ ...bench, directory: bench.directoryOf('console') }),
    'cloud-interface': interfaceVisits({ ...bench, directory: bench.directoryOf('visits') }),
  }
}

function serverParts(
  { servers, files, now, refusalOf }: Bench,
  { onServer, change }: Operations,
): Pick<Parts, 'rebuild' | 'firewall' | 'reverse-dns' | 'metrics'> {
  const at = () => now().toISOString()
  return {
    rebuild: (ref, image) => onServer('rebuild', ref, { at: at(), action: 'rebuild', image }),
    firewall: {
      set: (ref, rules) => onServer('set-firewall', ref, { at: at(), action: 'firewall', rules }),
      async read(ref) {
        const story = await servers.read(ref)
        return story?.events.findLast((event) => event.action === 'firewall')?.rules ?? []
      },
    },
    'reverse-dns': {
      async set(ref, name) {
        if (await servers.read(ref)) return onServer('set-reverse-name', ref, { at: at(), action: 'reverse-name', name })
        return change('set-reverse-name', ref, async () => ({ reverseName: name }))
      },
      async read(ref) {
        const server = await servers.read(ref)
        if (server) return server.events.findLast((event) => event.action === 'reverse-name')?.name ?? null
        const thing = await files.read(ref)
        return thing ? (dataAt(thing, now().getTime()).reverseName ?? null) : null
      },
    },
    async metrics(ref, { from, to, stepMinutes }) {
      refusalOf('metrics', ref)
      const story = await servers.read(ref)
      const window = { start: from.getTime(), end: to.getTime() }
      return story ? metricsOf(story, { window, stepMs: stepMinutes * 60_000, now: now() }) : []
    },
  }
}

const sizeOfRegistered = 2

function storageParts({ servers, files, now }: Bench, operations: Operations): Pick<Parts, 'backups' | 'volumes' | 'images'> {
  const { make, change, remove, workable, attach, detach, onServer } = operations

  /** A copy of a server's disk, as large as a third of it. */
  async function copyOf(serverRef: string): Promise<Result<ThingData, CloudRefusal>> {
    const story = await workable(serverRef)
    if (typeof story === 'string') return err(story)
    return ok({ serverRef, sizeGib: Math.ceil(sizeAt(story, now().getTime()).diskGib / 3) })
  }

  return {
    backups: {
      take: (spec, serverRef) => make({ operation: 'take-backup', kind: 'backup', spec }, () => copyOf(serverRef)),
      async restore(ref, serverRef) {
        const backup = await files.read(ref)
        if (!backup || endOf(backup) <= now().getTime() || backup.data.serverRef !== serverRef) return err('not-there')
        return onServer('restore-backup', serverRef, { at: now().toISOString(), action: 'restore', backup: ref })
      },
      remove: (ref) => remove('delete-backup', ref),
    },
    volumes: {
      create: (spec, sizeGib) => make({ operation: 'create-volume', kind: 'volume', spec }, async () => ok({ sizeGib, serverRef: null })),
      attach: (ref, serverRef) => attach('attach-volume', ref, serverRef),
      detach: (ref) => detach('detach-volume', ref),
      resize: (ref, sizeGib) =>
        change('resize-volume', ref, async (data) => {
          if (data.sizeGib === sizeGib) return null
          return (data.sizeGib ?? 0) > sizeGib ? 'wrong-state' : { sizeGib }
        }),
      async remove(ref) {
        const story = await files.read(ref)
        const holder = story && dataAt(story, now().getTime()).serverRef
        const server = holder ? await servers.read(holder) : undefined
        const isHeld = server !== undefined && lifeOf(server, now()).state !== 'deleted'
        return remove('delete-volume', ref, () => !isHeld)
      },
    },
    images: {
      make: (spec, serverRef) => make({ operation: 'make-image', kind: 'image', spec }, () => copyOf(serverRef)),
      register: (spec, url) =>
        make({ operation: 'register-image', kind: 'image', spec }, async () => ok({ image: url, sizeGib: sizeOfRegistered })),
      remove: (ref) => remove('delete-image', ref),
    },
  }
}

type NetworkParts = Pick<Parts, 'addresses' | 'networks' | 'vpn' | 'load-balancers' | 'dns'>

function networkParts(bench: Bench, operations: Operations): NetworkParts {
  const { servers, files, addresses, now } = bench
  const { make, change, remove, attach, detach } = operations
  const { join, leave } = memberOperations(operations)

  /** What a thing with a public address of its own begins with. */
  async function withAddress(ref: string, data: ThingData): Promise<Result<ThingData, CloudRefusal>> {
    const address = await addresses.claim(ref)
    return address === undefined ? err('no-capacity') : ok({ address, ...data })
  }

  async function removeWithAddress(operation: string, ref: string): ThingAnswer {
    const story = await files.read(ref)
    const removed = await remove(operation, ref)
    if (removed.ok && story?.data.address) await addresses.release(story.data.address, ref)
    return removed
  }

  return {
    addresses: {
      acquire: (spec) =>
        make({ operation: 'acquire-address', kind: 'address', spec }, (ref) => withAddress(ref, { serverRef: null, reverseName: null })),
      attach: (ref, serverRef) => attach('attach-address', ref, serverRef),
      detach: (ref) => detach('detach-address', ref),
      release: (ref) => removeWithAddress('release-address', ref),
    },
    networks: {
      create: (spec, range) => make({ operation: 'create-network', kind: 'network', spec }, async () => ok({ range, members: [] })),
      join: (ref, serverRef) => join('join-network', ref, serverRef),
      leave: (ref, serverRef) => leave('leave-network', ref, serverRef),
      async remove(ref) {
        const story = await files.read(ref)
        const held = story && dataAt(story, now().getTime()).vpn
        const removed = await remove('delete-network', ref, ({ members = [] }) => members.length === 0)
        if (removed.ok && held) await addresses.release(held.address, ref)
        return removed
      },
    },
    vpn: simulatedVpn(bench, operations),
    'load-balancers': {
      create: (spec, balancing) =>
        make({ operation: 'create-load-balancer', kind: 'load-balancer', spec }, (ref) => withAddress(ref, { balancing, members: [] })),
      set: (ref, balancing) => change('set-load-balancer', ref, async () => ({ balancing })),
      join: (ref, serverRef) => join('join-load-balancer', ref, serverRef),
      leave: (ref, serverRef) => leave('leave-load-balancer', ref, serverRef),
      async health(ref) {
        const story = await files.read(ref)
        const { members = [] } = story ? dataAt(story, now().getTime()) : {}
        const found = await Promise.all(members.map(async (serverRef) => ({ serverRef, server: await servers.read(serverRef) })))
        return found.map(({ serverRef, server }) => ({
          serverRef,
          isHealthy: server !== undefined && lifeOf(server, now()).state === 'running',
        }))
      },
      remove: (ref) => removeWithAddress('delete-load-balancer', ref),
    },
    dns: {
      create: (spec) =>
        make({ operation: 'create-dns-zone', kind: 'dns-zone', spec }, async () => {
          const others = await files.readAll()
          const isTaken = others.some(
            (other) => other.kind === 'dns-zone' && other.spec.name === spec.name && endOf(other) > now().getTime(),
          )
          return isTaken ? err('in-use') : ok({ records: [] })
        }),
      setRecords: (ref, records) => change('set-dns-records', ref, async () => ({ records })),
      async read(ref) {
        const story = await files.read(ref)
        return story ? (dataAt(story, now().getTime()).records ?? []) : []
      },
      remove: (ref) => remove('delete-dns-zone', ref),
    },
  }
}

/** Servers come into a network or behind a load balancer, and leave again. */
function memberOperations({ change, workable }: Operations) {
  return {
    join: (operation: string, ref: string, serverRef: string) =>
      change(operation, ref, async ({ members = [] }) => {
        if (members.includes(serverRef)) return null
        const server = await workable(serverRef)
        return typeof server === 'string' ? server : { members: [...members, serverRef] }
      }),
    leave: (operation: string, ref: string, serverRef: string) =>
      change(operation, ref, async ({ members = [] }) => ({ members: members.filter((member) => member !== serverRef) })),
  }
}
