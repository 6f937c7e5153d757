import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { readPlanDraft } from '#app/reports/plans/draft.server.ts'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { Badge } from '#app/ui/base/state.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { actOnDraft, type DraftAnswer } from './act-on-draft.server.ts'
import { DraftDeeds } from './draft-deeds.tsx'
import { PlanForm } from './plan-form.tsx'
import { previewData } from './preview-data.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const id = orNotFound(isUuid(params.draftId) ? params.draftId : null)
  const page = await asStaff(request, 'catalog:read', async (ctx, { can, tenant, actor }) => {
    const draft = orNotFound(await readPlanDraft(ctx, id))
    const { priceBookId, plan } = draft
    return {
      draft: { ...draft, json: JSON.stringify(plan, null, 2) },
      preview: await previewData(ctx, { priceBookId, plan, at: draft.activateAt ?? ctx.now }),
      firstDay: localDateOf(ctx.now, tenant.timeZone),
      mayWrite: can('catalog:write'),
      mayApprove: can('price:approve'),
      isOwn: actor.kind === 'user' && [draft.createdBy, draft.writtenBy].includes(actor.userId),
    }
  })
  return { ...page, title: await pageTitle(request, 'pricing', 'plans.draft') }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const draftId = orNotFound(isUuid(params.draftId) ? params.draftId : null)
  const acted = await actOnDraft(request, draftId)
  if ('toast' in acted) return redirectWithToast(request, acted.path, acted.toast)
  return data(acted, { status: 'problem' in acted ? 422 : 200 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function PlanDraft() {
  const { draft, preview, firstDay, mayWrite, mayApprove, isOwn } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const isOpen = draft.state === 'draft' || draft.state === 'submitted'
  const looked = answer && 'preview' in answer ? answer : { plan: draft.plan, preview }
  return (
    <>
      <DraftHeader />
      {answer && 'problem' in answer ? <DraftProblem problem={answer.problem} line={answer.line} /> : null}
      <PlanForm
        key={`${draft.id} ${draft.updatedAt.toISOString()}`}
        draftId={draft.id}
        plan={looked.plan}
        preview={looked.preview}
        mayWrite={mayWrite && isOpen}
      />
      <DraftDeeds
        draftId={draft.id}
        state={draft.state}
        firstDay={firstDay}
        hasLosses={preview.losses.length > 0}
        mayWrite={mayWrite}
        mayApprove={mayApprove}
        isOwn={isOwn}
        json={draft.json}
      />
    </>
  )
}

function DraftHeader() {
  const { draft } = useLoaderData<typeof loader>()
  const { t } = useTranslation('pricing')
  return (
    <PageHeader
      crumbs={[{ label: t('plans.title'), to: '/office/pricing/plans' }]}
      title={draft.name}
      beside={<Badge tone={draft.state === 'submitted' ? 'warning' : 'neutral'}>{t(`plans.states.${draft.state}`)}</Badge>}
      below={t('plans.draftLead')}
      facts={[
        { label: t('plans.book'), value: `${draft.bookName} · ${draft.currency}` },
        ...(draft.activateAt ? [{ label: t('plans.from'), value: <DateTime instant={draft.activateAt} isShort /> }] : []),
        ...(draft.reason ? [{ label: t('plans.reason'), value: draft.reason }] : []),
      ]}
    />
  )
}

function DraftProblem({ problem, line }: { problem: Extract<DraftAnswer, { problem: unknown }>['problem']; line: number | undefined }) {
  const { t } = useTranslation('pricing')
  return (
    <div className="mb-6">
      <Notice tone="critical">
        {t(`plans.problem.${problem}`)} {line ? t('plans.line', { line }) : null}
      </Notice>
    </div>
  )
}
