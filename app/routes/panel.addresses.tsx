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
import { PlaceSelect } from '#app/ui/cloud/place-select.tsx'
import { ThingTable } from '#app/ui/cloud/thing-table.tsx'
import { DeedForm, DeedNotice, useDeedErrors } from '#app/ui/forms/deed-form.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { Pagination } from '#app/ui/tables/pagination.tsx'
import { cloudWith, doPlainDeed, newFormKey, pricedPlaces } from '#app/web/desks/cloud-desk.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { filterOf, pageOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  await cloudWith(request, 'addresses')
  const page = await asCustomer(request, 'server:read', async (ctx, { can }) => ({
    list: await listThings(ctx, { kind: 'address', page: pageOf(filterOf(request)) }),
    places: await readPlaces(ctx),
    mayWrite: can('server:write'),
  }))
  const locations = page.mayWrite ? await pricedPlaces(request, 'address', page.places.locations) : []
  const [first] = locations
  const month = first ? monthPrice({ ...first.price, quantity: 1 }) : null
  return { ...page, locations, month, formKey: newFormKey(), title: await pageTitle(request, 'cloud', 'addresses.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  return doPlainDeed(request, { kind: 'acquire-address', subjectId: null, to: (id) => `/panel/addresses/${id}` })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Addresses() {
  const { list, locations, month, mayWrite, formKey } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('cloud')
  const format = useFormat()
  const { error, typed } = useDeedErrors(answer)
  useRefreshWhile(list.rows.some(({ state, pendingAction }) => state === 'building' || pendingAction !== null))
  return (
    <>
      <PageHeader
        title={t('addresses.title')}
        beside={<span className="tabular text-muted">{list.total}</span>}
        below={t('addresses.text')}
      />
      <DeedNotice answer={answer} />
      <div className="grid gap-6">
        <Card isFlush>
          <ThingTable
            caption={t('addresses.title')}
            rows={list.rows}
            pathOf={({ id }) => `/panel/addresses/${id}`}
            hasServer
            facts={[
              {
                key: 'reverse',
                head: t('reverseName'),
                cell: ({ spec }) => (spec.reverseName ? <PublicId id={spec.reverseName} hasCopy={false} /> : '–'),
              },
            ]}
            empty={<EmptyState title={t('addresses.none')}>{t('addresses.noneText')}</EmptyState>}
          />
          <Pagination page={list.page} pageSize={list.pageSize} total={list.total} />
        </Card>
        {mayWrite && locations.length > 0 ? (
          <Card id="new-address" title={t('addresses.create')} className="max-w-2xl">
            <DeedForm deed="acquire-address" formKey={formKey} className="grid gap-5">
              <PlaceSelect places={locations} unit="one" defaultValue={typed('zone')} error={error('zone')} />
              {month ? (
                <p className="text-sm text-muted" suppressHydrationWarning>
                  {t('addresses.priceNote', { amount: format.money(month) })}
                </p>
              ) : null}
              <div>
                <SubmitButton>{t('addresses.create')}</SubmitButton>
              </div>
            </DeedForm>
          </Card>
        ) : null}
      </div>
    </>
  )
}
