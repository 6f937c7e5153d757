import { Link, useSearchParams } from '@remix-run/react'
import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'

export type ActiveFilter = { parameter: string; label: string; value: string }

/** The filters in force, each of which a click takes away again. */
export function FilterChips({ filters }: { filters: readonly ActiveFilter[] }) {
  const { t } = useTranslation('common')
  const [search] = useSearchParams()
  if (filters.length === 0) return null

  const without = (parameter: string) => {
    const next = new URLSearchParams(search)
    next.delete(parameter)
    next.delete('page')
    return `?${next}`
  }
  return (
    <ul aria-label={t('filter.active')} className="flex flex-wrap gap-2">
      {filters.map((filter) => (
        <li key={filter.parameter}>
          <Link
            to={without(filter.parameter)}
            className="inline-flex h-8 items-center gap-1.5 rounded-control border border-accent/40 bg-accent-soft px-2.5 text-sm hover:border-accent"
          >
            <span className="text-muted">{filter.label}</span>
            <span>{filter.value}</span>
            <X aria-hidden className="size-3.5" />
            <span className="sr-only">{t('filter.remove')}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
