import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listQuarantine } from '#app/reports/quarantine/query.server.ts'
import { releaseQuarantine } from '#app/services/usage/release-quarantine.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { useLabel } from '#app/ui/base/use-label.ts'
import { CompactSelect } from '#app/ui/forms/compact-field.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { FilterBar } from '#app/ui/tables/filter-bar.tsx'
import { FilterChips } from '#app/ui/tables/filter-chips.tsx'
import { FilteredEmpty } from '#app/ui/tables/filtered-empty.tsx'
import { Pagination } from '#app/ui/tables/pagination.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf, pageOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { useQuarantineColumns } from './columns.tsx'
import { Choice, ReleaseBar, rowField } from './release-bar.tsx'
import { chosenIds, ReleaseForm } from './release-form.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const search = filterOf(request)
  const reason = search.get('reason')?.slice(0, 60) || undefined
  const { list, ...may } = await asStaff(request, 'quarantine:read', async (ctx, { can }) => ({
    list: await listQuarantine(ctx, { reason, page: pageOf(search) }),
    mayRelease: can('quarantine:write'),
    mayAccept: can('quarantine:write') && can('charge:read'),
  }))
  return { list, reason, ...may, title: await pageTitle(request, 'office', 'nav.quarantine') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, ReleaseForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })

  const quarantineIds = chosenIds(form.value)
  if (quarantineIds.length === 0) return data({ problem: 'noneChosen' as const, values: { reason: form.value.reason } }, { status: 422 })

  const { reason, deed } = form.value
  if (deed === 'accept') {
    throw redirect(`/office/quarantine/accept?${new URLSearchParams([['reason', reason], ...quarantineIds.map((id) => ['id', id])])}`)
  }
  const result = await asStaff(request, 'quarantine:write', (ctx) => releaseQuarantine(ctx, { quarantineIds, reason }))
  return result.ok ? data({ released: result.value.released }) : data({ problem: 'gone' as const }, { status: 409 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Quarantine() {
  const { list, reason, mayRelease, mayAccept } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['office', 'common'])
  const label = useLabel()
  const { error, typed } = useFieldErrors(answer && 'values' in answer ? answer : undefined)
  const nameOf = (code: string) => label(`office:quarantine.reason.${code}`, code)
  const fieldOf = new Map(list.rows.map(({ id }, index) => [id, rowField(index)]))
  const columns = useQuarantineColumns(({ id, reason: code, usageType }) => {
    const name = fieldOf.get(id) ?? ''
    const words = `${t('quarantine.select')}: ${nameOf(code)} ${usageType}`
    return mayRelease ? <Choice name={name} id={id} label={words} isChosen={typed(name) === id} /> : null
  })
  // A reason may have run out a moment ago; it is still the filter.
  const reasons = [...new Set([...list.reasons.map((entry) => entry.reason), ...(reason ? [reason] : [])])]
  return (
    <>
      <PageHeader
        title={t('nav.quarantine')}
        beside={<span className="tabular text-muted">{list.total}</span>}
        below={t('quarantine.lead')}
        {...(list.reasons.length > 0 ? { facts: list.reasons.map((entry) => ({ label: nameOf(entry.reason), value: entry.count })) } : {})}
      />
      <div className="mb-4 grid gap-3 empty:hidden">
        {answer && 'released' in answer ? <Notice tone="positive">{t('quarantine.released', { count: answer.released })}</Notice> : null}
        {answer && 'problem' in answer ? <Notice tone="critical">{t(`quarantine.${answer.problem}`)}</Notice> : null}
        {reasons.length > 0 ? (
          <FilterBar>
            <CompactSelect name="reason" label={t('quarantine.why')} defaultValue={reason ?? ''} key={reason}>
              <option value="">{t('common:filter.all')}</option>
              {reasons.map((code) => (
                <option key={code} value={code}>
                  {nameOf(code)}
                </option>
              ))}
            </CompactSelect>
          </FilterBar>
        ) : null}
        <FilterChips filters={reason ? [{ parameter: 'reason', label: t('quarantine.why'), value: nameOf(reason) }] : []} />
      </div>
      <Card isFlush>
        <Table
          caption={t('nav.quarantine')}
          rows={list.rows}
          rowKey={({ id }) => id}
          columns={columns}
          empty={
            list.reasons.length > 0 ? <FilteredEmpty /> : <EmptyState title={t('quarantine.none')}>{t('quarantine.noneText')}</EmptyState>
          }
        />
        <Pagination page={list.page} pageSize={list.pageSize} total={list.total} />
        {mayRelease && list.rows.length > 0 ? (
          <ReleaseBar
            key={list.total}
            reason={typed('reason')}
            error={error('reason')}
            mayAccept={mayAccept && list.rows.some((row) => row.known !== null)}
          />
        ) : null}
      </Card>
    </>
  )
}
