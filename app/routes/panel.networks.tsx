import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readPlaces } from '#app/reports/cloud-things/places.server.ts'
import { listThings } from '#app/reports/cloud-things/query.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { useRefreshWhile } from '#app/ui/base/use-refresh-while.ts'
import { PlaceSelect } from '#app/ui/cloud/place-select.tsx'
import { ThingTable } from '#app/ui/cloud/thing-table.tsx'
import { DeedForm, DeedNotice, useDeedErrors } from '#app/ui/forms/deed-form.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { Pagination } from '#app/ui/tables/pagination.tsx'
import { cloudWith, doPlainDeed, newFormKey } from '#app/web/desks/cloud-desk.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { filterOf, pageOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  await cloudWith(request, 'networks')
  const page = await asCustomer(request, 'server:read', async (ctx, { can }) => ({
    list: await listThings(ctx, { kind: 'network', page: pageOf(filterOf(request)) }),
    places: (await readPlaces(ctx)).locations.map((place) => ({ ...place, price: null })),
    mayWrite: can('server:write'),
  }))
  return { ...page, formKey: newFormKey(), title: await pageTitle(request, 'cloud', 'networks.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  return doPlainDeed(request, { kind: 'create-network', subjectId: null, to: (id) => `/panel/networks/${id}` })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Networks() {
  const { list, places, mayWrite, formKey } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('cloud')
  const { error, typed } = useDeedErrors(answer)
  useRefreshWhile(list.rows.some(({ state, pendingAction }) => state === 'building' || pendingAction !== null))
  return (
    <>
      <PageHeader
        title={t('networks.title')}
        beside={<span className="tabular text-muted">{list.total}</span>}
        below={t('networks.text')}
      />
      <DeedNotice answer={answer} />
      <div className="grid gap-6">
        <Card isFlush>
          <ThingTable
            caption={t('networks.title')}
            rows={list.rows}
            pathOf={({ id }) => `/panel/networks/${id}`}
            isFree
            facts={[
              {
                key: 'range',
                head: t('range'),
                cell: ({ spec }) => (
                  <bdi dir="ltr" className="font-mono">
                    {spec.range}
                  </bdi>
                ),
              },
              { key: 'servers', head: t('networks.servers'), isNumber: true, cell: ({ spec }) => spec.serverIds.length },
            ]}
            empty={<EmptyState title={t('networks.none')}>{t('networks.noneText')}</EmptyState>}
          />
          <Pagination page={list.page} pageSize={list.pageSize} total={list.total} />
        </Card>
        {mayWrite && places.length > 0 ? (
          <Card id="new-network" title={t('networks.create')} className="max-w-2xl">
            <DeedForm deed="create-network" formKey={formKey} className="grid gap-5">
              <TextInput name="name" label={t('name')} required maxLength={60} defaultValue={typed('name') ?? ''} error={error('name')} />
              <PlaceSelect places={places} unit="one" defaultValue={typed('zone')} error={error('zone')} />
              <TextInput
                name="range"
                label={t('range')}
                help={t('networks.rangeHelp')}
                required
                dir="ltr"
                spellCheck={false}
                defaultValue={typed('range') ?? '10.0.0.0/24'}
                error={error('range')}
                className="max-w-xs"
              />
              <div>
                <SubmitButton>{t('networks.create')}</SubmitButton>
              </div>
            </DeedForm>
          </Card>
        ) : null}
      </div>
    </>
  )
}
