import { NavLink } from '@remix-run/react'
import { classNames } from '../base/class-names.ts'

export type Tab = { to: string; label: string; isEnd?: boolean; count?: number }

/** Tabs that are links: each view has its own address. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav aria-label={label} className="mb-6 overflow-x-auto border-b border-border">
      <ul className="flex gap-6">
        {tabs.map((tab) => (
          <li key={tab.to}>
            <NavLink
              to={tab.to}
              end={tab.isEnd ?? false}
              className={({ isActive }) =>
                classNames(
                  '-mb-px flex h-11 items-center gap-2 border-b-2 border-transparent text-sm font-medium whitespace-nowrap text-muted hover:text-text focus-visible:-outline-offset-2',
                  isActive && 'border-accent text-text',
                )
              }
            >
              {tab.label}
              {tab.count === undefined ? null : <span className="tabular text-muted">{tab.count}</span>}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
