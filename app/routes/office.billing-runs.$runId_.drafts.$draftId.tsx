import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { toLineView } from '#app/reports/invoices/query.server.ts'
import { compareDraft } from '#app/services/billing/compare-draft.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { LocalPeriod } from '#app/ui/base/local-period.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { State, type Tone } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { useInvoiceLine } from '#app/ui/documents/invoice-lines.ts'
import { CompactInput } from '#app/ui/forms/compact-field.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { FilterBar } from '#app/ui/tables/filter-bar.tsx'
import { type Column, Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const billingRunId = orNotFound(isUuid(params.runId) ? params.runId : null)
  const draftId = orNotFound(isUuid(params.draftId) ? params.draftId : null)
  const changedPercent = percentIn(filterOf(request))
  const compared = await asStaff(request, 'billing-run:read', (ctx) => compareDraft(ctx, { billingRunId, draftId, changedPercent }))
  const { rows, ...facts } = orNotFound(compared.ok ? compared.value : null)
  const shown = rows.map(({ line, percent, ...row }) => ({
    ...row,
    line: toLineView(line),
    section: line.subject.section,
    percent: percent?.toFixed() ?? null,
  }))
  return { ...facts, rows: shown, billingRunId, title: await pageTitle(request, 'office', 'billing.compare.title') }
}

/** A whole number of percent in the address, 0 to 1000; undefined for anything else. */
function percentIn(search: URLSearchParams): number | undefined {
  const text = search.get('above') ?? ''
  return /^\d{1,3}$|^1000$/.test(text) ? Number(text) : undefined
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

type Row = ReturnType<typeof useLoaderData<typeof loader>>['rows'][number]

const tones = { new: 'info', gone: 'warning', changed: 'warning', same: 'neutral' } as const satisfies Record<string, Tone>

export default function CompareDraft() {
  const { billingRunId, accountId, buyerName, period, runPeriod, previous, net, rows, changedPercent } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['office', 'common'])
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('nav.billingRuns'), to: '/office/billing-runs' },
          { label: <LocalPeriod start={runPeriod.start} end={runPeriod.end} />, to: `/office/billing-runs/${billingRunId}` },
        ]}
        title={t('billing.compare.title')}
        below={<TextLink to={`/office/accounts/${accountId}`}>{buyerName}</TextLink>}
        facts={[
          { label: t('billing.period'), value: <LocalPeriod start={period.start} end={period.end} /> },
          {
            label: t('billing.compare.previous'),
            value: previous ? (
              <TextLink to={`/office/invoices/${previous.id}`}>
                <bdi dir="ltr">{previous.number}</bdi>
              </TextLink>
            ) : (
              t('billing.noneBefore')
            ),
          },
          ...(previous ? [{ label: t('billing.compare.before'), value: <Money amount={previous.net} /> }] : []),
          ...(net ? [{ label: t('billing.compare.now'), value: <Money amount={net} /> }] : []),
        ]}
      />
      <div className="mb-4">
        <FilterBar isTyped>
          <CompactInput
            name="above"
            label={t('billing.compare.above')}
            inputMode="numeric"
            maxLength={4}
            size={6}
            defaultValue={changedPercent}
            key={changedPercent}
          />
        </FilterBar>
      </div>
      <Card isFlush>
        <Table
          caption={t('billing.compare.title')}
          rows={rows}
          rowKey={({ key }) => key}
          columns={useColumns()}
          empty={<EmptyState title={t('billing.compare.none')} />}
        />
      </Card>
    </>
  )
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation('office')
  const format = useFormat()
  const inWords = useInvoiceLine()
  const amountOf = (amount: Row['before']) => (amount ? <Money amount={amount} /> : '–')
  return [
    {
      key: 'line',
      head: t('billing.compare.line'),
      isPrimary: true,
      isLong: true,
      cell: ({ line, section }) => {
        const { description, detail } = inWords(line)
        return (
          <>
            <span className="block font-medium">{description}</span>
            <span className="block text-xs text-muted" suppressHydrationWarning>
              {[section, detail].filter(Boolean).join(' · ')}
            </span>
          </>
        )
      },
    },
    {
      key: 'change',
      head: t('billing.compare.change'),
      cell: ({ change }) => <State tone={tones[change]}>{t(`billing.compare.changes.${change}`)}</State>,
    },
    { key: 'before', head: t('billing.compare.before'), isNumber: true, cell: ({ before }) => amountOf(before) },
    { key: 'now', head: t('billing.compare.now'), isNumber: true, cell: ({ now }) => amountOf(now) },
    {
      key: 'difference',
      head: t('billing.difference'),
      isNumber: true,
      cell: ({ difference }) => (difference.minor === 0n ? '–' : <Money amount={difference} isBalance />),
    },
    {
      key: 'percent',
      head: t('billing.compare.percent'),
      isNumber: true,
      cell: ({ percent }) => (percent === null || percent === '0' ? '–' : format.percent(percent)),
    },
  ]
}
