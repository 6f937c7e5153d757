import { useTranslation } from 'react-i18next'

/** First stop of the keyboard on every page. */
export function SkipLink() {
  const { t } = useTranslation('common')
  return (
    <a
      href="#main"
      className="sr-only focus:not-sr-only focus:fixed focus:start-4 focus:top-4 focus:z-50 focus:rounded-control focus:bg-surface focus:px-4 focus:py-2 focus:shadow-float"
    >
      {t('skip')}
    </a>
  )
}
