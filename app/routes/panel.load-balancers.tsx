import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { monthPrice } from '#app/domain/cloud/month-price.ts'
import { readPlaces } from '#app/reports/cloud-things/places.server.ts'
import { listThings } from '#app/reports/cloud-things/query.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { PublicId } from '#app/ui/base/public-id.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { useRefreshWhile } from '#app/ui/base/use-refresh-while.ts'
import { AlgorithmSelect } from '#app/ui/cloud/algorithm-select.tsx'
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
  await cloudWith(request, 'load-balancers')
  const page = await asCustomer(request, 'server:read', async (ctx, { can }) => ({
    list: await listThings(ctx, { kind: 'load-balancer', page: pageOf(filterOf(request)) }),
    places: await readPlaces(ctx),
    mayWrite: can('server:write'),
  }))
  const locations = page.mayWrite ? await pricedPlaces(request, 'load-balancer', page.places.locations) : []
  const [first] = locations
  const month = first ? monthPrice({ ...first.price, quantity: 1 }) : null
  return { ...page, locations, month, formKey: newFormKey(), title: await pageTitle(request, 'cloud', 'balancers.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  return doPlainDeed(request, { kind: 'create-load-balancer', subjectId: null, to: (id) => `/panel/load-balancers/${id}` })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function LoadBalancers() {
  const { list, locations, mayWrite } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('cloud')
  useRefreshWhile(list.rows.some(({ state, pendingAction }) => state === 'building' || pendingAction !== null))
  return (
    <>
      <PageHeader
        title={t('balancers.title')}
        beside={<span className="tabular text-muted">{list.total}</span>}
        below={t('balancers.text')}
      />
      <DeedNotice answer={answer} />
      <div className="grid gap-6">
        <Card isFlush>
          <ThingTable
            caption={t('balancers.title')}
            rows={list.rows}
            pathOf={({ id }) => `/panel/load-balancers/${id}`}
            facts={[
              { key: 'address', head: t('address'), cell: ({ address }) => (address ? <PublicId id={address} hasCopy={false} /> : '–') },
              { key: 'servers', head: t('networks.servers'), isNumber: true, cell: ({ spec }) => spec.serverIds.length },
            ]}
            empty={<EmptyState title={t('balancers.none')}>{t('balancers.noneText')}</EmptyState>}
          />
          <Pagination page={list.page} pageSize={list.pageSize} total={list.total} />
        </Card>
        {mayWrite && locations.length > 0 ? <NewBalancer /> : null}
      </div>
    </>
  )
}

function NewBalancer() {
  const { locations, month, formKey } = useLoaderData<typeof loader>()
  const { t } = useTranslation('cloud')
  const format = useFormat()
  const { error, typed } = useDeedErrors(useActionData<typeof action>())
  return (
    <Card id="new-balancer" title={t('balancers.create')} className="max-w-2xl">
      <DeedForm deed="create-load-balancer" formKey={formKey} className="grid gap-5">
        <TextInput name="name" label={t('name')} required maxLength={60} defaultValue={typed('name') ?? ''} error={error('name')} />
        <PlaceSelect places={locations} unit="one" defaultValue={typed('zone')} error={error('zone')} />
        <AlgorithmSelect defaultValue={typed('algorithm')} error={error('algorithm')} />
        {month ? (
          <p className="text-sm text-muted" suppressHydrationWarning>
            {t('balancers.priceNote', { amount: format.money(month) })}
          </p>
        ) : null}
        <div>
          <SubmitButton>{t('balancers.create')}</SubmitButton>
        </div>
      </DeedForm>
    </Card>
  )
}
