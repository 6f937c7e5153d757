import { Form, useLocation } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { mostCounted } from '#app/domain/shared/search-kinds.ts'
import { longestSearch } from '#app/domain/shared/search-words.ts'
import { Button } from '../base/button.tsx'
import { Card } from '../base/card.tsx'
import { EmptyState } from '../base/empty-state.tsx'
import { TextLink } from '../base/text-link.tsx'
import { PageHeader } from './page-header.tsx'
import type { SearchArea, ShownGroup } from './search-paths.ts'

type SearchPageProps = {
  area: SearchArea
  /** What was looked for; null before anything was. */
  text: string | null
  groups: readonly ShownGroup[]
}

/** The search of panel and office: one field, and what it found by kind. A plain form, so it needs no scripts. */
export function SearchPage({ area, text, groups }: SearchPageProps) {
  const { t } = useTranslation('search')
  const total = groups.reduce((sum, group) => sum + group.total, 0)
  const isCut = groups.some(({ total: ofKind }) => ofKind >= mostCounted)
  return (
    <>
      <PageHeader title={t('title')} below={t(`lead.${area}`)} />
      <SearchForm area={area} text={text} />
      <p role="status" className="mb-4 text-sm text-muted">
        {text !== null && total > 0 ? (isCut ? t('many', { text }) : t('found', { count: total, text })) : null}
      </p>
      {text !== null && total === 0 ? (
        <Card>
          <EmptyState title={t('nothing', { text })}>{t('nothingText')}</EmptyState>
        </Card>
      ) : null}
      {text === null ? (
        <Card>
          <EmptyState title={t('start')}>{t('startText')}</EmptyState>
        </Card>
      ) : null}
      <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-2">
        {groups.map((group) => (
          <FoundCard key={group.kind} group={group} />
        ))}
      </div>
    </>
  )
}

function SearchForm({ area, text }: Pick<SearchPageProps, 'area' | 'text'>) {
  const { t } = useTranslation('search')
  const field = useRef<HTMLInputElement>(null)
  const { state } = useLocation()
  // The key for the search led here.
  useEffect(() => {
    if ((state as { toSearch?: boolean } | null)?.toSearch) field.current?.focus()
  }, [state])
  return (
    <Form method="get" action={`/${area}/search`} role="search" aria-label={t('title')} className="mb-4 flex max-w-2xl items-end gap-3">
      <div className="flex min-w-0 grow flex-col gap-1.5">
        <label htmlFor="q" className="text-sm font-medium">
          {t('label')}
        </label>
        <input
          key={text}
          ref={field}
          id="q"
          name="q"
          type="search"
          dir="auto"
          autoComplete="off"
          maxLength={longestSearch}
          defaultValue={text ?? ''}
          className="h-control w-full rounded-control border border-border-strong bg-surface px-3 text-text hover:border-text"
        />
      </div>
      <Button>{t('search')}</Button>
    </Form>
  )
}

function FoundCard({ group: { kind, total, hits } }: { group: ShownGroup }) {
  const { t } = useTranslation('search')
  return (
    <Card
      id={`found-${kind}`}
      title={t(`kind.${kind}`)}
      aside={
        <span className="tabular">
          {total > hits.length ? t('first', { shown: hits.length, total: total >= mostCounted ? `${mostCounted}+` : total }) : total}
        </span>
      }
      isFlush
    >
      <ul className="divide-y divide-border border-t border-border">
        {hits.map(({ id, name, note, to, isOtherArea }) => (
          <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 px-card py-2.5">
            <TextLink to={to} isQuiet isOtherArea={isOtherArea} className="min-w-0 font-medium break-words">
              <bdi>{name}</bdi>
            </TextLink>
            {note ? <bdi className="min-w-0 text-sm break-words text-muted">{note}</bdi> : null}
          </li>
        ))}
      </ul>
    </Card>
  )
}
