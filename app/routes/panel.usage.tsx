import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { toDecimal } from '#app/domain/money/money.ts'
import { listShowbacks } from '#app/reports/invoices/showbacks.server.ts'
import { readUsageMonth } from '#app/reports/usage/month.server.ts'
import type { UsageMonthRow } from '#app/reports/usage/shape.ts'
import { AsOf } from '#app/ui/as-of.tsx'
import { BarChart } from '#app/ui/bar-chart.tsx'
import { Card } from '#app/ui/card.tsx'
import { CompactSelect } from '#app/ui/compact-field.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { FilterBar } from '#app/ui/filter-bar.tsx'
import { Measured, MeterName } from '#app/ui/measured.tsx'
import { Money, Rate } from '#app/ui/money.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { TextLink } from '#app/ui/text-link.tsx'
import { useFormat } from '#app/ui/use-format.ts'
import { asCustomer } from '#app/web/as-customer.server.ts'
import { filterOf, monthOf } from '#app/web/filters.ts'
import { pageTitle } from '#app/web/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const month = monthOf(filterOf(request).get('month')) ?? ''
  const page = await asCustomer(request, 'usage:read', async (ctx, customer) => ({
    mayRead: customer.can('invoice:read'),
    usage: await readUsageMonth(ctx, { month }),
    hasShowbacks: (await listShowbacks(ctx, { limit: 1 })).rows.length > 0,
  }))
  return { ...page, title: await pageTitle(request, 'panel', 'nav.usage') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Usage() {
  const { usage, hasShowbacks, mayRead } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['panel', 'common'])
  const format = useFormat()
  const nameOf = (month: string) => format.month(new Date(`${month}-15T12:00:00Z`))
  return (
    <>
      <PageHeader
        title={t('nav.usage')}
        below={usage.asOf ? <AsOf instant={usage.asOf} /> : undefined}
        actions={
          <>
            {mayRead ? <TextLink to="/panel/exports">{t('costData.title')}</TextLink> : null}
            {hasShowbacks ? <TextLink to="/panel/showbacks">{t('showbacks.title')}</TextLink> : null}
            <FilterBar>
              <CompactSelect name="month" label={t('usage.month')} defaultValue={usage.month}>
                {[...new Set([usage.month, ...usage.months])].map((month) => (
                  <option key={month} value={month} suppressHydrationWarning>
                    {nameOf(month)}
                  </option>
                ))}
              </CompactSelect>
            </FilterBar>
          </>
        }
      />
      <div className="grid grid-cols-1 gap-6">
        {usage.days.length > 0 ? (
          <Card
            id="days"
            title={t('usage.perDay')}
            aside={
              <>
                <Money amount={usage.total} className="font-medium text-text" /> {t('common:money.net')}
              </>
            }
          >
            <BarChart
              title={t('usage.perDay')}
              description={t('usage.chartDescription', { amount: format.money(usage.total) })}
              points={usage.days.map(({ day, amount }) => ({ label: format.shortDay(day), value: toDecimal(amount).toNumber() }))}
              formatValue={(value) => format.rate(value.toFixed(2), usage.total.currency)}
              head={[t('dashboard.chart.day'), t('dashboard.chart.amount')]}
            />
          </Card>
        ) : null}
        <Card id="lines" title={t('usage.lines')} isFlush>
          <Table
            caption={t('usage.lines')}
            rows={usage.rows}
            rowKey={({ key }) => key}
            columns={useColumns()}
            className="border-t border-border"
            empty={<EmptyState title={t('usage.none')}>{t('usage.noneText')}</EmptyState>}
          />
        </Card>
      </div>
    </>
  )
}

function useColumns(): Column<UsageMonthRow>[] {
  const { t } = useTranslation(['panel', 'common'])
  return [
    {
      key: 'resource',
      head: t('usage.resource'),
      isPrimary: true,
      cell: ({ resourceId, resourceName }) =>
        resourceId && resourceName ? (
          <TextLink to={`/panel/servers/${resourceId}`} isQuiet>
            {resourceName}
          </TextLink>
        ) : (
          resourceName || '–'
        ),
    },
    { key: 'meter', head: t('usage.what'), cell: ({ meter }) => <MeterName meter={meter} /> },
    {
      key: 'quantity',
      head: t('usage.quantity'),
      isNumber: true,
      cell: ({ quantity, unit, meter }) => <Measured quantity={quantity} unit={unit} meter={meter} />,
    },
    {
      key: 'price',
      head: t('usage.price'),
      isNumber: true,
      cell: ({ unitPrice, amount }) => <Rate rate={unitPrice} currency={amount.currency} className="text-muted" />,
    },
    { key: 'amount', head: t('usage.amount'), isNumber: true, cell: ({ amount }) => <Money amount={amount} className="font-medium" /> },
  ]
}
