import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readMigration } from '#app/reports/plan-migrations/query.server.ts'
import { notifySubscribers, scheduleMigration, selectSubscribers, undoMigration } from '#app/services/migrations/decide-migration.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Meter } from '#app/ui/base/meter.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { useRefreshWhile } from '#app/ui/base/use-refresh-while.ts'
import { CompactInput, CompactSelect } from '#app/ui/forms/compact-field.tsx'
import { FilterBar } from '#app/ui/tables/filter-bar.tsx'
import { FilteredEmpty } from '#app/ui/tables/filtered-empty.tsx'
import { Pagination } from '#app/ui/tables/pagination.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf, oneOf, pageOf } from '#app/web/request/filters.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { useSubscriberColumns } from './columns.tsx'
import { MigrationForm, selectionOf } from './migration-form.ts'
import { MigrationHeader } from './migration-header.tsx'
import { Choice, rowField, SelectionBar } from './selection-bar.tsx'

const states = ['selected', 'excluded', 'scheduled', 'applied', 'undone', 'failed'] as const

export async function loader({ request, params }: LoaderFunctionArgs) {
  const id = orNotFound(isUuid(params.migrationId) ? params.migrationId : null)
  const search = filterOf(request)
  const filter = {
    text: search.get('q')?.trim().slice(0, 100) || undefined,
    state: oneOf(states, search.get('state')),
    page: pageOf(search),
  }
  const { migration, mayWrite } = await asStaff(request, 'catalog:read', async (ctx, { can }) => ({
    migration: orNotFound(await readMigration(ctx, id, filter)),
    mayWrite: can('catalog:write'),
  }))
  return { migration, mayWrite, filter, title: await pageTitle(request, 'pricing', 'migrations.title') }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const migrationId = orNotFound(isUuid(params.migrationId) ? params.migrationId : null)
  const form = await parseForm(request, MigrationForm)
  if (!form.ok) return data({ problem: 'invalid' as const }, { status: 422 })
  const { deed } = form.value
  const result = await asStaff(request, 'catalog:write', async (ctx) => {
    if (deed === 'notify') return notifySubscribers(ctx, { migrationId })
    if (deed === 'schedule') return scheduleMigration(ctx, { migrationId })
    if (deed === 'undo') return undoMigration(ctx, { migrationId })
    return selectSubscribers(ctx, { migrationId, ...selectionOf(form.value) })
  })
  return result.ok ? data({ done: deed }) : data({ problem: result.error }, { status: 409 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Migration() {
  const { migration, mayWrite, filter } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('pricing')
  const { counts, subscribers } = migration
  const waiting = counts.scheduled
  useRefreshWhile(migration.state === 'scheduled' && migration.applies === 'now')
  const isOpen = mayWrite && (migration.state === 'draft' || migration.state === 'notified')
  const fieldOf = new Map(subscribers.map(({ id }, index) => [id, rowField(index)]))
  const columns = useSubscriberColumns((row) =>
    isOpen && row.problem === null ? <Choice name={fieldOf.get(row.id) ?? ''} id={row.id} label={row.accountName} /> : null,
  )
  return (
    <>
      <MigrationHeader migration={migration} mayWrite={mayWrite} />
      <div className="mb-4 grid gap-3 empty:hidden">
        {answer && 'problem' in answer ? <Notice tone="critical">{t(`migrations.problem.${answer.problem}`)}</Notice> : null}
        {answer && 'done' in answer ? <Notice tone="positive">{t(`migrations.done.${answer.done}`)}</Notice> : null}
        {counts.failed > 0 ? <Notice tone="warning">{t('migrations.failed', { count: counts.failed })}</Notice> : null}
        {migration.state === 'scheduled' && counts.applied > 0 ? (
          <Meter
            label={t('migrations.progress')}
            share={Math.min(counts.applied / (counts.applied + waiting), 0.79)}
            text={t('migrations.progressText', { done: counts.applied, total: counts.applied + waiting })}
          />
        ) : null}
        <FilterBar isTyped>
          <CompactInput name="q" label={t('migrations.search')} defaultValue={filter.text ?? ''} maxLength={100} />
          <CompactSelect name="state" label={t('migrations.state')} defaultValue={filter.state ?? ''} key={filter.state}>
            <option value="">{t('migrations.allStates')}</option>
            {states.map((state) => (
              <option key={state} value={state}>
                {t(`migrations.itemState.${state}`)}
              </option>
            ))}
          </CompactSelect>
        </FilterBar>
      </div>
      <Card isFlush>
        <Table
          caption={t('migrations.subscribers')}
          rows={subscribers}
          rowKey={({ id }) => id}
          columns={columns}
          empty={<FilteredEmpty />}
        />
        <Pagination page={migration.page} pageSize={migration.pageSize} total={migration.total} />
        {isOpen ? <SelectionBar /> : null}
      </Card>
    </>
  )
}
