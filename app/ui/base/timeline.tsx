import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { DateTime } from './date-time.tsx'
import type { Tone } from './state.tsx'

export type TimelineEntry = { key: string; at: Date; title: ReactNode; detail?: ReactNode; tone?: Tone }

const dots: Record<Tone, string> = {
  neutral: 'bg-border-strong',
  positive: 'bg-positive',
  warning: 'bg-warning',
  critical: 'bg-critical',
  info: 'bg-info',
}

/** What happened, newest first. */
export function Timeline({ label, entries }: { label: string; entries: readonly TimelineEntry[] }) {
  return (
    <ol aria-label={label} className="flex flex-col">
      {entries.map((entry) => (
        <li
          key={entry.key}
          className="relative flex gap-4 pb-5 ps-1 last:pb-0 not-last:before:absolute not-last:before:start-[0.4375rem] not-last:before:top-4 not-last:before:bottom-0 not-last:before:w-px not-last:before:bg-border"
        >
          <span aria-hidden className={classNames('mt-1.5 size-2 shrink-0 rounded-full', dots[entry.tone ?? 'neutral'])} />
          <div className="min-w-0 grow text-sm">
            <div className="flex flex-wrap justify-between gap-x-4">
              <p className="font-medium">{entry.title}</p>
              <span className="text-muted">
                <DateTime instant={entry.at} />
              </span>
            </div>
            {entry.detail ? <div className="text-muted">{entry.detail}</div> : null}
          </div>
        </li>
      ))}
    </ol>
  )
}
