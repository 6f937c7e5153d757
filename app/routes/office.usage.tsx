import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listUsage } from '#app/reports/usage/list.server.ts'
import type { UsageRow } from '#app/reports/usage/shape.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Measured, MeterName } from '#app/ui/base/measured.tsx'
import { State } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { keyPart, useLabel } from '#app/ui/base/use-label.ts'
import { CompactSelect } from '#app/ui/forms/compact-field.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { FilterBar } from '#app/ui/tables/filter-bar.tsx'
import { FilterChips } from '#app/ui/tables/filter-chips.tsx'
import { FilteredEmpty } from '#app/ui/tables/filtered-empty.tsx'
import { AccountSelect, MonthSelect } from '#app/ui/tables/office-filters.tsx'
import { Pagination } from '#app/ui/tables/pagination.tsx'
import { type Column, Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf, idOf, monthOf, pageOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const search = filterOf(request)
  const filter = {
    accountId: idOf(search.get('account')),
    meter: search.get('meter') || undefined,
    month: monthOf(search.get('month')),
    page: pageOf(search),
  }
  const page = await asStaff(request, 'usage:read', async (ctx, { can }) => ({
    list: await listUsage(ctx, filter),
    mayUpload: can('usage:write'),
  }))
  return { ...page, filter, title: await pageTitle(request, 'office', 'nav.usage') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Usage() {
  const { list, filter, mayUpload } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['office', 'common'])
  const label = useLabel()
  const format = useFormat()
  const chips = [
    ...(filter.accountId
      ? [{ parameter: 'account', label: t('accounts.name'), value: list.accounts.find(({ id }) => id === filter.accountId)?.name ?? '' }]
      : []),
    ...(filter.meter
      ? [{ parameter: 'meter', label: t('usage.meter'), value: label(`document:meter.${keyPart(filter.meter)}`, filter.meter) }]
      : []),
    ...(filter.month
      ? [{ parameter: 'month', label: t('filters.month'), value: format.month(new Date(`${filter.month}-15T12:00:00Z`)) }]
      : []),
  ]
  return (
    <>
      <PageHeader
        title={t('nav.usage')}
        beside={<span className="tabular text-muted">{format.quantity(list.total)}</span>}
        below={t('usage.lead')}
        actions={
          mayUpload ? (
            <ButtonLink to="/office/usage/upload" look="secondary">
              {t('usage.upload.title')}
            </ButtonLink>
          ) : null
        }
      />
      <div className="mb-4 grid gap-3">
        <FilterBar>
          <AccountSelect accounts={list.accounts} chosen={filter.accountId} />
          <CompactSelect name="meter" label={t('usage.meter')} defaultValue={filter.meter ?? ''} key={`meter-${filter.meter}`}>
            <option value="">{t('common:filter.all')}</option>
            {list.meters.map((meter) => (
              <option key={meter} value={meter}>
                {label(`document:meter.${keyPart(meter)}`, meter)}
              </option>
            ))}
          </CompactSelect>
          <MonthSelect months={list.months} chosen={filter.month} />
        </FilterBar>
        <FilterChips filters={chips} />
      </div>
      <Card isFlush>
        <Table
          caption={t('nav.usage')}
          rows={list.rows}
          rowKey={({ id }) => id}
          columns={useColumns()}
          empty={list.hasAny ? <FilteredEmpty /> : <EmptyState title={t('usage.none')}>{t('usage.noneText')}</EmptyState>}
        />
        <Pagination page={list.page} pageSize={list.pageSize} total={list.total} />
      </Card>
    </>
  )
}

function useColumns(): Column<UsageRow>[] {
  const { t } = useTranslation(['office', 'common'])
  return [
    { key: 'meter', head: t('usage.meter'), isPrimary: true, cell: ({ meter }) => <MeterName meter={meter} /> },
    {
      key: 'account',
      head: t('accounts.name'),
      cell: ({ accountId, accountName }) => (
        <TextLink to={`/office/accounts/${accountId}`} isQuiet className="inline-block max-w-40 truncate align-bottom">
          {accountName}
        </TextLink>
      ),
    },
    { key: 'resource', head: t('usage.resource'), cell: ({ resourceName }) => resourceName || <span className="text-muted">–</span> },
    { key: 'from', head: t('usage.from'), cell: ({ windowStart }) => <DateTime instant={windowStart} isShort /> },
    { key: 'to', isExtra: true, head: t('usage.to'), cell: ({ windowEnd }) => <DateTime instant={windowEnd} isShort /> },
    { key: 'origin', isExtra: true, head: t('usage.origin'), cell: ({ origin }) => t(`usage.origins.${origin}`) },
    {
      key: 'rated',
      head: t('usage.rated'),
      cell: ({ isRated }) => <State tone={isRated ? 'positive' : 'neutral'}>{t(isRated ? 'usage.isRated' : 'usage.isOpen')}</State>,
    },
    {
      key: 'quantity',
      head: t('usage.quantity'),
      isNumber: true,
      cell: ({ quantity, unit, meter }) => <Measured quantity={quantity} unit={unit} meter={meter} />,
    },
  ]
}
