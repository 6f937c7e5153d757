import { useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { ButtonLink } from '../base/button.tsx'

/** The way to older rows and back to the newest, for lists that go by a cursor. */
export function CursorPaging({ nextCursor }: { nextCursor: string | null }) {
  const { t } = useTranslation('common')
  const [search] = useSearchParams()
  const isFurther = search.has('cursor')
  if (!nextCursor && !isFurther) return null

  const linkTo = (cursor: string | null) => {
    const next = new URLSearchParams(search)
    if (cursor) next.set('cursor', cursor)
    else next.delete('cursor')
    return `?${next}`
  }
  return (
    <nav aria-label={t('paging.label')} className="no-print flex justify-end gap-2 border-t border-border px-card py-3">
      {isFurther ? (
        <ButtonLink to={linkTo(null)} look="secondary" size="small">
          {t('paging.newest')}
        </ButtonLink>
      ) : null}
      {nextCursor ? (
        <ButtonLink to={linkTo(nextCursor)} look="secondary" size="small">
          {t('paging.older')}
        </ButtonLink>
      ) : null}
    </nav>
  )
}
