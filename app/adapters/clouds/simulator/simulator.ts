import { join } from 'node:path'
import type { Clock } from '#app/ports/clock.ts'
import type { CloudDriver, CloudRefusal, CloudServer, RawUsageRecord, ServerSize, ServerSpec } from '#app/ports/cloud-driver.ts'
import { CloudError } from '../cloud-error.ts'
import { addressPool } from './address-pool.ts'
import { simulatedParts } from './cloud-parts.ts'
import { type ServerBeginning, type ServerEvent, type ServerStory, serverFiles } from './server-file.ts'
import { answersSince, lifeOf, sizeAt, toCloudServer } from './server-life.ts'
import { usageOf } from './server-usage.ts'
import { thingFiles, toCloudThing } from './thing-file.ts'
import { usageOfThing } from './thing-usage.ts'
import { isRef, refOf } from './things.ts'

export type SimulatorOptions = {
  readonly clock: Clock
  /** Where servers are kept, one file each; every process with the same directory sees the same cloud. */
  readonly dataDirectory: string
  readonly buildSeconds?: number
  /** Why a server will fail to build; undefined for one that succeeds. Asked once, when it is created. */
  readonly faultFor?: (spec: ServerSpec) => string | undefined
  /** Why an operation on something of that name is refused; undefined for one that succeeds. */
  readonly refusalFor?: (operation: string, name: string) => CloudRefusal | undefined
  /** Whether nothing ever answers at a port of a server. */
  readonly isSilent?: (spec: ServerSpec, port: number) => boolean
  /** While true, every call fails as if the cloud did not answer. */
  readonly isDown?: () => boolean
}

const pageSize = 500

/**
 * A cloud without machines: its servers have a persistent state that changes with the clock, addresses from the documentation
 * ranges, and metered usage that follows from their lives.
 */
export function cloudSimulator(options: SimulatorOptions): CloudDriver {
  const { clock, dataDirectory, buildSeconds = 4, faultFor, refusalFor, isSilent } = options
  const files = serverFiles(join(dataDirectory, 'servers'))
  const things = thingFiles(join(dataDirectory, 'things'))
  const addresses = addressPool(join(dataDirectory, 'addresses'))

  async function createServer(spec: ServerSpec): Promise<CloudServer> {
    assertUp(options)
    const ref = refOf(spec.idempotencyKey)
    const known = await files.read(ref)
    if (known) return toCloudServer(known, clock.now())

    const fault = faultFor?.(spec) ?? (await imageFault(things, spec, clock.now()))
    const address = fault === undefined ? await addresses.claim(ref) : undefined
    return toCloudServer(await files.begin(beginningOf({ ref, spec, address, fault, createdAt: clock.now(), buildSeconds })), clock.now())
  }

  async function existing(ref: string): Promise<ServerStory> {
    assertUp(options)
    const story = await files.read(ref)
    if (!story) throw new CloudError('no-such-server', `simulator: there is no server ${ref}`)
    return story
  }

  /** Notes an event unless it would change nothing, which `eventAt` says with null. */
  async function act(ref: string, eventAt: (story: ServerStory, now: Date) => ServerEvent | null): Promise<CloudServer> {
    const story = await existing(ref)
    const now = clock.now()
    const { state } = lifeOf(story, now)
    if (state === 'deleted' || state === 'failed') throw new CloudError('wrong-state', `simulator: cannot change a ${state} server`)
    const event = eventAt(story, now)
    if (event) await files.append(ref, event)
    return toCloudServer((await files.read(ref)) ?? story, now)
  }

  async function destroyServer(ref: string): Promise<CloudServer> {
    const story = await existing(ref)
    if (lifeOf(story, clock.now()).state !== 'deleted') await files.append(ref, { at: clock.now().toISOString(), action: 'destroy' })
    if (story.address !== undefined) await addresses.release(story.address, ref)
    return toCloudServer((await files.read(ref)) ?? story, clock.now())
  }

  const parts = simulatedParts({
    files: things,
    servers: files,
    addresses,
    buildSeconds,
    now: () => clock.now(),
    directoryOf: (kind) => join(dataDirectory, kind),
    refusalOf(operation, name) {
      assertUp(options)
      return refusalFor?.(operation, name)
    },
  })
  return {
    parts: { ...parts, resize: (ref, size) => act(ref, resizeEvent(size)) },
    createServer,
    destroyServer,
    async getServer(ref) {
      assertUp(options)
      const story = await files.read(ref)
      return story && toCloudServer(story, clock.now())
    },
    async answersAt(ref, port) {
      const story = await existing(ref)
      return answersSince(story, clock.now()) && !isSilent?.(story.spec, port)
    },
    startServer: (ref) => act(ref, powerEvent('start')),
    stopServer: (ref) => act(ref, powerEvent('stop')),
    rebootServer: (ref) => act(ref, powerEvent('reboot')),
    async getThing(ref) {
      assertUp(options)
      const story = await things.read(ref)
      return story && toCloudThing(story, clock.now())
    },
    async *fetchUsage(query) {
      assertUp(options)
      const asked = { query, now: clock.now() }
      for (const story of await files.readAll()) yield* pagesOf(usageOf(story, asked))
      for (const story of await things.readAll()) yield* pagesOf(usageOfThing(story, asked))
    },
  }
}

function assertUp({ isDown }: SimulatorOptions): void {
  if (isDown?.()) throw new CloudError('unavailable', 'simulator: the cloud does not answer', { isTransient: true })
}

/** Why a server cannot be built from what is a private image, or was one; undefined for a public one. */
async function imageFault(things: ReturnType<typeof thingFiles>, { image, diskGib }: ServerSpec, now: Date): Promise<string | undefined> {
  if (!isRef(image)) return undefined
  const own = await things.read(image)
  const { state, sizeGib = 0 } = own ? toCloudThing(own, now) : {}
  if (own?.kind !== 'image' || state !== 'ready') return 'the image is not there'
  return sizeGib > diskGib ? 'the image does not fit on the disk' : undefined
}

type Beginning = {
  readonly ref: string
  readonly spec: ServerSpec
  readonly address: string | undefined
  readonly fault: string | undefined
  readonly createdAt: Date
  readonly buildSeconds: number
}

function beginningOf({ ref, spec, address, fault, createdAt, buildSeconds }: Beginning): ServerBeginning {
  const reason = fault ?? (address === undefined ? 'no address is left' : undefined)
  return {
    ref,
    spec,
    createdAt: createdAt.toISOString(),
    readyAt: new Date(createdAt.getTime() + buildSeconds * 1000).toISOString(),
    ...(address !== undefined && { address }),
    ...(reason !== undefined && { fault: reason }),
  }
}

function* pagesOf(records: readonly RawUsageRecord[]) {
  for (let start = 0; start < records.length; start += pageSize) yield records.slice(start, start + pageSize)
}

/** A server that is off stays off: rebooting it is nothing to note. */
function powerEvent(action: 'start' | 'stop' | 'reboot') {
  return (story: ServerStory, now: Date): ServerEvent | null => {
    const { state } = lifeOf(story, now)
    const isDone = action === 'start' ? state === 'running' : state === 'stopped'
    return isDone ? null : { at: now.toISOString(), action }
  }
}

/** A disk keeps its size when the new one is smaller. */
function resizeEvent({ cpuNumber, memoryMib, diskGib }: ServerSize) {
  return (story: ServerStory, now: Date): ServerEvent | null => {
    const known = sizeAt(story, now.getTime())
    const size = { cpuNumber, memoryMib, diskGib: Math.max(diskGib, known.diskGib) }
    const isDone = size.cpuNumber === known.cpuNumber && size.memoryMib === known.memoryMib && size.diskGib === known.diskGib
    return isDone ? null : { at: now.toISOString(), action: 'resize', size }
  }
}
