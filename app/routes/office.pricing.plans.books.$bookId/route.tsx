import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { PriceDescription } from '#app/domain/pricing/models/price-slice.ts'
import { priceSentence } from '#app/i18n/price-sentence.ts'
import { readBookHistory } from '#app/reports/plans/history.server.ts'
import { matchText } from '#app/reports/plans/plan-form.ts'
import { Button } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { CompactSelect } from '#app/ui/compact-field.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { usePage } from '#app/ui/page-context.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { Table } from '#app/ui/table.tsx'
import { useFormat } from '#app/ui/use-format.ts'
import { asStaff } from '#app/web/as-staff.server.ts'
import { filterOf, idOf } from '#app/web/filters.ts'
import { isUuid } from '#app/web/form-fields.ts'
import { pageTitle } from '#app/web/page-title.server.ts'
import { orNotFound } from '#app/web/refuse.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const id = orNotFound(isUuid(params.bookId) ? params.bookId : null)
  const search = filterOf(request)
  const asked = { older: idOf(search.get('older')) ?? undefined, newer: idOf(search.get('newer')) ?? undefined }
  const history = orNotFound(await asStaff(request, 'catalog:read', (ctx) => readBookHistory(ctx, id, asked)))
  return { history, title: await pageTitle(request, 'pricing', 'plans.history') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

/** First strong isolate and its end: figures keep their order inside a sentence of the other direction. */
const isolate = (text: string) => `\u2068${text}\u2069`

export default function BookHistoryPage() {
  const { history } = useLoaderData<typeof loader>()
  const { t } = useTranslation('pricing')
  const { locale, language } = usePage()
  const texts = { t, locale, isolate }
  const { name, currency, compared } = history
  const said = (sentences: readonly PriceDescription[] | null) =>
    sentences ? (
      <span suppressHydrationWarning>{sentences.map((sentence) => priceSentence(texts, sentence)).join(' ')}</span>
    ) : (
      <span className="text-muted">–</span>
    )
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('plans.title'), to: '/office/pricing/plans' }]}
        title={`${name} · ${currency}`}
        below={t('plans.history')}
        actions={<VersionChoice />}
      />
      <Card isFlush>
        <Table
          caption={t('plans.compare')}
          rows={compared?.prices ?? []}
          rowKey={({ key }) => key}
          empty={<EmptyState title={t('plans.same')} />}
          columns={[
            {
              key: 'subject',
              head: t('plans.subject'),
              isPrimary: true,
              isLong: true,
              cell: ({ product, feeKind, meter, match }) => (
                <>
                  {product ? (product[language] ?? product.en ?? Object.values(product)[0]) : t('plans.rateCard')}{' '}
                  <span className="text-muted">
                    {meter ? <bdi dir="ltr">{`${meter} ${matchText(match)}`}</bdi> : t(`plans.fees.${feeKind as 'setup'}`)}
                  </span>
                </>
              ),
            },
            { key: 'before', head: t('plans.before'), isLong: true, cell: ({ before }) => said(before) },
            { key: 'after', head: t('plans.after'), isLong: true, cell: ({ after }) => said(after) },
          ]}
        />
      </Card>
    </>
  )
}

function VersionChoice() {
  const { history } = useLoaderData<typeof loader>()
  const { t } = useTranslation('pricing')
  const format = useFormat()
  const { versions, compared } = history
  return (
    <Form method="get" className="flex flex-wrap items-end gap-2">
      {(['older', 'newer'] as const).map((side) => (
        <CompactSelect key={side} name={side} label={t(`plans.${side}`)} defaultValue={compared?.[side]}>
          {versions.map(({ id, number, validFrom }) => (
            <option key={id} value={id} suppressHydrationWarning>
              {`${number} · ${format.date(validFrom)}`}
            </option>
          ))}
        </CompactSelect>
      ))}
      <Button size="small" className="h-9">
        {t('plans.compare')}
      </Button>
    </Form>
  )
}
