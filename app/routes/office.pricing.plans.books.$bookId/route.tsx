import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useLoaderData, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readBookHistory } from '#app/reports/plans/history.server.ts'
import { Button } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { CompactSelect } from '#app/ui/forms/compact-field.tsx'
import { type Fact, PageHeader } from '#app/ui/shell/page-header.tsx'
import { FilterBar } from '#app/ui/tables/filter-bar.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf, idOf } from '#app/web/request/filters.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { CompareTable, PriceTable } from './price-tables.tsx'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const id = orNotFound(isUuid(params.bookId) ? params.bookId : null)
  const search = filterOf(request)
  const [version, older, newer] = ['version', 'older', 'newer'].map((name) => idOf(search.get(name)))
  const history = orNotFound(await asStaff(request, 'catalog:read', (ctx) => readBookHistory(ctx, id, { version, older, newer })))
  return { history, title: await pageTitle(request, 'pricing', 'plans.history') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function BookHistoryPage() {
  const { history } = useLoaderData<typeof loader>()
  const { t } = useTranslation('pricing')
  const { name, currency, versions, listed, compared } = history
  const facts: Fact[] = listed
    ? [
        { label: t('plans.version'), value: listed.version.number },
        { label: t('plans.since'), value: <DateTime instant={listed.version.validFrom} isDayOnly /> },
        ...(listed.version.validTo ? [{ label: t('plans.until'), value: <DateTime instant={listed.version.validTo} isDayOnly /> }] : []),
        { label: t('plans.prices'), value: listed.prices.length },
        ...(listed.version.note ? [{ label: t('changes.note'), value: <bdi>{listed.version.note}</bdi> }] : []),
      ]
    : []
  const free = (listed?.prices ?? []).filter(({ isFree }) => isFree)
  const priced = (listed?.prices ?? []).filter(({ isFree }) => !isFree)
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('plans.title'), to: '/office/pricing/plans' }]}
        title={`${name} · ${currency}`}
        below={t('plans.historyLead')}
        facts={facts}
      />
      <div className="grid grid-cols-1 gap-6">
        <section className="grid grid-cols-1 gap-3">
          {versions.length > 1 ? <ListedChoice /> : null}
          <Card title={t('plans.pricesOf')} isFlush>
            <PriceTable prices={priced} />
          </Card>
          {free.length > 0 ? (
            <Card isFlush>
              <details>
                <summary className="cursor-pointer px-card py-4 font-semibold">{t('plans.freeCount', { count: free.length })}</summary>
                <PriceTable prices={free} />
              </details>
            </Card>
          ) : null}
        </section>
        {compared ? (
          <section className="grid grid-cols-1 gap-3">
            <ComparedChoice />
            <Card title={t('plans.compareTitle')} isFlush>
              <CompareTable prices={compared.prices} />
            </Card>
          </section>
        ) : null}
      </div>
    </>
  )
}

function ListedChoice() {
  const { history } = useLoaderData<typeof loader>()
  const { t } = useTranslation('pricing')
  return (
    <FilterBar>
      <CompactSelect name="version" label={t('plans.version')} defaultValue={history.listed?.version.id} key={history.listed?.version.id}>
        <VersionOptions />
      </CompactSelect>
    </FilterBar>
  )
}

/** Two versions to compare; the list above stays at its own. */
function ComparedChoice() {
  const { history } = useLoaderData<typeof loader>()
  const { t } = useTranslation('pricing')
  const [search] = useSearchParams()
  const listed = search.get('version')
  return (
    <Form method="get" className="flex flex-wrap items-end gap-3" preventScrollReset>
      {listed ? <input type="hidden" name="version" value={listed} /> : null}
      {(['older', 'newer'] as const).map((side) => (
        <CompactSelect key={side} name={side} label={t(`plans.${side}`)} defaultValue={history.compared?.[side]}>
          <VersionOptions />
        </CompactSelect>
      ))}
      <Button size="small" look="secondary" className="h-9">
        {t('plans.compare')}
      </Button>
    </Form>
  )
}

function VersionOptions() {
  const { history } = useLoaderData<typeof loader>()
  const { t } = useTranslation('pricing')
  const format = useFormat()
  return history.versions.map(({ id, number, validFrom }) => (
    <option key={id} value={id} suppressHydrationWarning>
      {t('plans.versionFrom', { number, date: format.date(validFrom) })}
    </option>
  ))
}
