import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { digitalServiceRulesOn } from '#app/domain/tax/digital-service-rules.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { listRegistrations, listTaxedBooks } from '#app/reports/tax/settings.server.ts'
import { Notice } from '#app/ui/base/notice.tsx'
import { TaxTabs } from '#app/ui/documents/tax-tabs.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { AddRegistrationCard, RegistrationsCard } from './registration-cards.tsx'
import { BooksCard, RulesCard } from './rule-cards.tsx'
import { saveTaxSetting } from './save.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const page = await asStaff(request, 'ledger:read', async (ctx, { tenant, can }) => {
    const today = localDateOf(ctx.now, tenant.timeZone)
    return {
      registrations: await listRegistrations(ctx),
      books: await listTaxedBooks(ctx),
      rules: digitalServiceRulesOn(today, tenant.country),
      today,
      mayWrite: can('settings:write'),
    }
  })
  return { ...page, title: await pageTitle(request, 'tax', 'tabs.registrations') }
}

export async function action({ request }: ActionFunctionArgs) {
  const answer = await saveTaxSetting(request)
  if ('fields' in answer) return data(answer, { status: 422 })
  return data(answer, { status: 'problem' in answer ? 409 : 200 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Registrations() {
  const { registrations, books, rules, today, mayWrite } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('tax')
  const { error, typed } = useFieldErrors(answer && 'values' in answer ? answer : undefined)
  return (
    <>
      <PageHeader title={t('title')} below={t('lead')} />
      <TaxTabs />
      <div className="grid gap-6">
        {answer && 'saved' in answer ? <Notice tone="positive">{t('done.saved')}</Notice> : null}
        {answer && 'problem' in answer ? <Notice tone="critical">{t(`problem.${answer.problem}`)}</Notice> : null}
        <RegistrationsCard registrations={registrations} today={today} mayWrite={mayWrite} />
        {mayWrite ? <AddRegistrationCard key={registrations.length} today={today} error={error} typed={typed} /> : null}
        <RulesCard rules={rules} />
        <BooksCard books={books} mayWrite={mayWrite} />
      </div>
    </>
  )
}
