import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { addDays, localDateOf } from '#app/domain/time/local-date.ts'
import { readTaxDocuments, readTaxReport } from '#app/reports/tax/query.server.ts'
import { Button, ButtonLink } from '#app/ui/base/button.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { TaxTabs } from '#app/ui/documents/tax-tabs.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { taxPeriodOf } from '#app/web/desks/tax-period.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { ChecksCard, DocumentsCard, LinesCard, RecapitulativeCard } from './report-tables.tsx'

const LineFilter = z.object({
  country: z.string().max(6),
  category: z.string().max(2),
  rate: z.string().regex(/^\d{1,3}(\.\d{1,12})?$/),
  reason: z.string().max(40),
  currency: z.string().regex(/^[A-Z]{3}$/),
})

export async function loader({ request }: LoaderFunctionArgs) {
  const search = filterOf(request)
  const line = LineFilter.safeParse(Object.fromEntries(search))
  const page = await asStaff(request, 'ledger:read', async (ctx, { tenant }) => {
    const period = taxPeriodOf(search, localDateOf(ctx.now, tenant.timeZone))
    const through = addDays(period.to, -1)
    return line.success
      ? { period, through, report: null, documents: await readTaxDocuments(ctx, period, line.data) }
      : { period, through, report: await readTaxReport(ctx, period), documents: null }
  })
  return { ...page, title: await pageTitle(request, 'tax', 'title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function TaxReport() {
  const { period, through, report, documents } = useLoaderData<typeof loader>()
  const { t } = useTranslation('tax')
  const address = new URLSearchParams({ from: period.from, through }).toString()
  return (
    <>
      <PageHeader
        title={t('title')}
        below={t('lead')}
        actions={
          <ButtonLink to={`/office/tax/file?${address}`} look="secondary" size="small" isOtherArea>
            {t('report.file')}
          </ButtonLink>
        }
      />
      <TaxTabs />
      <Form key={address} method="get" className="no-print mb-6 flex flex-wrap items-end gap-4">
        <TextInput name="from" type="date" label={t('report.from')} defaultValue={period.from} required />
        <TextInput name="through" type="date" label={t('report.through')} defaultValue={through} required />
        <Button look="secondary">{t('report.show')}</Button>
      </Form>
      <div className="grid gap-6">
        {documents ? (
          <>
            <p className="text-sm">
              <TextLink to={`/office/tax?${address}`}>{t('report.allLines')}</TextLink>
            </p>
            <DocumentsCard documents={documents} />
          </>
        ) : null}
        {report ? (
          <>
            <LinesCard id="lines" title={t('report.lines')} lines={report.lines} period={period} through={through} />
            <LinesCard
              id="oss"
              title={t('report.oss')}
              lead={t('report.ossLead')}
              lines={report.lines.filter(({ reason }) => reason === 'destination-eu')}
              period={period}
              through={through}
            />
            <RecapitulativeCard lines={report.recapitulative} />
            <ChecksCard checks={report.checks} />
          </>
        ) : null}
      </div>
    </>
  )
}
