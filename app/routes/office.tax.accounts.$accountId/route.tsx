import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { readAccountTax } from '#app/reports/tax/account.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { TaxReason } from '#app/ui/documents/tax-reason.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { hasTaxRegistry } from '#app/web/desks/tax-registry.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { AddExemptionCard, ExemptionsCard } from './exemption-cards.tsx'
import { saveAccountTax } from './save.server.ts'
import { ProofsCard, VatIdCard } from './vat-id-cards.tsx'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const accountId = orNotFound(isUuid(params.accountId) ? params.accountId : null)
  const page = await asStaff(request, 'account:read', async (ctx, { tenant, can }) => ({
    tax: orNotFound(await readAccountTax(ctx, accountId)),
    today: localDateOf(ctx.now, tenant.timeZone),
    mayWrite: can('account:write'),
  }))
  return { ...page, hasRegister: hasTaxRegistry(), title: await pageTitle(request, 'tax', 'account.link') }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const accountId = orNotFound(isUuid(params.accountId) ? params.accountId : null)
  const answer = await saveAccountTax(request, accountId)
  if ('fields' in answer) return data(answer, { status: 422 })
  return data(answer, { status: 'problem' in answer ? 409 : 200 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function TaxOfAccount() {
  const { tax, today, mayWrite, hasRegister } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['tax', 'office'])
  const { error, typed } = useFieldErrors(answer && 'values' in answer ? answer : undefined)
  const { accountId, name, treatment } = tax
  return (
    <>
      <PageHeader
        title={t('account.title', { name: `\u2068${name}\u2069` })}
        crumbs={[
          { label: t('office:nav.accounts'), to: '/office/accounts' },
          { label: name, to: `/office/accounts/${accountId}` },
        ]}
      />
      <div className="grid gap-6">
        {answer && 'done' in answer ? (
          <Notice tone={answer.done === 'saved' || answer.done === 'valid' ? 'positive' : 'critical'}>{t(`done.${answer.done}`)}</Notice>
        ) : null}
        {answer && 'problem' in answer ? <Notice tone="critical">{t(`problem.${answer.problem}`)}</Notice> : null}
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <Card id="today" title={t('account.today')}>
            <div className="text-sm">
              {treatment ? (
                <TaxReason treatment={treatment} countries={{ seller: tax.sellerCountry, buyer: tax.country }} />
              ) : (
                t('account.noTreatment')
              )}
            </div>
          </Card>
          <VatIdCard tax={tax} hasRegister={hasRegister} mayWrite={mayWrite} error={error} typed={typed} />
        </div>
        <ProofsCard checks={tax.checks} />
        <ExemptionsCard exemptions={tax.exemptions} mayWrite={mayWrite} />
        {mayWrite ? (
          <AddExemptionCard key={tax.exemptions.length} country={tax.sellerCountry} today={today} error={error} typed={typed} />
        ) : null}
      </div>
    </>
  )
}
