import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { monthPrice } from '#app/domain/cloud/month-price.ts'
import { readPlaces } from '#app/reports/cloud-things/places.server.ts'
import { listThings } from '#app/reports/cloud-things/query.server.ts'
import { AlgorithmSelect } from '#app/ui/algorithm-select.tsx'
import { Card } from '#app/ui/card.tsx'
import { DeedForm, DeedNotice, useDeedErrors } from '#app/ui/deed-form.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { TextInput } from '#app/ui/field.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { Pagination } from '#app/ui/pagination.tsx'
import { PlaceSelect } from '#app/ui/place-select.tsx'
import { PublicId } from '#app/ui/public-id.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { ThingTable } from '#app/ui/thing-table.tsx'
import { useFormat } from '#app/ui/use-format.ts'
import { useRefreshWhile } from '#app/ui/use-refresh-while.ts'
import { asCustomer } from '#app/web/as-customer.server.ts'
import { cloudWith, doPlainDeed, newFormKey, pricedPlaces } from '#app/web/cloud-desk.server.ts'
import { filterOf, pageOf } from '#app/web/filters.ts'
import { pageTitle } from '#app/web/page-title.server.ts'

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
