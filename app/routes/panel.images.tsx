import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { readPlaces } from '#app/reports/cloud-things/places.server.ts'
import { listServerChoices, listThings } from '#app/reports/cloud-things/query.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { useRefreshWhile } from '#app/ui/base/use-refresh-while.ts'
import { PlaceSelect } from '#app/ui/cloud/place-select.tsx'
import { ServerSelect } from '#app/ui/cloud/server-select.tsx'
import { ThingTable } from '#app/ui/cloud/thing-table.tsx'
import { ConfirmedDeed } from '#app/ui/forms/confirmed-deed.tsx'
import { DeedForm, DeedNotice, useDeedErrors } from '#app/ui/forms/deed-form.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { Pagination } from '#app/ui/tables/pagination.tsx'
import {
  answerDeed,
  cloudWith,
  type DeedAnswer,
  deedNamed,
  doPlainDeed,
  newFormKey,
  pricedPlaces,
  refusedForm,
} from '#app/web/desks/cloud-desk.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { filterOf, pageOf } from '#app/web/request/filters.ts'
import { line, uuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  await cloudWith(request, 'images')
  const page = await asCustomer(request, 'server:read', async (ctx, { can }) => ({
    list: await listThings(ctx, { kind: 'image', page: pageOf(filterOf(request)) }),
    places: await readPlaces(ctx),
    servers: await listServerChoices(ctx),
    mayWrite: can('server:write'),
    mayOrder: can('order:write'),
  }))
  const locations = page.mayWrite ? await pricedPlaces(request, 'template', page.places.locations) : []
  return { ...page, locations, formKey: newFormKey(), title: await pageTitle(request, 'cloud', 'images.title') }
}

const MakeForm = z.object({ formKey: line(60), serverId: uuid, imageName: line(60) })
const DeleteForm = z.object({ formKey: line(60), imageId: uuid })
const to = () => '/panel/images'

export async function action({ request }: ActionFunctionArgs) {
  const kind = deedNamed(request, ['register-image', 'make-image', 'delete-image'])
  if (kind === 'register-image') return doPlainDeed(request, { kind, subjectId: null, to })
  if (kind === 'make-image') {
    const form = await parseForm(request, MakeForm)
    if (!form.ok) return refusedForm(form.error, form.values)
    const { serverId, imageName, formKey } = form.value
    const wish = { deed: { kind, serverId, name: imageName } as const, subjectId: null, formKey }
    return answerDeed(request, { wish, to, values: { serverId, imageName } })
  }
  const form = await parseForm(request, DeleteForm)
  if (!form.ok) return refusedForm(form.error, form.values)
  return answerDeed(request, { wish: { deed: { kind }, subjectId: form.value.imageId, formKey: form.value.formKey }, to })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Images() {
  const { list, mayWrite, mayOrder, formKey, locations } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>() as DeedAnswer | undefined
  const { t } = useTranslation('cloud')
  const format = useFormat()
  useRefreshWhile(list.rows.some(({ state, pendingAction }) => state === 'building' || pendingAction !== null))
  return (
    <>
      <PageHeader title={t('images.title')} beside={<span className="tabular text-muted">{list.total}</span>} below={t('images.text')} />
      <DeedNotice answer={answer} />
      <div className="grid gap-6">
        <Card isFlush>
          <ThingTable
            caption={t('images.title')}
            rows={list.rows}
            facts={[
              {
                key: 'size',
                head: t('size'),
                isNumber: true,
                cell: ({ spec }) => (spec.sizeGib === null ? '–' : t('gib', { size: format.quantity(spec.sizeGib) })),
              },
            ]}
            deeds={
              mayWrite || mayOrder
                ? ({ id, name, state, location, pendingAction }) =>
                    state === 'building' || pendingAction ? (
                      '–'
                    ) : (
                      <div className="grid gap-2">
                        {mayOrder && state === 'ready' ? (
                          <TextLink to={`/order?${new URLSearchParams({ image: id, location })}`} isOtherArea className="text-sm">
                            {t('images.order')}
                            <span className="sr-only"> {name}</span>
                          </TextLink>
                        ) : null}
                        {mayWrite ? (
                          <ConfirmedDeed
                            deed="delete-image"
                            formKey={formKey}
                            fields={{ imageId: id }}
                            label={t('images.delete')}
                            text={t('images.deleteText')}
                          />
                        ) : null}
                      </div>
                    )
                : undefined
            }
            empty={<EmptyState title={t('images.none')}>{t('images.noneText')}</EmptyState>}
          />
          <Pagination page={list.page} pageSize={list.pageSize} total={list.total} />
        </Card>
        {mayWrite && locations.length > 0 ? <ImageForms /> : null}
      </div>
    </>
  )
}

function ImageForms() {
  const { servers, locations, formKey } = useLoaderData<typeof loader>()
  const { t } = useTranslation('cloud')
  const { error, typed } = useDeedErrors(useActionData<typeof action>() as DeedAnswer | undefined)
  return (
    <div className="grid items-start gap-6 xl:grid-cols-2">
      {servers.length > 0 ? (
        <Card id="make-image" title={t('images.make')}>
          <DeedForm deed="make-image" formKey={formKey} className="grid gap-5">
            <ServerSelect
              servers={servers}
              label={t('server')}
              help={t('images.makeHelp')}
              defaultValue={typed('serverId')}
              error={error('serverId')}
            />
            <TextInput
              name="imageName"
              label={t('name')}
              required
              maxLength={60}
              defaultValue={typed('imageName') ?? ''}
              error={error('imageName')}
            />
            <div>
              <SubmitButton>{t('images.make')}</SubmitButton>
            </div>
          </DeedForm>
        </Card>
      ) : null}
      <Card id="register-image" title={t('images.register')}>
        <DeedForm deed="register-image" formKey={formKey} className="grid gap-5">
          <TextInput name="name" label={t('name')} required maxLength={60} defaultValue={typed('name') ?? ''} error={error('name')} />
          <TextInput
            name="url"
            type="url"
            label={t('images.url')}
            help={t('images.urlHelp')}
            required
            dir="ltr"
            maxLength={500}
            defaultValue={typed('url') ?? ''}
            error={error('url')}
          />
          <PlaceSelect places={locations} unit="gib" defaultValue={typed('zone')} error={error('zone')} />
          <div>
            <SubmitButton>{t('images.register')}</SubmitButton>
          </div>
        </DeedForm>
      </Card>
    </div>
  )
}
