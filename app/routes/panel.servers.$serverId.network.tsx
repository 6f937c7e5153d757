import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData, useOutletContext } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { listThings, readSurroundings } from '#app/reports/cloud-things/query.server.ts'
import type { ServerDetail } from '#app/reports/servers/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { PublicId } from '#app/ui/base/public-id.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { ReverseNameForm } from '#app/ui/cloud/reverse-name-form.tsx'
import { ThingTable } from '#app/ui/cloud/thing-table.tsx'
import { DeedForm, DeedNotice, useDeedErrors } from '#app/ui/forms/deed-form.tsx'
import { Select } from '#app/ui/forms/field.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import {
  answerDeed,
  capabilitiesFor,
  type DeedAnswer,
  deedNamed,
  doPlainDeed,
  newFormKey,
  refusedForm,
} from '#app/web/desks/cloud-desk.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { isUuid, line, uuid } from '#app/web/request/form-fields.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

const offered = ['addresses', 'reverse-dns', 'networks'] as const

export async function loader({ request, params }: LoaderFunctionArgs) {
  const serverId = orNotFound(isUuid(params.serverId) ? params.serverId : null)
  const page = await asCustomer(request, 'server:read', async (ctx, { can, tenantId }) => ({
    tenantId,
    around: orNotFound(await readSurroundings(ctx, serverId)),
    addresses: await listThings(ctx, { kind: 'address', page: 1 }),
    networks: await listThings(ctx, { kind: 'network', page: 1 }),
    mayWrite: can('server:write'),
  }))
  const { tenantId, ...shown } = page
  const known = await capabilitiesFor(tenantId)
  const capabilities = offered.filter((capability) => known.includes(capability))
  orNotFound(capabilities[0])
  return { ...shown, capabilities, formKey: newFormKey() }
}

const AttachForm = z.object({ formKey: line(60), addressId: uuid })
const NetworkForm = z.object({ formKey: line(60), networkId: uuid })

export async function action({ request, params }: ActionFunctionArgs) {
  const serverId = orNotFound(isUuid(params.serverId) ? params.serverId : null)
  const to = () => `/panel/servers/${serverId}/network`
  const kind = deedNamed(request, ['set-reverse-name', 'attach-address', 'join-network', 'leave-network'])
  if (kind === 'set-reverse-name') return doPlainDeed(request, { kind, subjectId: serverId, to })
  if (kind === 'attach-address') {
    const form = await parseForm(request, AttachForm)
    if (!form.ok) return refusedForm(form.error, form.values)
    const { addressId, formKey } = form.value
    return answerDeed(request, { wish: { deed: { kind, serverId }, subjectId: addressId, formKey }, to })
  }
  const form = await parseForm(request, NetworkForm)
  if (!form.ok) return refusedForm(form.error, form.values)
  const { networkId, formKey } = form.value
  return answerDeed(request, { wish: { deed: { kind, serverId }, subjectId: networkId, formKey }, to })
}

export default function ServerNetwork() {
  const { around, capabilities, mayWrite } = useLoaderData<typeof loader>()
  const server = useOutletContext<ServerDetail>()
  const answer = useActionData<typeof action>() as DeedAnswer | undefined
  return (
    <>
      <DeedNotice answer={answer} last={around.problem} />
      <div className="grid gap-6">
        {capabilities.includes('reverse-dns') ? <OwnAddress server={server} mayWrite={mayWrite} /> : null}
        {capabilities.includes('addresses') ? <Addresses /> : null}
        {capabilities.includes('networks') ? <Networks /> : null}
      </div>
    </>
  )
}

function OwnAddress({ server, mayWrite }: { server: ServerDetail; mayWrite: boolean }) {
  const { around, formKey } = useLoaderData<typeof loader>()
  const { t } = useTranslation('cloud')
  const { error, typed } = useDeedErrors(useActionData<typeof action>() as DeedAnswer | undefined)
  return (
    <Card id="own-address" title={t('network.own')} className="max-w-2xl">
      <p className="mb-4 text-sm">{server.address ? <PublicId id={server.address} /> : '–'}</p>
      {mayWrite && server.pendingAction === null ? (
        <ReverseNameForm formKey={formKey} value={typed('reverseName') ?? around.reverseName} error={error('reverseName')} />
      ) : (
        <p className="text-sm text-muted">{around.reverseName ? <PublicId id={around.reverseName} /> : t('network.noReverse')}</p>
      )}
    </Card>
  )
}

function Addresses() {
  const { around, addresses, mayWrite, formKey } = useLoaderData<typeof loader>()
  const { t } = useTranslation('cloud')
  const free = addresses.rows.filter(({ server, state, location }) => !server && state === 'ready' && location === around.location)
  return (
    <Card id="addresses" title={t('network.more')} aside={<TextLink to="/panel/addresses">{t('addresses.title')}</TextLink>} isFlush>
      <ThingTable
        caption={t('network.more')}
        rows={around.addresses}
        pathOf={({ id }) => `/panel/addresses/${id}`}
        empty={<EmptyState title={t('network.noMore')}>{t('network.noMoreText')}</EmptyState>}
      />
      {mayWrite && free.length > 0 ? (
        <DeedForm deed="attach-address" formKey={formKey} className="flex flex-wrap items-end gap-4 border-t border-border px-card py-4">
          <Select name="addressId" label={t('network.freeAddress')} className="min-w-56">
            {free.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
          <SubmitButton look="secondary">{t('attach')}</SubmitButton>
        </DeedForm>
      ) : null}
    </Card>
  )
}

function Networks() {
  const { around, networks, mayWrite, formKey } = useLoaderData<typeof loader>()
  const { t } = useTranslation('cloud')
  const joined = new Set(around.networks.map(({ id }) => id))
  const others = networks.rows.filter(({ id, state, location }) => !joined.has(id) && state === 'ready' && location === around.location)
  return (
    <Card id="networks" title={t('networks.title')} aside={<TextLink to="/panel/networks">{t('networks.title')}</TextLink>} isFlush>
      <ThingTable
        caption={t('networks.title')}
        rows={around.networks}
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
        ]}
        deeds={
          mayWrite
            ? ({ id, pendingAction }) =>
                pendingAction ? (
                  '–'
                ) : (
                  <DeedForm deed="leave-network" formKey={formKey} fields={{ networkId: id }}>
                    <SubmitButton look="quiet" size="small">
                      {t('network.leave')}
                    </SubmitButton>
                  </DeedForm>
                )
            : undefined
        }
        empty={<EmptyState title={t('network.none')}>{t('network.noneText')}</EmptyState>}
      />
      {mayWrite && others.length > 0 ? (
        <DeedForm deed="join-network" formKey={formKey} className="flex flex-wrap items-end gap-4 border-t border-border px-card py-4">
          <Select name="networkId" label={t('network.other')} className="min-w-56">
            {others.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
          <SubmitButton look="secondary">{t('network.join')}</SubmitButton>
        </DeedForm>
      ) : null}
    </Card>
  )
}
