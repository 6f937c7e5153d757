import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listMigrations } from '#app/reports/plan-migrations/query.server.ts'
import type { MigrationListItem, MigrationState } from '#app/reports/plan-migrations/shape.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { State, type Tone } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { type Column, Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

const tones: Record<MigrationState, Tone> = {
  draft: 'neutral',
  notified: 'info',
  scheduled: 'info',
  applied: 'positive',
  undone: 'warning',
}

export async function loader({ request }: LoaderFunctionArgs) {
  const { rows, mayWrite } = await asStaff(request, 'catalog:read', async (ctx, { can }) => ({
    rows: await listMigrations(ctx),
    mayWrite: can('catalog:write'),
  }))
  return { rows, mayWrite, title: await pageTitle(request, 'pricing', 'migrations.title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Migrations() {
  const { rows, mayWrite } = useLoaderData<typeof loader>()
  const { t } = useTranslation('pricing')
  return (
    <>
      <PageHeader
        title={t('migrations.title')}
        below={t('migrations.lead')}
        actions={mayWrite ? <ButtonLink to="/office/pricing/migrations/new">{t('migrations.new')}</ButtonLink> : null}
      />
      <Card isFlush>
        <Table
          caption={t('migrations.title')}
          rows={rows}
          rowKey={({ id }) => id}
          columns={useColumns()}
          empty={<EmptyState title={t('migrations.none')}>{t('migrations.noneText')}</EmptyState>}
        />
      </Card>
    </>
  )
}

function useColumns(): Column<MigrationListItem>[] {
  const { t, i18n } = useTranslation('pricing')
  const nameOf = (names: Readonly<Record<string, string>>) => names[i18n.language] ?? names.en
  return [
    {
      key: 'name',
      head: t('migrations.name'),
      isPrimary: true,
      cell: ({ id, name }) => (
        <TextLink to={`/office/pricing/migrations/${id}`} isQuiet className="font-medium">
          {name}
        </TextLink>
      ),
    },
    {
      key: 'state',
      head: t('migrations.state'),
      cell: ({ state }) => <State tone={tones[state]}>{t(`migrations.stateName.${state}`)}</State>,
    },
    { key: 'from', head: t('migrations.from'), cell: ({ fromPlan }) => <bdi>{nameOf(fromPlan)}</bdi> },
    { key: 'to', head: t('migrations.to'), cell: ({ toPlan }) => <bdi>{nameOf(toPlan)}</bdi> },
    {
      key: 'applies',
      head: t('migrations.applies'),
      cell: ({ applies, effectiveAt }) => (effectiveAt ? <DateTime instant={effectiveAt} isShort /> : t(`migrations.timing.${applies}`)),
    },
    { key: 'moving', head: t('migrations.moving'), isNumber: true, cell: ({ moving }) => moving },
    { key: 'created', head: t('migrations.created'), isExtra: true, cell: ({ createdAt }) => <DateTime instant={createdAt} isShort /> },
  ]
}
