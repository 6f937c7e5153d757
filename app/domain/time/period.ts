import { invariant } from '../shared/invariant.ts'

/** A half-open span of instants `[start, end)`: the end is not part of it (B16). */
export type Period = { readonly start: Date; readonly end: Date }

/** The span `[start, end)`. @throws InvariantError when it is empty, reversed or not made of real dates. */
export function period(start: Date, end: Date): Period {
  invariant(start.getTime() < end.getTime(), 'period: the end must lie after the start')
  return { start, end }
}

/** Whether `inner` lies wholly inside `outer`. */
export function contains(outer: Period, inner: Period): boolean {
  return outer.start.getTime() <= inner.start.getTime() && inner.end.getTime() <= outer.end.getTime()
}

/** Whether `instant` belongs to `span`: its start does, its end does not. */
export function containsInstant(span: Period, instant: Date): boolean {
  return span.start.getTime() <= instant.getTime() && instant.getTime() < span.end.getTime()
}

/** The part common to both; undefined when they only touch or are apart. */
export function intersect(a: Period, b: Period): Period | undefined {
  const start = a.start.getTime() >= b.start.getTime() ? a.start : b.start
  const end = a.end.getTime() <= b.end.getTime() ? a.end : b.end
  return start.getTime() < end.getTime() ? { start, end } : undefined
}

/** Real length in milliseconds: an hour that a clock change takes or gives counts as it was lived. */
export function lengthMs(span: Period): bigint {
  return BigInt(span.end.getTime() - span.start.getTime())
}

/** `span` cut at every one of `boundaries` inside it; the pieces tile it. Order and repeats of boundaries do not matter. */
export function splitAt(span: Period, boundaries: readonly Date[]): Period[] {
  const inside = boundaries.filter((cut) => cut.getTime() > span.start.getTime() && cut.getTime() < span.end.getTime())
  const instants = [...new Set(inside.map((cut) => cut.getTime()))].sort((a, b) => a - b)
  const starts = [span.start, ...instants.map((ms) => new Date(ms))]
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? span.end }))
}
