import type { CloudServer, ServerSize, ServerState } from '#app/ports/cloud-driver.ts'
import type { ServerEvent, ServerStory } from './server-file.ts'

/** Half-open span in milliseconds. */
export type Span = { readonly start: number; readonly end: number }

export type ServerLife = {
  readonly state: ServerState
  /** From creation to deletion; `end` is infinite while it exists. */
  readonly allocated: Span
  /** When it was powered on, oldest first. */
  readonly running: readonly Span[]
}

/**
 * The life of a server up to `now`, from its story alone: building until it is ready, then running until told otherwise. Actions on a
 * server that is building take effect once it is ready; a failed server never runs.
 */
export function lifeOf(story: ServerStory, now: Date): ServerLife {
  const created = Date.parse(story.createdAt)
  const ready = Date.parse(story.readyAt)
  const events = story.events.map(({ at, action }) => ({ at: Date.parse(at), action })).filter(({ at }) => at <= now.getTime())
  const destroyed = events.find(({ action }) => action === 'destroy')?.at ?? Number.POSITIVE_INFINITY
  const allocated = { start: created, end: destroyed }
  if (story.fault !== undefined) return { state: stateOf({ now, ready, destroyed, lastState: 'failed' }), allocated, running: [] }

  const { running, isOn } = powerSpans(events, ready, destroyed)
  return { state: stateOf({ now, ready, destroyed, lastState: isOn ? 'running' : 'stopped' }), allocated, running }
}

type Moment = { readonly at: number; readonly action: ServerEvent['action'] }

function powerSpans(events: readonly Moment[], ready: number, destroyed: number): { running: Span[]; isOn: boolean } {
  const running: Span[] = []
  let onSince: number | undefined = ready
  for (const { at, action } of events) {
    const instant = Math.max(at, ready)
    if (at >= destroyed) break
    if (action === 'start') onSince ??= instant
    if (action === 'stop' && onSince !== undefined) {
      running.push({ start: onSince, end: instant })
      onSince = undefined
    }
  }
  if (onSince !== undefined) running.push({ start: onSince, end: destroyed })
  return { running: running.filter(({ start, end }) => end > start), isOn: onSince !== undefined }
}

function stateOf(known: { now: Date; ready: number; destroyed: number; lastState: ServerState }): ServerState {
  if (known.destroyed <= known.now.getTime()) return 'deleted'
  return known.now.getTime() < known.ready ? 'building' : known.lastState
}

/** How long the software of a server takes to start, after the server has. */
const bootMs = 2_000

/** Whether the software of a running server has had its time to start since it was built, started or begun anew. */
export function answersSince(story: ServerStory, now: Date): boolean {
  if (lifeOf(story, now).state !== 'running') return false
  const begun = story.events.findLast(({ action }) => action === 'start' || action === 'reboot' || action === 'rebuild')?.at
  return now.getTime() >= Math.max(Date.parse(story.readyAt), begun ? Date.parse(begun) : 0) + bootMs
}

/** The sizes a server had, oldest first, each from its instant in milliseconds on. */
export function sizesOf({ spec, createdAt, events }: ServerStory): { readonly from: number; readonly size: ServerSize }[] {
  const resized = events.flatMap((event) => (event.action === 'resize' ? [{ from: Date.parse(event.at), size: event.size }] : []))
  return [{ from: Date.parse(createdAt), size: spec }, ...resized]
}

/** The size a server has at `instant`, in milliseconds. */
export function sizeAt(story: ServerStory, instant: number): ServerSize {
  return sizesOf(story).findLast(({ from }) => from <= instant)?.size ?? story.spec
}

/** A server as the port tells it. */
export function toCloudServer(story: ServerStory, now: Date): CloudServer {
  const { state } = lifeOf(story, now)
  return {
    ref: story.ref,
    state,
    createdAt: new Date(story.createdAt),
    ...(story.address !== undefined && { address: story.address }),
    ...(state === 'failed' && story.fault !== undefined && { fault: story.fault }),
  }
}
