import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

export type Tone = 'neutral' | 'positive' | 'warning' | 'critical' | 'info'

const dots: Record<Tone, string> = {
  neutral: 'bg-transparent ring-[1.5px] ring-inset ring-border-strong',
  positive: 'bg-positive',
  warning: 'bg-warning',
  critical: 'bg-critical',
  info: 'bg-info',
}
const soft: Record<Tone, string> = {
  neutral: 'bg-soft text-text',
  positive: 'bg-positive-soft text-positive',
  warning: 'bg-warning-soft text-warning',
  critical: 'bg-critical-soft text-critical',
  info: 'bg-info-soft text-info',
}

/** A state in a table: a dot and a word, so that the colour is never the only sign. */
export function State({ tone, children, isMoving = false }: { tone: Tone; children: ReactNode; isMoving?: boolean }) {
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap">
      <span aria-hidden className={classNames('size-2 shrink-0 rounded-full', dots[tone], isMoving && 'animate-pulse')} />
      <span>{children}</span>
    </span>
  )
}

/** A state beside a heading, or a count: the word on a soft ground. */
export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={classNames('inline-flex items-center rounded-tag px-2 py-0.5 text-xs font-medium whitespace-nowrap', soft[tone])}>
      {children}
    </span>
  )
}
