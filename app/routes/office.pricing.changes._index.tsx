import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listVersions } from '#app/reports/price-changes/query.server.ts'
import type { VersionItem } from '#app/reports/price-changes/shape.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { State, type Tone } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { Pagination } from '#app/ui/tables/pagination.tsx'
import { type Column, Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf, pageOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

const tones = { 'in-force': 'positive', planned: 'info', over: 'neutral', withdrawn: 'warning' } as const satisfies Record<string, Tone>

export async function loader({ request }: LoaderFunctionArgs) {
  const page = pageOf(filterOf(request))
  const { list, mayWrite } = await asStaff(request, 'catalog:read', async (ctx, { can }) => ({
    list: await listVersions(ctx, { page }),
    mayWrite: can('catalog:write'),
  }))
  return { list, mayWrite, title: await pageTitle(request, 'pricing', 'changes.title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function PriceChanges() {
  const { list, mayWrite } = useLoaderData<typeof loader>()
  const { t } = useTranslation('pricing')
  return (
    <>
      <PageHeader
        title={t('changes.title')}
        beside={<span className="tabular text-muted">{list.total}</span>}
        below={t('changes.lead')}
        actions={mayWrite ? <ButtonLink to="/office/pricing/changes/new">{t('changes.new')}</ButtonLink> : null}
      />
      <Card isFlush>
        <Table
          caption={t('changes.title')}
          rows={list.rows}
          rowKey={({ id }) => id}
          columns={useColumns(mayWrite)}
          empty={<EmptyState title={t('changes.none')}>{t('changes.noneText')}</EmptyState>}
        />
        <Pagination page={list.page} pageSize={list.pageSize} total={list.total} />
      </Card>
    </>
  )
}

function useColumns(mayWrite: boolean): Column<VersionItem>[] {
  const { t } = useTranslation('pricing')
  return [
    {
      key: 'book',
      head: t('changes.book'),
      isPrimary: true,
      cell: ({ id, priceBookId, bookName, number, state }) => {
        const words = t('changes.bookVersion', { book: bookName, number })
        // A withdrawn version prices nothing any more: the book does not list it.
        if (state === 'withdrawn') return <span className="font-medium">{words}</span>
        return (
          <TextLink to={`/office/pricing/plans/books/${priceBookId}?version=${id}`} isQuiet className="font-medium">
            {words}
          </TextLink>
        )
      },
    },
    { key: 'currency', head: t('changes.currency'), cell: ({ currency }) => currency },
    {
      key: 'state',
      head: t('changes.state'),
      cell: ({ state }) => <State tone={tones[state]}>{t(`changes.versionState.${state}`)}</State>,
    },
    { key: 'from', head: t('changes.from'), cell: ({ validFrom }) => <DateTime instant={validFrom} isShort /> },
    { key: 'to', head: t('changes.to'), cell: ({ validTo }) => (validTo ? <DateTime instant={validTo} isShort /> : '–') },
    { key: 'rules', head: t('changes.prices'), isNumber: true, cell: ({ rules }) => rules },
    {
      key: 'note',
      head: t('changes.note'),
      isLong: true,
      cell: ({ note, corrects }) =>
        [corrects === null ? '' : t('changes.corrects', { number: corrects }), note].filter(Boolean).join(' · ') || '–',
    },
    {
      key: 'deed',
      head: <span className="sr-only">{t('changes.correctShort')}</span>,
      label: t('changes.correctShort'),
      cell: ({ id, state }) =>
        mayWrite && state !== 'withdrawn' ? (
          <TextLink to={`/office/pricing/changes/${id}/correct`}>{t('changes.correctShort')}</TextLink>
        ) : null,
    },
    { key: 'by', head: t('changes.by'), isExtra: true, cell: ({ createdBy }) => createdBy ?? '–' },
    { key: 'made', head: t('changes.made'), isExtra: true, cell: ({ createdAt }) => <DateTime instant={createdAt} isShort /> },
  ]
}
