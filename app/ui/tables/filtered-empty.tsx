import { useLocation } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { ButtonLink } from '../base/button.tsx'
import { EmptyState } from '../base/empty-state.tsx'

/** There are rows, the filters hide them all. */
export function FilteredEmpty() {
  const { t } = useTranslation('common')
  const { pathname } = useLocation()
  return (
    <EmptyState
      title={t('filter.empty')}
      action={
        <ButtonLink to={pathname} look="secondary" size="small">
          {t('filter.clear')}
        </ButtonLink>
      }
    >
      {t('filter.emptyText')}
    </EmptyState>
  )
}
