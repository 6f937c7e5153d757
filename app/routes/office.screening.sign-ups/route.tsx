import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { readSignUps } from '#app/reports/screening/sign-ups.server.ts'
import { reviewSignUp } from '#app/services/fraud/review-sign-up.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { ScreeningTabs } from '#app/ui/people/screening-tabs.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { line, uuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { ReviewSignUp } from './review.tsx'
import { DecidedSignUps, OpenSignUps } from './sign-up-tables.tsx'

const here = '/office/screening/sign-ups'
const DecisionForm = z.object({
  accountId: uuid,
  decision: z.enum(['pass', 'refuse'], 'required'),
  note: line(200),
  words: z.string().trim().max(500, 'too-long').optional(),
})

export async function loader({ request }: LoaderFunctionArgs) {
  const page = await asStaff(request, 'order:read', async (ctx, { can }) => ({
    signUps: await readSignUps(ctx),
    mayDecide: can('order:write'),
    maySet: can('settings:write'),
  }))
  return { ...page, title: await pageTitle(request, 'screening', 'signUps.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, DecisionForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { words, ...decision } = form.value
  const result = await asStaff(request, 'order:write', (ctx) => reviewSignUp(ctx, { ...decision, words: words || null }))
  if (!result.ok) return data({ problem: result.error }, { status: 409 })
  return redirectWithToast(request, here, 'saved')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function SignUps() {
  const { signUps, mayDecide, maySet } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [params] = useSearchParams()
  const { t } = useTranslation('screening')
  const { open, decided } = signUps
  const chosen = open.find(({ accountId }) => accountId === params.get('account')) ?? open[0]
  return (
    <>
      <PageHeader title={t('signUps.title')} beside={<span className="tabular text-muted">{open.length}</span>} below={t('signUps.lead')} />
      <ScreeningTabs mayWrite={mayDecide} maySet={maySet} />
      <div className="grid gap-6">
        {answer && 'problem' in answer ? <Notice tone="warning">{t('signUps.decidedAlready')}</Notice> : null}
        {open.length === 0 ? (
          <Card>
            <EmptyState title={t('none')}>{t('signUps.noneText')}</EmptyState>
          </Card>
        ) : null}
        {open.length > 1 ? (
          <Card title={t('signUps.waiting')} isFlush>
            <OpenSignUps signUps={open} />
          </Card>
        ) : null}
        {chosen ? (
          <ReviewSignUp
            key={chosen.accountId}
            signUp={chosen}
            mayDecide={mayDecide}
            answer={answer && 'fields' in answer ? answer : undefined}
          />
        ) : null}
        {decided.length > 0 ? (
          <Card title={t('decided')} isFlush>
            <DecidedSignUps signUps={decided} />
          </Card>
        ) : null}
      </div>
    </>
  )
}
