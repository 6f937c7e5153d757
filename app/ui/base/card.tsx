import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

type CardProps = { title?: ReactNode; aside?: ReactNode; children: ReactNode; className?: string; isFlush?: boolean; id?: string }

/** A section with its own border. Flush content, a table for one, meets the border. */
export function Card({ title, aside, children, className, isFlush = false, id }: CardProps) {
  const labelledBy = title && id ? `${id}-title` : undefined
  return (
    <section id={id} aria-labelledby={labelledBy} className={classNames('rounded-card border border-border bg-surface', className)}>
      {title ? (
        <div
          className={classNames('flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 px-card pt-4', isFlush ? 'pb-3' : 'pb-0')}
        >
          <h2 id={labelledBy} className="text-base font-semibold">
            {title}
          </h2>
          {aside ? <div className="text-sm text-muted">{aside}</div> : null}
        </div>
      ) : null}
      <div className={isFlush ? '' : classNames('px-card pb-card', title ? 'pt-4' : 'pt-card')}>{children}</div>
    </section>
  )
}
