import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type {
  AffinityOverviewRow,
  CatalogBookOverviewRow,
  CatalogOverviewRow,
  ChannelOverviewRow,
  RevisionOverviewRow,
} from '#app/reports/catalogs/shape.ts'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { State } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { type Column, Table } from '#app/ui/tables/table.tsx'

export const revisionTones = { draft: 'neutral', scheduled: 'info', active: 'positive', discarded: 'neutral' } as const

/** The lists a seller keeps, with what is in them. */
export function CatalogTable({ catalogs }: { catalogs: readonly CatalogOverviewRow[] }) {
  const { t } = useTranslation('catalog')
  const columns: Column<CatalogOverviewRow>[] = [
    { key: 'name', head: t('catalogs.name'), isPrimary: true, cell: ({ name }) => <span className="font-medium">{name}</span> },
    { key: 'code', head: t('catalogs.code'), cell: ({ code }) => <bdi dir="ltr">{code}</bdi> },
    { key: 'kind', head: t('catalogs.kind'), cell: ({ isReference }) => t(isReference ? 'catalogs.reference' : 'catalogs.ofChannel') },
    { key: 'visible', head: t('catalogs.visible'), isNumber: true, cell: ({ visible }) => visible },
    { key: 'hidden', head: t('catalogs.hidden'), isNumber: true, cell: ({ hidden }) => hidden },
    { key: 'books', head: t('catalogs.books'), isNumber: true, cell: ({ books }) => books },
  ]
  const empty = <EmptyState title={t('catalogs.none')}>{t('catalogs.noneText')}</EmptyState>
  return <Table caption={t('catalogs.title')} rows={catalogs} rowKey={({ id }) => id} columns={columns} empty={empty} />
}

/** Prices that catalogs have of their own; each leads to its prices, fee by fee. */
export function BookTable({ books }: { books: readonly CatalogBookOverviewRow[] }) {
  const { t } = useTranslation('catalog')
  const columns: Column<CatalogBookOverviewRow>[] = [
    {
      key: 'name',
      head: t('books.name'),
      isPrimary: true,
      cell: ({ id, name }) => (
        <TextLink to={`/office/pricing/margins?book=${id}`} isQuiet className="font-medium">
          {name}
        </TextLink>
      ),
    },
    { key: 'catalog', head: t('channels.catalog'), cell: ({ catalog }) => catalog },
    { key: 'currency', head: t('books.currency'), cell: ({ currency }) => <bdi dir="ltr">{currency}</bdi> },
    {
      key: 'from',
      head: t('books.since'),
      cell: ({ startsAt }) =>
        startsAt ? <DateTime instant={startsAt} isDayOnly /> : <span className="text-muted">{t('books.noPrices')}</span>,
    },
    { key: 'contracts', head: t('books.contracts'), isNumber: true, cell: ({ contracts }) => contracts },
  ]
  const empty = <EmptyState title={t('books.none')}>{t('books.noneText')}</EmptyState>
  return <Table caption={t('books.title')} rows={books} rowKey={({ id }) => id} columns={columns} empty={empty} />
}

/** The selling routes, with the catalog and the buyers of each. */
export function ChannelTable({ channels }: { channels: readonly ChannelOverviewRow[] }) {
  const { t } = useTranslation('catalog')
  const columns: Column<ChannelOverviewRow>[] = [
    {
      key: 'name',
      head: t('channels.name'),
      isPrimary: true,
      cell: ({ name, isDefault }) => (
        <span className="font-medium">
          {name} {isDefault ? <span className="font-normal text-muted">({t('channels.default')})</span> : null}
        </span>
      ),
    },
    { key: 'catalog', head: t('channels.catalog'), cell: ({ catalog }) => catalog },
    { key: 'segment', head: t('channels.segment'), cell: ({ segment }) => segment ?? '–' },
    { key: 'countries', head: t('channels.countries'), cell: ({ countries }) => countries.join(', ') || '–' },
    { key: 'currencies', head: t('channels.currencies'), cell: ({ currencies }) => currencies.join(', ') || '–' },
    { key: 'accounts', head: t('channels.accounts'), isNumber: true, cell: ({ accounts }) => accounts },
  ]
  const empty = <EmptyState title={t('channels.none')}>{t('channels.noneText')}</EmptyState>
  return <Table caption={t('channels.title')} rows={channels} rowKey={({ id }) => id} columns={columns} empty={empty} />
}

/** Who sees another catalog than that of the channel; the highest number that fits wins. */
export function RuleTable({ rules, mayWrite }: { rules: readonly AffinityOverviewRow[]; mayWrite: boolean }) {
  const { t } = useTranslation('catalog')
  const columns: Column<AffinityOverviewRow>[] = [
    { key: 'catalog', head: t('channels.catalog'), isPrimary: true, cell: ({ catalog }) => <span className="font-medium">{catalog}</span> },
    { key: 'level', head: t('channels.level'), cell: ({ level }) => level ?? '–' },
    { key: 'segment', head: t('channels.segment'), cell: ({ segment }) => segment ?? '–' },
    { key: 'country', head: t('channels.country'), cell: ({ country }) => country ?? '–' },
    { key: 'priority', head: t('channels.priority'), isNumber: true, cell: ({ priority }) => priority },
    ...(mayWrite
      ? [
          {
            key: 'remove',
            head: <span className="sr-only">{t('channels.remove')}</span>,
            label: t('channels.remove'),
            cell: ({ id }: AffinityOverviewRow) => (
              <Form method="post" action="?deed=remove-rule">
                <FormToken />
                <input type="hidden" name="affinityId" value={id} />
                <SubmitButton look="quiet" size="small">
                  {t('channels.remove')}
                </SubmitButton>
              </Form>
            ),
          },
        ]
      : []),
  ]
  const empty = <EmptyState title={t('channels.noRules')}>{t('channels.noRulesText')}</EmptyState>
  return <Table caption={t('channels.rules')} rows={rules} rowKey={({ id }) => id} columns={columns} empty={empty} />
}

/** Sets of changes, the latest first. */
export function RevisionTable({ revisions }: { revisions: readonly RevisionOverviewRow[] }) {
  const { t } = useTranslation('catalog')
  const columns: Column<RevisionOverviewRow>[] = [
    {
      key: 'note',
      head: t('revisions.note'),
      isPrimary: true,
      isLong: true,
      cell: ({ id, note, number }) => (
        <TextLink to={`/office/catalog/revisions/${id}`} isQuiet className="font-medium">
          {number}. {note}
        </TextLink>
      ),
    },
    { key: 'catalog', head: t('channels.catalog'), cell: ({ catalog }) => catalog },
    {
      key: 'state',
      head: t('revisions.state'),
      cell: ({ state }) => <State tone={revisionTones[state]}>{t(`revisions.states.${state}`)}</State>,
    },
    { key: 'changes', head: t('revisions.changes'), isNumber: true, cell: ({ changes }) => changes },
    {
      key: 'at',
      head: t('revisions.from'),
      cell: ({ activatedAt, activateAt }) => {
        const at = activatedAt ?? activateAt
        return at ? <DateTime instant={at} /> : '–'
      },
    },
  ]
  const empty = <EmptyState title={t('revisions.none')}>{t('revisions.noneText')}</EmptyState>
  return <Table caption={t('revisions.title')} rows={revisions} rowKey={({ id }) => id} columns={columns} empty={empty} />
}
