import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { readReviews } from '#app/reports/screening/query.server.ts'
import { askBack } from '#app/services/fraud/ask-back.server.ts'
import { reviewOrder } from '#app/services/fraud/review-order.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { ScreeningTabs } from '#app/ui/people/screening-tabs.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { line, uuid, words } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { languageOf } from '#app/web/request/preferences.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'
import { Review } from './review.tsx'
import { DecidedTable, OpenTable } from './screened-tables.tsx'

const DecisionForm = z.object({ orderId: uuid, decision: z.enum(['pass', 'refuse'], 'required'), note: line(200) })
const QuestionForm = z.object({ orderId: uuid, question: words(1_000) })
const here = '/office/screening'
const problems = { 'asked-already': 'ask.already', 'sign-up-waits': 'signUpFirst', 'review-not-open': 'decidedAlready' } as const

export async function loader({ request }: LoaderFunctionArgs) {
  const language = await languageOf(request, await tenantOf(request))
  const page = await asStaff(request, 'order:read', async (ctx, { can }) => ({
    reviews: await readReviews(ctx, language),
    mayDecide: can('order:write'),
    maySet: can('settings:write'),
  }))
  return { ...page, title: await pageTitle(request, 'screening', 'title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const intent = (await request.clone().formData()).get('intent')
  return intent === 'ask' ? ask(request) : decide(request)
}

async function ask(request: Request) {
  const form = await parseForm(request, QuestionForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const result = await asStaff(request, 'order:write', (ctx) => askBack(ctx, form.value))
  if (!result.ok) return data({ problem: result.error }, { status: 409 })
  return redirectWithToast(request, `${here}?order=${form.value.orderId}`, 'saved')
}

async function decide(request: Request) {
  const form = await parseForm(request, DecisionForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const result = await asStaff(request, 'order:write', (ctx) => reviewOrder(ctx, form.value))
  if (!result.ok) return data({ problem: result.error }, { status: 409 })
  return redirectWithToast(request, here, 'saved')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Screening() {
  const { reviews, mayDecide, maySet } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [params] = useSearchParams()
  const { t } = useTranslation('screening')
  const chosen = reviews.open.find(({ orderId }) => orderId === params.get('order')) ?? reviews.open[0]
  return (
    <>
      <PageHeader title={t('title')} beside={<span className="tabular text-muted">{reviews.open.length}</span>} below={t('lead')} />
      <ScreeningTabs mayWrite={mayDecide} maySet={maySet} />
      <div className="grid gap-6">
        {answer && 'problem' in answer ? <Notice tone="warning">{t(problems[answer.problem])}</Notice> : null}
        {reviews.open.length === 0 ? (
          <Card>
            <EmptyState title={t('none')}>{t('noneText')}</EmptyState>
          </Card>
        ) : null}
        {reviews.open.length > 1 ? (
          <Card title={t('waiting')} isFlush>
            <OpenTable orders={reviews.open} />
          </Card>
        ) : null}
        {chosen ? (
          <Review key={chosen.orderId} order={chosen} mayDecide={mayDecide} answer={answer && 'fields' in answer ? answer : undefined} />
        ) : null}
        {reviews.decided.length > 0 ? (
          <Card title={t('decided')} isFlush>
            <DecidedTable orders={reviews.decided} />
          </Card>
        ) : null}
      </div>
    </>
  )
}
