import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Clock } from '#app/ports/clock.ts'
import type { CloudDriver, CloudServer, ServerSize, ServerSpec } from '#app/ports/cloud-driver.ts'
import { CloudError } from '../cloud-error.ts'
import { addressPool } from './address-pool.ts'
import { type ServerEvent, type ServerStory, serverFiles } from './server-file.ts'
import { lifeOf, sizeAt, toCloudServer } from './server-life.ts'
import { usageOf } from './server-usage.ts'

export type SimulatorOptions = {
  readonly clock: Clock
  /** Where servers are kept, one file each; every process with the same directory sees the same cloud. */
  readonly dataDirectory: string
  readonly buildSeconds?: number
  /** Why a server will fail to build; undefined for one that succeeds. Asked once, when it is created. */
  readonly faultFor?: (spec: ServerSpec) => string | undefined
  /** While true, every call fails as if the cloud did not answer. */
  readonly isDown?: () => boolean
}

const pageSize = 500

/**
 * A cloud without machines: its servers have a persistent state that changes with the clock, addresses from the documentation
 * ranges, and metered usage that follows from their lives.
 */
export function cloudSimulator(options: SimulatorOptions): CloudDriver {
  const { clock, dataDirectory, buildSeconds = 4, faultFor, isDown } = options
  const files = serverFiles(join(dataDirectory, 'servers'))
  const addresses = addressPool(join(dataDirectory, 'addresses'))

  function assertUp(): void {
    if (isDown?.()) throw new CloudError('unavailable', 'simulator: the cloud does not answer', { isTransient: true })
  }

  async function createServer(spec: ServerSpec): Promise<CloudServer> {
    assertUp()
    const ref = refOf(spec.idempotencyKey)
    const known = await files.read(ref)
    if (known) return toCloudServer(known, clock.now())

    const createdAt = clock.now()
    const fault = faultFor?.(spec)
    const address = fault === undefined ? await addresses.claim(ref) : undefined
    const reason = fault ?? (address === undefined ? 'no address is left' : undefined)
    const story = await files.begin({
      ref,
      spec,
      createdAt: createdAt.toISOString(),
      readyAt: new Date(createdAt.getTime() + buildSeconds * 1000).toISOString(),
      ...(address !== undefined && { address }),
      ...(reason !== undefined && { fault: reason }),
    })
    return toCloudServer(story, clock.now())
  }

  async function existing(ref: string): Promise<ServerStory> {
    assertUp()
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

  return {
    createServer,
    destroyServer,
    async getServer(ref) {
      assertUp()
      const story = await files.read(ref)
      return story && toCloudServer(story, clock.now())
    },
    startServer: (ref) => act(ref, powerEvent('start')),
    stopServer: (ref) => act(ref, powerEvent('stop')),
    rebootServer: (ref) => act(ref, powerEvent('reboot')),
    resizeServer: (ref, size) => act(ref, resizeEvent(size)),
    async *fetchUsage(query) {
      assertUp()
      const now = clock.now()
      for (const story of await files.readAll()) {
        const records = usageOf(story, { query, now })
        for (let start = 0; start < records.length; start += pageSize) yield records.slice(start, start + pageSize)
      }
    },
  }
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

/** The server's reference follows from the caller's key, which is what makes a repeated creation find the first server. */
function refOf(idempotencyKey: string): string {
  const hex = createHash('sha256').update(`server ${idempotencyKey}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
