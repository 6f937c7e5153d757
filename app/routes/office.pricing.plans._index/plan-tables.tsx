import { useTranslation } from 'react-i18next'
import type { BookRow, DraftRow } from '#app/reports/plans/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { State, type Tone } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { Table } from '#app/ui/tables/table.tsx'

const tones = { draft: 'neutral', submitted: 'warning', activated: 'positive', discarded: 'neutral' } as const satisfies Record<
  string,
  Tone
>
const nothing = <span className="text-muted">–</span>

/** Plans that are being written, or wait for a second person. */
export function DraftTable({ drafts }: { drafts: readonly DraftRow[] }) {
  const { t } = useTranslation('pricing')
  return (
    <Card title={t('plans.drafts')} isFlush>
      <Table
        caption={t('plans.drafts')}
        rows={drafts}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t('plans.noDrafts')}>{t('plans.noDraftsText')}</EmptyState>}
        columns={[
          {
            key: 'name',
            head: t('plans.name'),
            isPrimary: true,
            cell: ({ id, name }) => (
              <TextLink to={`/office/pricing/plans/${id}`} isQuiet className="font-medium">
                {name}
              </TextLink>
            ),
          },
          { key: 'state', head: t('plans.state'), cell: ({ state }) => <State tone={tones[state]}>{t(`plans.states.${state}`)}</State> },
          { key: 'book', head: t('plans.book'), cell: ({ bookName, currency }) => `${bookName} · ${currency}` },
          {
            key: 'from',
            head: t('plans.from'),
            cell: ({ activateAt }) => (activateAt ? <DateTime instant={activateAt} isShort /> : nothing),
          },
          { key: 'by', head: t('plans.by'), cell: ({ writtenBy }) => writtenBy },
          { key: 'updated', head: t('plans.updated'), cell: ({ updatedAt }) => <DateTime instant={updatedAt} isShort /> },
        ]}
      />
    </Card>
  )
}

/** The books with the version in force and the next one. */
export function BookTable({ books }: { books: readonly BookRow[] }) {
  const { t } = useTranslation('pricing')
  return (
    <Card title={t('plans.books')} isFlush>
      <Table
        caption={t('plans.books')}
        rows={books}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t('plans.noBooks')}>{t('plans.noBooksText')}</EmptyState>}
        columns={[
          {
            key: 'name',
            head: t('plans.book'),
            isPrimary: true,
            cell: ({ id, name }) => (
              <TextLink to={`/office/pricing/plans/books/${id}`} isQuiet className="font-medium">
                {name}
              </TextLink>
            ),
          },
          { key: 'currency', head: t('plans.currency'), cell: ({ currency }) => currency },
          {
            key: 'public',
            head: t('plans.shownIn'),
            cell: ({ isPublic }) => (isPublic ? t('plans.public') : t('plans.agreed')),
          },
          { key: 'current', head: t('plans.version'), isNumber: true, cell: ({ current }) => current ?? nothing },
          { key: 'since', head: t('plans.since'), cell: ({ since }) => (since ? <DateTime instant={since} isShort /> : nothing) },
          { key: 'prices', head: t('plans.prices'), isNumber: true, cell: ({ prices }) => prices },
          { key: 'next', head: t('plans.next'), cell: ({ nextFrom }) => (nextFrom ? <DateTime instant={nextFrom} isShort /> : nothing) },
        ]}
      />
    </Card>
  )
}
