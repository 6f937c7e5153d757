import { Link } from '@remix-run/react'
import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

export type Crumb = { label: ReactNode; to?: string }

/** The way here, outermost first. The page itself stands in the heading and is not repeated. */
export function Breadcrumb({ crumbs }: { crumbs: readonly Crumb[] }) {
  const { t } = useTranslation('common')
  return (
    <nav aria-label={t('breadcrumb')} className="-mb-2">
      <ol className="flex flex-wrap items-center gap-1 text-sm text-muted">
        {crumbs.map((crumb) => (
          <li key={crumb.to ?? 'here'} className="flex items-center gap-1">
            {crumb.to ? (
              <Link to={crumb.to} className="rounded-tag py-0.5 hover:text-text hover:underline">
                {crumb.label}
              </Link>
            ) : (
              crumb.label
            )}
            <ChevronRight aria-hidden className="size-3.5 rtl:-scale-x-100" />
          </li>
        ))}
      </ol>
    </nav>
  )
}
