import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readCreditPage } from '#app/services/credit/read-credit-page.server.ts'
import { Notice } from '#app/ui/base/notice.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { ExposureCard, FitCard } from '#app/ui/payments/exposure-card.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { orNotFound, refuse } from '#app/web/request/refuse.server.ts'
import { typedEach } from '#app/web/request/typed-each.ts'
import { changeLimit, changeThresholds, decideLimit, followLevel, limitDepartment, raiseLimit } from './credit-deeds.server.ts'
import { DepartmentForm, LevelCard, LimitForms, ThresholdsForm } from './credit-forms.tsx'
import { LimitTable, ReservationTable } from './credit-tables.tsx'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const accountId = orNotFound(isUuid(params.accountId) ? params.accountId : null)
  const page = await asStaff(request, 'contract:read', async (ctx, { can }) => ({
    credit: orNotFound(await readCreditPage(ctx, accountId)),
    mayWrite: can('contract:write'),
  }))
  const fit = typedEach(request, page.credit.standing.limit.currency)
  return { ...page, fit, title: await pageTitle(request, 'settlement', 'credit.title') }
}

const deeds = {
  limit: changeLimit,
  level: followLevel,
  increase: raiseLimit,
  decide: decideLimit,
  department: limitDepartment,
  thresholds: changeThresholds,
} as const

export async function action({ request, params }: ActionFunctionArgs) {
  const accountId = orNotFound(isUuid(params.accountId) ? params.accountId : null)
  const deed = new URL(request.url).searchParams.get('deed') ?? ''
  if (!Object.hasOwn(deeds, deed)) throw refuse(404, 'not-found')
  return deeds[deed as keyof typeof deeds](request, accountId)
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Credit() {
  const { credit, mayWrite, fit } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['settlement', 'office'])
  const errors = useFieldErrors(answer)
  const { account, standing, steps, limits, reservations, thresholds, today, isWhole, departments, level } = credit
  const { currency } = standing.limit
  const of = (path: string) => `/office/${path}?account=${account.id}`
  const paths = {
    open: of('invoices'),
    rated: of('charges'),
    reserved: '#reservations',
    prepaid: of('payments'),
    unapplied: of('payments'),
  }
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('office:nav.accounts'), to: '/office/accounts' },
          { label: account.name, to: `/office/accounts/${account.id}` },
        ]}
        title={t('credit.title')}
        below={t(isWhole ? 'credit.lead' : 'credit.leadDepartment', { name: account.name })}
      />
      <div className="grid max-w-4xl grid-cols-1 gap-6">
        {answer?.problem ? <Notice tone="critical">{t(`credit.problem.${answer.problem}`)}</Notice> : null}
        {steps.includes('block') ? (
          <Notice tone="warning">{t(steps.includes('suspend') ? 'credit.suspended' : 'credit.blocked')}</Notice>
        ) : null}
        <ExposureCard standing={standing} paths={paths} />
        <FitCard available={standing.available} {...fit} />
        <ReservationTable rows={reservations} currency={currency} />
        <LimitTable rows={limits} currency={currency} mayWrite={mayWrite} />
        {mayWrite ? (
          <>
            {level ? <LevelCard {...level} /> : null}
            <LimitForms currency={currency} today={today} errors={errors} />
            {departments.length > 0 ? <DepartmentForm departments={departments} currency={currency} errors={errors} /> : null}
            {isWhole ? <ThresholdsForm thresholds={thresholds} errors={errors} /> : null}
          </>
        ) : null}
      </div>
    </>
  )
}
