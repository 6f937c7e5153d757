import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { greatestVolumeGib } from '#app/domain/cloud/deeds.ts'
import { monthPrice } from '#app/domain/cloud/month-price.ts'
import { listServerChoices, readThing } from '#app/reports/cloud-things/query.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Money, Rate } from '#app/ui/base/money.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { useRefreshWhile } from '#app/ui/base/use-refresh-while.ts'
import { ThingStateView } from '#app/ui/cloud/thing-state.tsx'
import { AttachmentCard } from '#app/ui/desk/attachment-card.tsx'
import { DeedForm, DeedNotice, useDeedErrors } from '#app/ui/forms/deed-form.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
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
  await cloudWith(request, 'volumes')
  const id = orNotFound(isUuid(params.volumeId) ? params.volumeId : null)
  const page = await asCustomer(request, 'server:read', async (ctx, { can }) => {
    const volume = orNotFound(await readThing(ctx, { kind: 'volume', id }))
    return { volume, servers: await listServerChoices(ctx, volume), mayWrite: can('server:write') }
  })
  const { location, accountId, spec, name } = page.volume
  const price = await hourPriceFor(request, { meter: 'volume', location, accountId })
  const month = price && monthPrice({ ...price, quantity: spec.sizeGib })
  return { ...page, price, month, formKey: newFormKey(), title: titleOf(name, brandOf(await tenantOf(request)).pack.name) }
}

const deeds = ['attach-volume', 'detach-volume', 'resize-volume', 'delete-volume'] as const

export async function action({ request, params }: ActionFunctionArgs) {
  const subjectId = orNotFound(isUuid(params.volumeId) ? params.volumeId : null)
  const kind = deedNamed(request, deeds)
  const to = kind === 'delete-volume' ? '/panel/volumes' : `/panel/volumes/${subjectId}`
  return doPlainDeed(request, { kind, subjectId, to: () => to })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Volume() {
  const { volume, price, month, mayWrite } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('cloud')
  const format = useFormat()
  const isMoving = volume.state === 'building' || volume.pendingAction !== null
  useRefreshWhile(isMoving)
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('volumes.title'), to: '/panel/volumes' }]}
        title={<bdi>{volume.name}</bdi>}
        beside={<ThingStateView {...volume} />}
        facts={[
          { label: t('size'), value: t('gib', { size: format.quantity(volume.spec.sizeGib) }) },
          { label: t('location'), value: volume.place },
          {
            label: t('server'),
            value: volume.server ? <TextLink to={`/panel/servers/${volume.server.id}`}>{volume.server.name}</TextLink> : '–',
          },
          { label: t('thisMonth'), value: <Money amount={volume.costSoFar} /> },
          ...(price ? [{ label: t('perGibHour'), value: <Rate rate={price.hourly} currency={price.currency} /> }] : []),
          ...(month ? [{ label: t('aboutMonth'), value: <Money amount={month} /> }] : []),
        ]}
      />
      <DeedNotice answer={answer} last={volume.problem} />
      {mayWrite && !isMoving ? <VolumeDeeds /> : null}
    </>
  )
}

function VolumeDeeds() {
  const { volume, servers, formKey, price } = useLoaderData<typeof loader>()
  const { t } = useTranslation('cloud')
  const format = useFormat()
  const { error, typed } = useDeedErrors(useActionData<typeof action>())
  return (
    <div className="grid max-w-2xl gap-6">
      <AttachmentCard
        thing="volume"
        formKey={formKey}
        attached={volume.server ? t('volumes.attached', { server: volume.server.name }) : null}
        isReady={volume.state === 'ready'}
        servers={servers}
        defaultValue={typed('serverId')}
        error={error('serverId')}
      />
      {volume.state === 'ready' ? (
        <Card title={t('volumes.resize')}>
          <DeedForm deed="resize-volume" formKey={formKey} className="grid gap-5">
            <TextInput
              name="sizeGib"
              type="number"
              label={t('sizeGib')}
              help={price ? t('volumes.resizePrice', { price: format.rate(price.hourly, price.currency) }) : t('volumes.onlyGrows')}
              min={volume.spec.sizeGib + 1}
              max={greatestVolumeGib}
              required
              defaultValue={typed('sizeGib') ?? String(volume.spec.sizeGib + 10)}
              error={error('sizeGib')}
              className="max-w-xs"
            />
            <div>
              <SubmitButton>{t('volumes.resize')}</SubmitButton>
            </div>
          </DeedForm>
        </Card>
      ) : null}
      {volume.server ? null : (
        <Card title={t('volumes.delete')}>
          <DeedForm deed="delete-volume" formKey={formKey} className="grid gap-4">
            <p className="text-sm text-muted">{t('volumes.deleteText')}</p>
            <div>
              <SubmitButton look="danger">{t('volumes.delete')}</SubmitButton>
            </div>
          </DeedForm>
        </Card>
      )}
    </div>
  )
}
