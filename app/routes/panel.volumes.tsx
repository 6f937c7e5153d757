import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { greatestVolumeGib } from '#app/domain/cloud/deeds.ts'
import { readPlaces } from '#app/reports/cloud-things/places.server.ts'
import { listThings } from '#app/reports/cloud-things/query.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { useRefreshWhile } from '#app/ui/base/use-refresh-while.ts'
import { PlaceSelect } from '#app/ui/cloud/place-select.tsx'
import { ThingTable } from '#app/ui/cloud/thing-table.tsx'
import { DeedForm, DeedNotice, useDeedErrors } from '#app/ui/forms/deed-form.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { Pagination } from '#app/ui/tables/pagination.tsx'
import { cloudWith, doPlainDeed, newFormKey, pricedPlaces } from '#app/web/desks/cloud-desk.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { filterOf, pageOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  await cloudWith(request, 'volumes')
  const page = await asCustomer(request, 'server:read', async (ctx, { can }) => ({
    list: await listThings(ctx, { kind: 'volume', page: pageOf(filterOf(request)) }),
    places: await readPlaces(ctx),
    mayWrite: can('server:write'),
  }))
  const locations = page.mayWrite ? await pricedPlaces(request, 'volume', page.places.locations) : []
  return { ...page, locations, formKey: newFormKey(), title: await pageTitle(request, 'cloud', 'volumes.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  return doPlainDeed(request, { kind: 'create-volume', subjectId: null, to: (id) => `/panel/volumes/${id}` })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Volumes() {
  const { list, locations, mayWrite, formKey } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('cloud')
  const format = useFormat()
  const { error, typed } = useDeedErrors(answer)
  useRefreshWhile(list.rows.some(({ state, pendingAction }) => state === 'building' || pendingAction !== null))
  return (
    <>
      <PageHeader title={t('volumes.title')} beside={<span className="tabular text-muted">{list.total}</span>} below={t('volumes.text')} />
      <DeedNotice answer={answer} />
      <div className="grid gap-6">
        <Card isFlush>
          <ThingTable
            caption={t('volumes.title')}
            rows={list.rows}
            pathOf={({ id }) => `/panel/volumes/${id}`}
            hasServer
            facts={[
              { key: 'size', head: t('size'), isNumber: true, cell: ({ spec }) => t('gib', { size: format.quantity(spec.sizeGib) }) },
            ]}
            empty={<EmptyState title={t('volumes.none')}>{t('volumes.noneText')}</EmptyState>}
          />
          <Pagination page={list.page} pageSize={list.pageSize} total={list.total} />
        </Card>
        {mayWrite && locations.length > 0 ? (
          <Card id="new-volume" title={t('volumes.create')} className="max-w-2xl">
            <DeedForm deed="create-volume" formKey={formKey} className="grid gap-5">
              <TextInput name="name" label={t('name')} required maxLength={60} defaultValue={typed('name')} error={error('name')} />
              <PlaceSelect places={locations} unit="gib" defaultValue={typed('zone')} error={error('zone')} />
              <TextInput
                name="sizeGib"
                type="number"
                label={t('sizeGib')}
                help={t('volumes.priceNote')}
                min={1}
                max={greatestVolumeGib}
                required
                defaultValue={typed('sizeGib') ?? '20'}
                error={error('sizeGib')}
                className="max-w-xs"
              />
              <div>
                <SubmitButton>{t('volumes.create')}</SubmitButton>
              </div>
            </DeedForm>
          </Card>
        ) : null}
      </div>
    </>
  )
}
