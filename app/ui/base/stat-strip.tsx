import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

export type Stat = { label: ReactNode; value: ReactNode; note?: ReactNode; isMain?: boolean }

/** A few figures on one line, told apart by hairlines; the main one is larger. On a phone two beside each other, a last one alone. */
export function StatStrip({ stats }: { stats: readonly Stat[] }) {
  const isLastAlone = stats.filter(({ isMain }) => !isMain).length % 2 === 1
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-card border border-border bg-border lg:flex">
      {stats.map((stat, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: the figures of a strip keep their order -- no other key exists
          key={index}
          className={classNames(
            'grow bg-surface px-card py-4',
            stat.isMain && 'lg:basis-1/4',
            (stat.isMain || (isLastAlone && index === stats.length - 1)) && 'max-lg:col-span-2',
          )}
        >
          <dt className="text-sm text-muted">{stat.label}</dt>
          <dd className={classNames('tabular mt-1 font-semibold', stat.isMain ? 'text-2xl' : 'text-lg')}>{stat.value}</dd>
          {stat.note ? <dd className="mt-1 text-sm text-muted">{stat.note}</dd> : null}
        </div>
      ))}
    </dl>
  )
}
