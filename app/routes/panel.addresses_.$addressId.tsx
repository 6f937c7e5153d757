import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listServerChoices, readThing } from '#app/reports/cloud-things/query.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Money, Rate } from '#app/ui/base/money.tsx'
import { PublicId } from '#app/ui/base/public-id.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useRefreshWhile } from '#app/ui/base/use-refresh-while.ts'
import { ReverseNameForm } from '#app/ui/cloud/reverse-name-form.tsx'
import { ThingStateView } from '#app/ui/cloud/thing-state.tsx'
import { AttachmentCard } from '#app/ui/desk/attachment-card.tsx'
import { DeedForm, DeedNotice, useDeedErrors } from '#app/ui/forms/deed-form.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { brandOf } from '#app/web/branding/brand.server.ts'
import { cloudWith, deedNamed, doPlainDeed, hourPriceFor, newFormKey } from '#app/web/desks/cloud-desk.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { titleOf } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { capabilities } = await cloudWith(request, 'addresses')
  const id = orNotFound(isUuid(params.addressId) ? params.addressId : null)
  const page = await asCustomer(request, 'server:read', async (ctx, { can }) => {
    const address = orNotFound(await readThing(ctx, { kind: 'address', id }))
    return { address, servers: await listServerChoices(ctx, address), mayWrite: can('server:write') }
  })
  const { location, accountId, name } = page.address
  const price = await hourPriceFor(request, { meter: 'address', location, accountId })
  const title = titleOf(name, brandOf(await tenantOf(request)).pack.name)
  return { ...page, price, hasReverse: capabilities.includes('reverse-dns'), formKey: newFormKey(), title }
}

const deeds = ['attach-address', 'detach-address', 'release-address', 'set-reverse-name'] as const

export async function action({ request, params }: ActionFunctionArgs) {
  const subjectId = orNotFound(isUuid(params.addressId) ? params.addressId : null)
  const kind = deedNamed(request, deeds)
  const to = kind === 'release-address' ? '/panel/addresses' : `/panel/addresses/${subjectId}`
  return doPlainDeed(request, { kind, subjectId, to: () => to })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Address() {
  const { address, price, mayWrite } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('cloud')
  const isMoving = address.state === 'building' || address.pendingAction !== null
  useRefreshWhile(isMoving)
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('addresses.title'), to: '/panel/addresses' }]}
        title={<bdi dir="ltr">{address.name}</bdi>}
        beside={<ThingStateView {...address} />}
        facts={[
          ...(address.address ? [{ label: t('address'), value: <PublicId id={address.address} /> }] : []),
          { label: t('location'), value: address.place },
          {
            label: t('server'),
            value: address.server ? <TextLink to={`/panel/servers/${address.server.id}`}>{address.server.name}</TextLink> : '–',
          },
          { label: t('reverseName'), value: address.spec.reverseName ? <PublicId id={address.spec.reverseName} /> : '–' },
          { label: t('thisMonth'), value: <Money amount={address.costSoFar} /> },
          ...(price ? [{ label: t('perHour'), value: <Rate rate={price.hourly} currency={price.currency} /> }] : []),
        ]}
      />
      <DeedNotice answer={answer} last={address.problem} />
      {mayWrite && !isMoving ? <AddressDeeds /> : null}
    </>
  )
}

function AddressDeeds() {
  const { address, servers, hasReverse, formKey } = useLoaderData<typeof loader>()
  const { t } = useTranslation('cloud')
  const { error, typed } = useDeedErrors(useActionData<typeof action>())
  const isReady = address.state === 'ready'
  return (
    <div className="grid max-w-2xl gap-6">
      <AttachmentCard
        thing="address"
        formKey={formKey}
        attached={address.server ? t('addresses.attached', { server: address.server.name }) : null}
        isReady={isReady}
        servers={servers}
        defaultValue={typed('serverId')}
        error={error('serverId')}
      />
      {isReady && hasReverse ? (
        <Card title={t('reverseName')}>
          <ReverseNameForm formKey={formKey} value={typed('reverseName') ?? address.spec.reverseName} error={error('reverseName')} />
        </Card>
      ) : null}
      {address.server ? null : (
        <Card title={t('addresses.release')}>
          <DeedForm deed="release-address" formKey={formKey} className="grid gap-4">
            <p className="text-sm text-muted">{t('addresses.releaseText')}</p>
            <div>
              <SubmitButton look="danger">{t('addresses.release')}</SubmitButton>
            </div>
          </DeedForm>
        </Card>
      )}
    </div>
  )
}
