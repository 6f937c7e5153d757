import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { readReRating } from '#app/reports/rerating/query.server.ts'
import { approveReRate, refuseReRate } from '#app/services/rerating/request-re-rate.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Meter } from '#app/ui/base/meter.tsx'
import { Rate } from '#app/ui/base/money.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { StatStrip } from '#app/ui/base/stat-strip.tsx'
import { Badge, type Tone } from '#app/ui/base/state.tsx'
import { useRefreshWhile } from '#app/ui/base/use-refresh-while.ts'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { FromTo } from '#app/ui/forms/from-to.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { Pagination } from '#app/ui/tables/pagination.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { asStaff, staffOf } from '#app/web/request/as-staff.server.ts'
import { filterOf, pageOf } from '#app/web/request/filters.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { useLineColumns } from './line-columns.tsx'
import { useRunFacts } from './use-run-facts.tsx'

const tones = {
  requested: 'info',
  previewed: 'warning',
  approved: 'info',
  applied: 'positive',
  refused: 'neutral',
  failed: 'critical',
} as const satisfies Record<string, Tone>

export async function loader({ request, params }: LoaderFunctionArgs) {
  const id = orNotFound(isUuid(params.runId) ? params.runId : null)
  const page = pageOf(filterOf(request))
  const { run, mayApprove, isOwn, mayRefuse } = await asStaff(request, 'catalog:read', async (ctx, { can, actor }) => {
    const found = orNotFound(await readReRating(ctx, id, page))
    const isOwn = actor.kind === 'user' && actor.userId === found.requestedById
    return {
      run: found,
      isOwn,
      mayApprove: can('price:approve') && !isOwn,
      mayRefuse: can('price:approve') || (can('catalog:write') && isOwn),
    }
  })
  return { run, mayApprove, isOwn, mayRefuse, title: await pageTitle(request, 'pricing', 'rerating.title') }
}

const DecisionForm = z.object({ decision: z.enum(['approve', 'refuse']) })

export async function action({ request, params }: ActionFunctionArgs) {
  const runId = orNotFound(isUuid(params.runId) ? params.runId : null)
  const form = await parseForm(request, DecisionForm)
  if (!form.ok) return data({ problem: 'invalid' as const }, { status: 422 })
  const isApproval = form.value.decision === 'approve'
  const { can } = await staffOf(request)
  const permission = isApproval || can('price:approve') ? 'price:approve' : 'catalog:write'
  const result = await asStaff(request, permission, async (ctx) =>
    isApproval ? approveReRate(ctx, { runId }) : refuseReRate(ctx, { runId }),
  )
  return result.ok ? data({ done: form.value.decision }) : data({ problem: result.error }, { status: 409 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function ReRating() {
  const { run, mayApprove, mayRefuse, isOwn } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('pricing')
  useRefreshWhile(run.state === 'requested' || run.state === 'approved')
  const isWaiting = run.state === 'previewed'
  const stats = [
    { label: t('rerating.lines'), value: run.lines, isMain: true },
    ...run.totals.map(({ currency, oldAmount, newAmount, difference }) => ({
      label: t('rerating.differenceIn', { currency }),
      value: <Rate rate={difference} currency={currency} />,
      note: <FromTo from={<Rate rate={oldAmount} currency={currency} />} to={<Rate rate={newAmount} currency={currency} />} />,
    })),
  ]
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('rerating.title'), to: '/office/pricing/rerating' }]}
        title={run.reason}
        beside={<Badge tone={tones[run.state]}>{t(`rerating.stateName.${run.state}`)}</Badge>}
        facts={useRunFacts(run)}
        actions={isWaiting ? <Decision mayApprove={mayApprove && run.lines > 0} mayRefuse={mayRefuse} /> : null}
      />
      <div className="mb-6 grid gap-3">
        {answer && 'problem' in answer ? <Notice tone="critical">{t(`rerating.problem.${answer.problem}`)}</Notice> : null}
        {answer && 'done' in answer ? <Notice tone="positive">{t(`rerating.done.${answer.done}`)}</Notice> : null}
        {isWaiting && run.lines > 0 ? <WaitingNotice isOwn={isOwn} mayApprove={mayApprove} /> : null}
        {isWaiting && run.lines === 0 ? <Notice>{t('rerating.nothingToApprove')}</Notice> : null}
        {run.state === 'requested' ? <Notice>{t('rerating.calculating')}</Notice> : null}
        {run.state === 'approved' ? (
          <Meter
            label={t('rerating.progress')}
            share={Math.min(run.posted / Math.max(run.lines, 1), 0.79)}
            text={t('rerating.progressText', { done: run.posted, total: run.lines })}
          />
        ) : null}
        <StatStrip stats={stats} />
      </div>
      <Card isFlush title={t('rerating.perBuyer')} aside={t('rerating.perBuyerAside')} id="lines">
        <Table
          caption={t('rerating.perBuyer')}
          rows={run.rows}
          rowKey={({ id }) => id}
          columns={useLineColumns()}
          empty={<EmptyState title={t('rerating.nothing')}>{t('rerating.nothingText')}</EmptyState>}
        />
        <Pagination page={run.page} pageSize={run.pageSize} total={run.lines} />
      </Card>
    </>
  )
}

/** What approving means, or who else has to. */
function WaitingNotice({ isOwn, mayApprove }: { isOwn: boolean; mayApprove: boolean }) {
  const { t } = useTranslation('pricing')
  if (mayApprove) return <Notice>{t('rerating.approveMeans')}</Notice>
  return <Notice tone="warning">{t(isOwn ? 'rerating.waitsForOther' : 'rerating.waitsForApprover')}</Notice>
}

function Decision({ mayApprove, mayRefuse }: { mayApprove: boolean; mayRefuse: boolean }) {
  const { t } = useTranslation('pricing')
  return (
    <Form method="post" className="flex flex-wrap gap-2">
      <FormToken />
      {mayApprove ? (
        <SubmitButton name="decision" value="approve">
          {t('rerating.approve')}
        </SubmitButton>
      ) : null}
      {mayRefuse ? (
        <SubmitButton name="decision" value="refuse" look="danger">
          {t('rerating.refuse')}
        </SubmitButton>
      ) : null}
    </Form>
  )
}
