import { createHash } from 'node:crypto'
import type { MetricPoint } from '#app/ports/cloud-driver.ts'
import { overlapMs } from './hourly-usage.ts'
import type { ServerStory } from './server-file.ts'
import { lifeOf, type Span } from './server-life.ts'
import { sentBytes } from './server-usage.ts'

/** What a server did, step by step: it follows from its life and is the same each time; nothing while it was off. */
export function metricsOf(story: ServerStory, { window, stepMs, now }: { window: Span; stepMs: number; now: Date }): MetricPoint[] {
  if (story.fault !== undefined) return []
  const { allocated, running } = lifeOf(story, now)
  const points: MetricPoint[] = []
  for (let start = window.start; start + stepMs <= Math.min(window.end, now.getTime()); start += stepMs) {
    const step = { start, end: start + stepMs }
    if (step.end <= allocated.start || step.start >= allocated.end) continue
    points.push(
      pointOf(
        story,
        step,
        running.reduce((sum, span) => sum + overlapMs(step, span), 0),
      ),
    )
  }
  return points
}

function pointOf(story: ServerStory, step: Span, runningMs: number): MetricPoint {
  const seconds = (step.end - step.start) / 1_000
  const share = runningMs / (step.end - step.start)
  const mood = createHash('sha256').update(`${story.ref} cpu ${step.start}`).digest()
  const sent = sentBytes(story, { ...step, runningMs }) / seconds
  return {
    at: new Date(step.start),
    cpuPercent: Math.round(Math.min(96, 3 + (mood.readUInt8(0) % 12) + sent / 2_000) * share * 10) / 10,
    diskBytes: Math.round((200_000 + sent * (1 + (mood.readUInt8(1) % 3))) * share),
    sentBytes: Math.round(sent),
    receivedBytes: Math.round(sent / 6),
  }
}
