import type { ReactNode } from 'react'
import { classNames } from '../base/class-names.ts'

type RadioCardProps = {
  name: string
  value: string
  title: ReactNode
  /** Under the title: what the choice is. */
  detail?: ReactNode
  /** At the end of the card: usually a price. */
  aside?: ReactNode
  isChosen?: boolean
  /** Why the choice is closed; a closed card is shown, not hidden. */
  closedBecause?: string | undefined
  onChoose?: () => void
}

/** One large choice among several: a native radio button, so it works by keyboard and without scripts. */
export function RadioCard({ name, value, title, detail, aside, isChosen, closedBecause, onChoose }: RadioCardProps) {
  const id = `${name}-${value}`
  return (
    <label
      htmlFor={id}
      className={classNames(
        'group flex cursor-pointer items-start gap-3 rounded-card border border-border bg-surface p-4 transition-colors',
        'hover:border-border-strong has-checked:border-accent has-checked:bg-accent-soft',
        'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus',
        closedBecause && 'cursor-not-allowed bg-soft text-muted hover:border-border',
      )}
    >
      <input
        type="radio"
        id={id}
        name={name}
        value={value}
        defaultChecked={isChosen}
        disabled={Boolean(closedBecause)}
        onChange={onChoose}
        aria-describedby={closedBecause ? `${id}-closed` : undefined}
        className="mt-0.5 size-5 shrink-0 accent-accent focus-visible:outline-none"
      />
      <span className="flex min-w-0 grow flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <span className="min-w-0">
          <span className="block font-medium">{title}</span>
          {detail ? <span className="block text-sm text-muted">{detail}</span> : null}
          {closedBecause ? (
            <span id={`${id}-closed`} className="mt-1 block text-sm">
              {closedBecause}
            </span>
          ) : null}
        </span>
        {aside ? <span className="tabular text-sm">{aside}</span> : null}
      </span>
    </label>
  )
}
