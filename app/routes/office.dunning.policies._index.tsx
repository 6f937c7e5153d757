import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listPolicies } from '#app/reports/dunning/policies.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { State } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const page = await asStaff(request, 'dunning:read', async (ctx, { can }) => ({
    policies: await listPolicies(ctx),
    mayWrite: can('dunning:write'),
  }))
  return { ...page, title: await pageTitle(request, 'dunning', 'policies.title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

const tones = { draft: 'info', active: 'positive', retired: 'neutral' } as const

export default function Policies() {
  const { policies, mayWrite } = useLoaderData<typeof loader>()
  const { t } = useTranslation('dunning')
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('title'), to: '/office/dunning' }]}
        title={t('policies.title')}
        below={t('policies.lead')}
        actions={mayWrite ? <ButtonLink to="/office/dunning/policies/new">{t('policies.new')}</ButtonLink> : undefined}
      />
      <Card isFlush>
        <Table
          caption={t('policies.title')}
          rows={policies}
          rowKey={({ id }) => id}
          empty={<EmptyState title={t('policies.none')}>{t('policies.noneText')}</EmptyState>}
          columns={[
            {
              key: 'for',
              head: t('policies.for'),
              isPrimary: true,
              cell: ({ id, segment, currency, version }) => (
                <TextLink to={`/office/dunning/policies/${id}`}>
                  {t('policies.name', { segment: segment ?? t('policies.everyone'), currency, version })}
                </TextLink>
              ),
            },
            { key: 'state', head: t('policies.state'), cell: ({ state }) => <State tone={tones[state]}>{t(`state.${state}`)}</State> },
            { key: 'steps', head: t('policies.steps'), cell: ({ days }) => t('policies.onDays', { days: days.join(', ') }) },
            { key: 'minimum', head: t('policies.minimum'), isNumber: true, cell: ({ minimum }) => <Money amount={minimum} /> },
          ]}
        />
      </Card>
    </>
  )
}
