import { Form, Link } from '@remix-run/react'
import { Search } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { longestSearch } from '#app/domain/shared/search-words.ts'
import { searchFieldId } from './use-shortcuts.ts'

/** The search in the top bar: a field where there is room, else a link to its page. */
export function ShellSearch({ homePath, hasKeys }: { homePath: string; hasKeys: boolean }) {
  const { t } = useTranslation('search')
  return (
    <>
      <Form method="get" action={`${homePath}/search`} role="search" aria-label={t('shell')} className="relative max-md:hidden">
        <label htmlFor={searchFieldId} className="sr-only">
          {t('shell')}
        </label>
        <Search aria-hidden className="pointer-events-none absolute inset-y-0 start-2.5 my-auto size-4 text-muted" />
        <input
          id={searchFieldId}
          name="q"
          type="search"
          dir="auto"
          autoComplete="off"
          maxLength={longestSearch}
          placeholder={t('search')}
          aria-keyshortcuts={hasKeys ? '/ Control+K' : undefined}
          className="h-9 w-36 rounded-control border border-border-strong bg-surface ps-8 pe-2 text-sm text-text placeholder:text-muted hover:border-text lg:w-48"
        />
      </Form>
      <Link
        to={`${homePath}/search`}
        className="flex size-9 shrink-0 items-center justify-center rounded-control hover:bg-soft md:hidden"
        title={t('search')}
      >
        <Search aria-hidden className="size-5" />
        <span className="sr-only">{t('search')}</span>
      </Link>
    </>
  )
}
