import type { ReactNode } from 'react'
import { Breadcrumb, type Crumb } from './breadcrumb.tsx'

export type Fact = { label: ReactNode; value: ReactNode }

type PageHeaderProps = {
  title: ReactNode
  /** Beside the title: a state, a count. */
  beside?: ReactNode
  /** Under the title: the id, or one sentence. */
  below?: ReactNode
  crumbs?: readonly Crumb[]
  actions?: ReactNode
  facts?: readonly Fact[]
}

/** The head every page of panel and office shares: where am I, what is it, its state, its deeds, its main figures. */
export function PageHeader({ title, beside, below, crumbs, actions, facts }: PageHeaderProps) {
  return (
    <div className="mb-6 flex flex-col gap-4">
      {crumbs ? <Breadcrumb crumbs={crumbs} /> : null}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="text-xl font-semibold break-words">{title}</h1>
            {beside}
          </div>
          {below ? <div className="mt-1 text-sm text-muted">{below}</div> : null}
        </div>
        {actions ? <div className="no-print flex flex-wrap items-center gap-2">{actions}</div> : null}
      </div>
      {facts ? <Facts facts={facts} /> : null}
    </div>
  )
}

/** Four to six facts in one row, wrapping on a phone. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4 border-y border-border py-4 sm:flex sm:flex-wrap sm:gap-x-10">
      {facts.map((fact, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the facts of a page keep their order -- no other key exists
        <div key={index} className="min-w-0">
          <dt className="small-label">{fact.label}</dt>
          <dd className="mt-1 text-sm font-medium break-words">{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}
