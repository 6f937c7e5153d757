import { useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { ButtonLink } from '../base/button.tsx'

type PaginationProps = { page: number; pageSize: number; total: number }

/** First to last row shown, and the way to the neighbouring pages; the filters in the address stay. */
export function Pagination({ page, pageSize, total }: PaginationProps) {
  const { t } = useTranslation('common')
  const [search] = useSearchParams()
  if (total <= pageSize) return null

  const toPage = (wanted: number) => {
    const next = new URLSearchParams(search)
    next.set('page', String(wanted))
    return `?${next}`
  }
  const last = Math.ceil(total / pageSize)
  return (
    <nav
      aria-label={t('paging.label')}
      className="no-print flex flex-wrap items-center justify-between gap-3 border-t border-border px-card py-3 text-sm text-muted"
    >
      <p className="tabular">{t('paging.shown', { first: (page - 1) * pageSize + 1, last: Math.min(page * pageSize, total), total })}</p>
      <div className="flex gap-2">
        {page > 1 ? (
          <ButtonLink to={toPage(page - 1)} look="secondary" size="small">
            {t('paging.previous')}
          </ButtonLink>
        ) : null}
        {page < last ? (
          <ButtonLink to={toPage(page + 1)} look="secondary" size="small">
            {t('paging.next')}
          </ButtonLink>
        ) : null}
      </div>
    </nav>
  )
}
