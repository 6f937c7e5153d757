import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listQuarantine } from '#app/reports/quarantine/query.server.ts'
import type { QuarantineRow } from '#app/reports/quarantine/shape.ts'
import { Card } from '#app/ui/card.tsx'
import { CompactSelect } from '#app/ui/compact-field.tsx'
import { DateTime } from '#app/ui/date-time.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { FilterBar } from '#app/ui/filter-bar.tsx'
import { FilterChips } from '#app/ui/filter-chips.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { Pagination } from '#app/ui/pagination.tsx'
import { PublicId } from '#app/ui/public-id.tsx'
import { State } from '#app/ui/state.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { useLabel } from '#app/ui/use-label.ts'
import { asStaff } from '#app/web/as-staff.server.ts'
import { filterOf, pageOf } from '#app/web/filters.ts'
import { pageTitle } from '#app/web/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const search = filterOf(request)
  const reason = search.get('reason')?.slice(0, 60) || undefined
  const list = await asStaff(request, 'quarantine:read', (ctx) => listQuarantine(ctx, { reason, page: pageOf(search) }))
  return { list, reason, title: await pageTitle(request, 'office', 'nav.quarantine') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Quarantine() {
  const { list, reason } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['office', 'common'])
  const label = useLabel()
  return (
    <>
      <PageHeader
        title={t('nav.quarantine')}
        beside={<span className="tabular text-muted">{list.total}</span>}
        below={t('quarantine.lead')}
        facts={
          list.reasons.length > 0
            ? list.reasons.map((entry) => ({ label: label(`office:quarantine.reason.${entry.reason}`, entry.reason), value: entry.count }))
            : []
        }
      />
      {list.reasons.length > 0 ? (
        <div className="mb-4 grid gap-3">
          <FilterBar>
            <CompactSelect name="reason" label={t('quarantine.why')} defaultValue={reason ?? ''} key={reason}>
              <option value="">{t('common:filter.all')}</option>
              {list.reasons.map((entry) => (
                <option key={entry.reason} value={entry.reason}>
                  {label(`office:quarantine.reason.${entry.reason}`, entry.reason)}
                </option>
              ))}
            </CompactSelect>
          </FilterBar>
          <FilterChips
            filters={
              reason
                ? [{ parameter: 'reason', label: t('quarantine.why'), value: label(`office:quarantine.reason.${reason}`, reason) }]
                : []
            }
          />
        </div>
      ) : null}
      <Card isFlush>
        <Table
          caption={t('nav.quarantine')}
          rows={list.rows}
          rowKey={({ id }) => id}
          columns={useColumns()}
          empty={<EmptyState title={t('quarantine.none')}>{t('quarantine.noneText')}</EmptyState>}
        />
        <Pagination page={list.page} pageSize={list.pageSize} total={list.total} />
      </Card>
    </>
  )
}

function useColumns(): Column<QuarantineRow>[] {
  const { t } = useTranslation(['office', 'common'])
  const label = useLabel()
  return [
    {
      key: 'reason',
      head: t('quarantine.why'),
      isPrimary: true,
      cell: ({ reason }) => <State tone="warning">{label(`office:quarantine.reason.${reason}`, reason)}</State>,
    },
    { key: 'type', head: t('quarantine.type'), cell: ({ usageType }) => <bdi dir="ltr">{usageType}</bdi> },
    {
      key: 'quantity',
      head: t('usage.quantity'),
      isNumber: true,
      cell: ({ quantity }) => (quantity === null ? '–' : <bdi dir="ltr">{quantity}</bdi>),
    },
    { key: 'window', head: t('usage.from'), cell: ({ windowStart }) => (windowStart ? <DateTime instant={windowStart} isShort /> : '–') },
    { key: 'owner', head: t('quarantine.owner'), cell: ({ owner }) => (owner ? <PublicId id={owner} isShort /> : '–') },
    { key: 'source', isExtra: true, head: t('quarantine.source'), cell: ({ source }) => source },
    { key: 'received', isExtra: true, head: t('quarantine.received'), cell: ({ receivedAt }) => <DateTime instant={receivedAt} isShort /> },
    {
      key: 'payload',
      isLong: true,
      head: t('quarantine.record'),
      cell: ({ payload }) => (
        <details className="max-w-md">
          <summary className="rounded-tag text-accent">{t('quarantine.show')}</summary>
          <pre
            dir="ltr"
            className="mt-2 max-h-64 overflow-auto rounded-control bg-soft p-3 text-start text-xs whitespace-pre-wrap break-all"
          >
            {payload}
          </pre>
        </details>
      ),
    },
  ]
}
