import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { settingsProblems } from '#app/domain/settlement/check-settings.ts'
import type { Result } from '#app/domain/shared/result.ts'
import { proposeTerms } from '#app/services/settlement/propose-terms.server.ts'
import { readTermsPage } from '#app/services/settlement/read-terms.server.ts'
import { type ApproveTermsError, approveTerms, withdrawTerms } from '#app/services/settlement/settle-terms.server.ts'
import { TermsHistory } from '#app/ui/payments/settlement-terms.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { TermsFields } from './terms-fields.tsx'
import { fieldsOf, settingsOf, standingOf, TermsForm } from './terms-form.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const accountId = orNotFound(isUuid(params.accountId) ? params.accountId : null)
  const page = orNotFound(await asStaff(request, 'contract:read', (ctx) => readTermsPage(ctx, accountId)))
  const { settings, example, today, ...rest } = page
  return {
    ...rest,
    standing: standingOf(settings),
    fields: { ...fieldsOf(settings), validFrom: today, examplePaid: example.paid, examplePurchases: example.purchases },
    title: await pageTitle(request, 'settlement', 'terms.title'),
  }
}

const DeedForm = z.object({ deed: z.enum(['approve', 'withdraw']), termsId: z.uuid() })

export async function action({ request, params }: ActionFunctionArgs) {
  const accountId = orNotFound(isUuid(params.accountId) ? params.accountId : null)
  return new URL(request.url).searchParams.has('deed') ? decide(request, accountId) : propose(request, accountId)
}

const pathOf = (accountId: string) => `/office/accounts/${accountId}/settlement`

async function decide(request: Request, accountId: string) {
  const form = await parseForm(request, DeedForm)
  if (!form.ok) return data({ fields: form.error, values: form.values, problem: null }, { status: 422 })
  const { deed, termsId } = form.value
  const done: Result<unknown, ApproveTermsError> = await asStaff<Result<unknown, ApproveTermsError>>(request, 'contract:write', (ctx) =>
    deed === 'approve' ? approveTerms(ctx, { termsId, accountId }) : withdrawTerms(ctx, { termsId, accountId }),
  )
  if (done.ok) return redirectWithToast(request, pathOf(accountId), 'saved')
  const problem = done.error === 'second-person-needed' ? ('secondPerson' as const) : ('changed' as const)
  return data({ fields: {}, values: {}, problem }, { status: 409 })
}

async function propose(request: Request, accountId: string) {
  const form = await parseForm(request, TermsForm)
  if (!form.ok) return data({ fields: form.error, values: form.values, problem: null }, { status: 422 })
  const typed = form.value
  const values = textsOf(typed)
  if (typed.intent === 'preview') return data({ fields: {}, values, problem: null })
  const { validFrom, reason } = typed
  if (!validFrom || !reason) {
    return data({ fields: { [validFrom ? 'reason' : 'validFrom']: 'required' }, values, problem: null }, { status: 422 })
  }
  const proposed = await asStaff(request, 'contract:write', async (ctx) => {
    const page = orNotFound(await readTermsPage(ctx, accountId))
    return proposeTerms(ctx, { accountId, validFrom, reason, settings: settingsOf(typed, page.settings) })
  })
  if (proposed.ok) return redirectWithToast(request, pathOf(accountId), 'saved')
  const field = proposed.error === 'in-the-past' ? 'validFrom' : fieldOf(proposed.error)
  return data({ fields: { [field]: proposed.error }, values, problem: null }, { status: 422 })
}

/** The field of the form at which a problem of the settings stands. */
function fieldOf(problem: string): string {
  const field = (settingsProblems as Record<string, string>)[problem] ?? 'pricing'
  if (field === 'discounts') return 'discountRecurring'
  return field === 'currency' ? 'pricing' : field
}

function textsOf(typed: z.output<typeof TermsForm>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(typed).flatMap(([name, value]) => {
      if (value === undefined || value === false) return []
      return [[name, value === true ? 'on' : String(value)]]
    }),
  )
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function SettlementTermsPage() {
  const { account, standing, fields, history, now } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['settlement', 'office'])
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('office:nav.accounts'), to: '/office/accounts' },
          { label: account.name, to: `/office/accounts/${account.id}` },
        ]}
        title={t('terms.title')}
        below={t('terms.lead', { name: account.name })}
      />
      <div className="grid grid-cols-1 gap-6">
        <TermsHistory history={history} now={now} problem={answer?.problem ?? null} reader="seller" />
        <TermsFields
          key={JSON.stringify(answer?.values ?? null)}
          defaults={answer && Object.keys(answer.values).length > 0 ? answer.values : fields}
          errors={answer?.fields ?? {}}
          standing={standing}
        />
      </div>
    </>
  )
}
