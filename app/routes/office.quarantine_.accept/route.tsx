import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { pageSize } from '#app/reports/paging.ts'
import { acceptQuantity } from '#app/services/usage/accept-quantity.server.ts'
import { previewAcceptedQuantity } from '#app/services/usage/preview-accepted-quantity.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { useLabel } from '#app/ui/base/use-label.ts'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { asStaff, type Staff, type StaffContext } from '#app/web/request/as-staff.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { refuse } from '#app/web/request/refuse.server.ts'
import { AcceptForm, chosenIds } from '../office.quarantine/release-form.ts'
import { AcceptBar } from './accept-bar.tsx'
import { useCorrectionColumns } from './columns.tsx'

const listPath = '/office/quarantine'

/** What gives money back is for those who may see it. */
function asAccountant<T>(request: Request, work: (ctx: StaffContext) => Promise<T>): Promise<T> {
  return asStaff(request, 'quarantine:write', (ctx, { can }: Staff) => {
    if (!can('charge:read')) throw refuse(403, 'no-permission')
    return work(ctx)
  })
}

export async function loader({ request }: LoaderFunctionArgs) {
  const search = filterOf(request)
  const ids = [...new Set(search.getAll('id').filter(isUuid))].slice(0, pageSize)
  const { rows, ...preview } = await asAccountant(request, (ctx) => previewAcceptedQuantity(ctx, ids))
  return {
    ids,
    reason: search.get('reason')?.slice(0, 200),
    ...preview,
    rows: rows.map(({ before, after, difference, ...row }) => ({
      ...row,
      before: before?.toFixed() ?? null,
      after: after.toFixed(),
      difference: difference.toFixed(),
    })),
    title: await pageTitle(request, 'office', 'quarantine.accept'),
  }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, AcceptForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const input = { quarantineIds: chosenIds(form.value), reason: form.value.reason }
  const result = await asAccountant(request, (ctx) => acceptQuantity(ctx, input))
  if (!result.ok) return data({ problem: result.error }, { status: 409 })
  return redirectWithToast(request, listPath, 'usage.accepted')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function AcceptQuantities() {
  const { ids, reason, rows, totals, refused, title: _ } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('office')
  const label = useLabel()
  const { error, typed } = useFieldErrors(answer && 'fields' in answer ? answer : undefined)
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('nav.quarantine'), to: listPath }]}
        title={t('quarantine.accept')}
        beside={<span className="tabular text-muted">{rows.length}</span>}
        below={t('quarantine.acceptLead')}
        facts={totals.map((total) => ({
          label: t('quarantine.difference', { currency: total.currency }),
          value: <Money amount={total} />,
        }))}
      />
      <div className="mb-4 grid gap-3 empty:hidden">
        {answer && 'problem' in answer ? (
          <Notice tone="critical">{t(answer.problem === 'still-refused' ? 'quarantine.stillRefused' : 'quarantine.gone')}</Notice>
        ) : null}
        {refused.length > 0 ? (
          <Notice tone="warning" title={t('quarantine.staysOut', { count: refused.length })}>
            {[...new Set(refused)].map((code) => label(`office:quarantine.reason.${code}`, code)).join(', ')}
          </Notice>
        ) : null}
        {rows.some(({ refusal }) => refusal !== null) ? <Notice tone="warning">{t('quarantine.notRated')}</Notice> : null}
      </div>
      <Card isFlush>
        <Table
          caption={t('quarantine.accept')}
          rows={rows}
          rowKey={({ usageRecordId }) => usageRecordId}
          columns={useCorrectionColumns()}
          empty={<EmptyState title={t('quarantine.nothingToAccept')}>{t('quarantine.nothingToAcceptText')}</EmptyState>}
        />
        {rows.length > 0 ? <AcceptBar ids={ids} reason={typed('reason') ?? reason} error={error('reason')} totals={totals} /> : null}
      </Card>
    </>
  )
}
