import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { closedMonths, listExports, payers } from '#app/reports/exports/list.server.ts'
import { sellerMonth } from '#app/reports/seller-month.server.ts'
import { type RequestExportInput, requestExport } from '#app/services/exports/request-export.server.ts'
import { parentAccountOf } from '#app/services/purchases/in-parent.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { useRefreshWhile } from '#app/ui/base/use-refresh-while.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { ReportTabs } from '#app/ui/shell/report-tabs.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { AccountingForm, FocusForm } from './export-forms.tsx'
import { ExportTable } from './export-table.tsx'

const month = z.string('required').regex(/^20\d{2}-(0[1-9]|1[0-2])$/, 'invalid')
const ExportForm = z.object({
  kind: z.enum(['fetch', 'focus', 'accounting'], 'invalid'),
  month: month.optional(),
  period: month.optional(),
  side: z.enum(['sell', 'buy'], 'invalid').default('sell'),
  account: z.uuid('invalid').optional(),
  format: z.enum(['datev', 'csv', 'jsonl'], 'invalid').default('datev'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'invalid')
    .optional(),
})

export async function loader({ request }: LoaderFunctionArgs) {
  const page = await asStaff(request, 'ledger:read', async (ctx, { can, tenant }) => {
    const { previous } = await sellerMonth(ctx)
    const lastMonth = new Date((previous.start.getTime() + previous.end.getTime()) / 2).toISOString().slice(0, 7)
    return {
      exports: await listExports(ctx),
      months: await closedMonths(ctx),
      buyers: await payers(ctx),
      lastMonth,
      tenantId: tenant.tenantId,
      mayWrite: can('ledger:write'),
    }
  })
  const { tenantId, ...shown } = page
  const hasParent = (await parentAccountOf(tenantId)) !== null
  const isTooLarge = filterOf(request).get('large') === 'yes'
  return { ...shown, hasParent, isTooLarge, title: await pageTitle(request, 'report', 'exports.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, ExportForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { kind, month: billingMonth, side, account = '' } = form.value
  const wish = wishOf(form.value)
  if (!wish) return data({ fields: { [kind === 'accounting' ? 'period' : 'month']: 'required' }, values: {} }, { status: 422 })
  if (kind === 'fetch') return redirect(`/office/exports/focus?${new URLSearchParams({ month: billingMonth ?? '', side, account })}`)
  const asked = await asStaff(request, 'ledger:read', (ctx) => requestExport(ctx, wish))
  if (!asked.ok) return data({ problem: asked.error, values: {} }, { status: 409 })
  return redirectWithToast(request, '/office/exports', 'saved')
}

function wishOf({
  kind,
  month: billingMonth,
  period,
  side,
  account,
  format,
  currency,
}: z.output<typeof ExportForm>): RequestExportInput | null {
  if (kind === 'accounting') return period ? { kind, format, side: null, accountId: null, currency: currency ?? null, month: period } : null
  if (!billingMonth) return null
  const accountId = side === 'buy' ? null : (account ?? null)
  return { kind: 'focus', format: 'csv', side, accountId, currency: null, month: billingMonth }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Exports() {
  const { exports, months, buyers, lastMonth, hasParent, isTooLarge } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('report')
  const [search] = useSearchParams()
  useRefreshWhile(exports.some(({ state }) => state === 'requested'))
  return (
    <>
      <PageHeader
        title={t('exports.title')}
        below={t('exports.lead')}
        actions={
          <ButtonLink to="/office/exports/schedules" look="secondary">
            {t('exports.schedules')}
          </ButtonLink>
        }
      />
      <ReportTabs />
      {answer && 'problem' in answer && answer.problem ? (
        <div className="mb-6">
          <Notice tone="critical" title={t(`exports.problem.${answer.problem}`)} />
        </div>
      ) : null}
      {isTooLarge ? (
        <div className="mb-6">
          <Notice tone="warning" title={t('exports.large')} />
        </div>
      ) : null}
      <div className="no-print mb-6 grid items-start gap-6 lg:grid-cols-2">
        <FocusForm lastMonth={search.get('month') ?? lastMonth} buyers={buyers} hasParent={hasParent} answer={answer} />
        <AccountingForm months={months} answer={answer} />
      </div>
      <Card id="files" title={t('exports.files')} isFlush>
        <ExportTable exports={exports} />
      </Card>
    </>
  )
}
