import { Check, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from './class-names.ts'
import { DateTime } from './date-time.tsx'

export type StepState = 'done' | 'current' | 'waiting' | 'failed'
export type Step = { key: string; title: ReactNode; detail?: ReactNode; state: StepState; at?: Date | undefined }

const marks: Record<StepState, string> = {
  done: 'border-positive bg-positive text-surface',
  current: 'border-accent text-accent',
  waiting: 'border-border text-muted',
  failed: 'border-critical bg-critical text-surface',
}

/** The stations of one piece of work, in order, each with its state in words and its time. */
export function Steps({ steps }: { steps: readonly Step[] }) {
  const { t } = useTranslation('common')
  return (
    <ol className="flex flex-col">
      {steps.map((step, index) => (
        <li
          key={step.key}
          aria-current={step.state === 'current' ? 'step' : undefined}
          className="relative flex gap-4 pb-6 last:pb-0 not-last:before:absolute not-last:before:start-[0.8125rem] not-last:before:top-8 not-last:before:bottom-1 not-last:before:w-px not-last:before:bg-border"
        >
          <Mark state={step.state} number={index + 1} />
          <div className="grow pt-0.5">
            <div className="flex flex-wrap items-baseline justify-between gap-x-4">
              <p className={classNames('font-medium', step.state === 'waiting' && 'text-muted')}>
                {step.title} <span className="sr-only">({t(`step.${step.state}`)})</span>
              </p>
              {step.at ? (
                <span className="text-sm text-muted">
                  <DateTime instant={step.at} />
                </span>
              ) : null}
            </div>
            {step.detail ? <div className="text-sm text-muted">{step.detail}</div> : null}
          </div>
        </li>
      ))}
    </ol>
  )
}

function Mark({ state, number }: { state: StepState; number: number }) {
  return (
    <span
      aria-hidden
      className={classNames(
        'relative flex size-7 shrink-0 items-center justify-center rounded-full border-2 bg-surface text-sm',
        marks[state],
      )}
    >
      {state === 'current' ? <span className="absolute -inset-1.5 animate-ping rounded-full border border-accent opacity-30" /> : null}
      <MarkSign state={state} number={number} />
    </span>
  )
}

function MarkSign({ state, number }: { state: StepState; number: number }) {
  if (state === 'done') return <Check className="size-4" />
  if (state === 'failed') return <X className="size-4" />
  return <span className="tabular">{number}</span>
}
