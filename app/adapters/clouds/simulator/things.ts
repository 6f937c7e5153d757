import { createHash } from 'node:crypto'
import type { ThingKind } from '#app/domain/cloud/resource-specs.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { CloudRefusal, CloudThing, NewThing, ThingAnswer } from '#app/ports/cloud-driver.ts'
import type { ServerEvent, ServerStory, serverFiles } from './server-file.ts'
import { lifeOf } from './server-life.ts'
import { dataAt, endOf, type ThingData, type ThingStory, type thingFiles, toCloudThing } from './thing-file.ts'

/** What the parts of the simulated cloud share. */
export type ThingBench = {
  readonly files: ReturnType<typeof thingFiles>
  readonly servers: ReturnType<typeof serverFiles>
  readonly now: () => Date
  readonly buildSeconds: number
  /** Throws while the cloud does not answer; tells why it refuses an operation, for tests of refusals. */
  readonly refusalOf: (operation: string, name: string) => CloudRefusal | undefined
}

/** A reference that follows from the caller's key, which is what makes a repeated creation find the first one. */
export function refOf(idempotencyKey: string, kind = 'server'): string {
  const hex = createHash('sha256').update(`${kind} ${idempotencyKey}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Whether a text may be such a reference. */
export function isRef(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
}

type Making = { readonly operation: string; readonly kind: ThingKind; readonly spec: NewThing }

/** The operations that every kind of thing is made of. */
export function thingOperations(bench: ThingBench) {
  const { files, servers, now, buildSeconds, refusalOf } = bench

  async function make({ operation, kind, spec }: Making, dataOf: (ref: string) => Promise<Result<ThingData, CloudRefusal>>): ThingAnswer {
    const refusal = refusalOf(operation, spec.name)
    if (refusal) return err(refusal)
    const ref = refOf(spec.key, kind)
    const known = await files.read(ref)
    if (known) return ok(toCloudThing(known, now()))
    const data = await dataOf(ref)
    if (!data.ok) return data
    const createdAt = now()
    const readyAt = new Date(createdAt.getTime() + buildSeconds * 500)
    const times = { createdAt: createdAt.toISOString(), readyAt: readyAt.toISOString() }
    return ok(toCloudThing(await files.begin({ ref, kind, spec, ...times, data: data.value }), now()))
  }

  /** Notes what a change leaves of a thing, unless `change` refuses it or finds nothing to do. */
  async function change(operation: string, ref: string, by: (data: ThingData) => Promise<ThingData | CloudRefusal | null>): ThingAnswer {
    const story = await files.read(ref)
    const refusal = refusalOf(operation, story?.spec.name ?? ref)
    if (refusal) return err(refusal)
    if (!story) return err('not-there')
    if (endOf(story) <= now().getTime()) return err('wrong-state')
    const data = await by(dataAt(story, now().getTime()))
    if (typeof data === 'string') return err(data)
    if (data) await files.append(ref, { at: now().toISOString(), data })
    return answer(ref, story)
  }

  async function remove(operation: string, ref: string, mayGo: (data: ThingData) => boolean = () => true): ThingAnswer {
    const story = await files.read(ref)
    const refusal = refusalOf(operation, story?.spec.name ?? ref)
    if (refusal) return err(refusal)
    if (!story) return err('not-there')
    if (endOf(story) > now().getTime()) {
      if (!mayGo(dataAt(story, now().getTime()))) return err('in-use')
      await files.append(ref, { at: now().toISOString(), isGone: true })
    }
    return answer(ref, story)
  }

  async function answer(ref: string, story: ThingStory): Promise<Result<CloudThing, never>> {
    return ok(toCloudThing((await files.read(ref)) ?? story, now()))
  }

  /** A server that can be worked on: there, and neither failed nor gone. */
  async function workable(ref: string): Promise<ServerStory | CloudRefusal> {
    const story = await servers.read(ref)
    if (!story) return 'not-there'
    const { state } = lifeOf(story, now())
    return state === 'deleted' || state === 'failed' ? 'wrong-state' : story
  }

  async function onServer(operation: string, ref: string, event: ServerEvent): ThingAnswer {
    const story = await workable(ref)
    const refusal =
      refusalOf(operation, typeof story === 'string' ? ref : story.spec.name) ?? (typeof story === 'string' ? story : undefined)
    if (refusal) return err(refusal)
    await servers.append(ref, event)
    return ok({ ref, state: 'ready' })
  }

  /** Ties a thing to a server, one at a time; a server that is gone holds nothing. */
  function attach(operation: string, ref: string, serverRef: string): ThingAnswer {
    return change(operation, ref, async (data) => {
      if (data.serverRef === serverRef) return null
      const server = await workable(serverRef)
      if (typeof server === 'string') return server
      const holder = data.serverRef ? await workable(data.serverRef) : 'not-there'
      return typeof holder === 'string' ? { serverRef } : 'in-use'
    })
  }

  const detach = (operation: string, ref: string) => change(operation, ref, async (data) => (data.serverRef ? { serverRef: null } : null))
  return { make, change, remove, workable, onServer, attach, detach }
}
