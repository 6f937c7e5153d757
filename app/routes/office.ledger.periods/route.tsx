import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { nextToClose } from '#app/domain/ledger/accounting-period.ts'
import type { Result } from '#app/domain/shared/result.ts'
import { listPeriods } from '#app/reports/ledger/periods.server.ts'
import { type ClosePeriodError, closePeriod } from '#app/services/ledger/close-period.server.ts'
import {
  type AskReopenError,
  askReopen,
  type ReopenError,
  reopenPeriod,
  withdrawReopen,
} from '#app/services/ledger/reopen-period.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { LedgerTabs } from '#app/ui/payments/ledger-parts.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff, type StaffContext } from '#app/web/request/as-staff.server.ts'
import { line } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { CloseForm, ReopenCard } from './period-forms.tsx'
import { PeriodTable } from './period-table.tsx'

const PeriodForm = z.object({
  deed: z.enum(['close', 'ask', 'reopen', 'withdraw'], 'invalid'),
  month: z.string('required').regex(/^20\d{2}-(0[1-9]|1[0-2])$/, 'invalid'),
  reason: line(200).optional(),
})
const toasts = { close: 'closed', ask: 'asked', reopen: 'reopened', withdraw: 'withdrawn' } as const

export async function loader({ request }: LoaderFunctionArgs) {
  const page = await asStaff(request, 'ledger:read', async (ctx, { can }) => ({
    periods: await listPeriods(ctx),
    mayWrite: can('ledger:write'),
  }))
  return { ...page, title: await pageTitle(request, 'ledger', 'tabs.periods') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, PeriodForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { deed, reason } = form.value
  if (deed === 'ask' && !reason) return data({ fields: { reason: 'required' }, values: {} }, { status: 422 })

  const done = await asStaff(request, 'ledger:write', (ctx) => perform(ctx, form.value))
  if (done.ok) return redirectWithToast(request, '/office/ledger/periods', `ledger.${toasts[deed]}`)
  return data({ problem: done.error, values: { reason: reason ?? '' } }, { status: 409 })
}

type PeriodProblem = ClosePeriodError | AskReopenError | ReopenError

async function perform(ctx: StaffContext, { deed, month, reason = '' }: z.output<typeof PeriodForm>): Promise<Result<void, PeriodProblem>> {
  if (deed === 'close') return closePeriod(ctx, { month })
  if (deed === 'ask') return askReopen(ctx, { month, reason })
  return deed === 'reopen' ? reopenPeriod(ctx, { month }) : withdrawReopen(ctx, { month })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Periods() {
  const { periods, mayWrite } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('ledger')
  const lastClosed = periods.find(({ state }) => state === 'closed')
  const next = nextToClose({ firstMonth: periods.at(-1)?.month ?? null, lastClosed: lastClosed?.month ?? null })
  return (
    <>
      <PageHeader title={t('title')} below={t('periods.lead')} />
      <LedgerTabs />
      {answer && 'problem' in answer ? (
        <div className="mb-6">
          <Notice tone="critical" title={t(`problem.${answer.problem}`)} />
        </div>
      ) : null}
      {mayWrite && next && next !== periods[0]?.month ? <CloseForm month={next} /> : null}
      <Card isFlush>
        <PeriodTable periods={periods} />
      </Card>
      {mayWrite && lastClosed ? <ReopenCard period={lastClosed} answer={answer} /> : null}
    </>
  )
}
