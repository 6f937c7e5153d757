import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Clock } from '#app/ports/clock.ts'
import type { CloudDriver, CloudServer, ServerSpec } from '#app/ports/cloud-driver.ts'
import { CloudError } from '../cloud-error.ts'
import { addressPool } from './address-pool.ts'
import { type ServerAction, type ServerStory, serverFiles } from './server-file.ts'
import { lifeOf, toCloudServer } from './server-life.ts'
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

  /** Notes the action unless it would change nothing. */
  async function act(ref: string, action: ServerAction): Promise<CloudServer> {
    const story = await existing(ref)
    const now = clock.now()
    const { state } = lifeOf(story, now)
    if (state === 'deleted' || state === 'failed') throw new CloudError('wrong-state', `simulator: cannot ${action} a ${state} server`)
    if (isDone(action, state)) return toCloudServer(story, now)
    await files.append(ref, { at: now.toISOString(), action })
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
    startServer: (ref) => act(ref, 'start'),
    stopServer: (ref) => act(ref, 'stop'),
    rebootServer: (ref) => act(ref, 'reboot'),
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
function isDone(action: ServerAction, state: CloudServer['state']): boolean {
  return action === 'start' ? state === 'running' : action !== 'destroy' && state === 'stopped'
}

/** The server's reference follows from the caller's key, which is what makes a repeated creation find the first server. */
function refOf(idempotencyKey: string): string {
  const hex = createHash('sha256').update(`server ${idempotencyKey}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
