import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useOutletContext } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { readPlaces } from '#app/reports/cloud-things/places.server.ts'
import { listThings, readSurroundings } from '#app/reports/cloud-things/query.server.ts'
import type { ServerDetail } from '#app/reports/servers/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { DeedForm, DeedNotice, useDeedErrors } from '#app/ui/forms/deed-form.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { answerDeed, capabilitiesFor, type DeedAnswer, newFormKey, refusedForm } from '#app/web/desks/cloud-desk.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { isUuid, line } from '#app/web/request/form-fields.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const serverId = orNotFound(isUuid(params.serverId) ? params.serverId : null)
  const page = await asCustomer(request, 'server:read', async (ctx, { can, tenantId }) => ({
    tenantId,
    around: orNotFound(await readSurroundings(ctx, serverId)),
    own: (await listThings(ctx, { kind: 'image', page: 1 })).rows,
    offered: (await readPlaces(ctx)).images,
    mayWrite: can('server:write'),
  }))
  const { tenantId, own, offered, around, mayWrite } = page
  const mine = own
    .filter(({ state, location }) => state === 'ready' && location === around.location)
    .map(({ id, name }) => ({ code: id, name }))
  const isOffered = mayWrite && (await capabilitiesFor(tenantId)).includes('rebuild')
  const stays = around.volumes.length + around.addresses.length + around.backups.length
  return { images: isOffered ? [...offered, ...mine] : [], stays, problem: around.problem, formKey: newFormKey() }
}

const RebuildForm = z.object({ formKey: line(60), image: line(100), rebuildName: z.string().trim().max(100).default('') })

export async function action({ request, params }: ActionFunctionArgs) {
  const serverId = orNotFound(isUuid(params.serverId) ? params.serverId : null)
  const form = await parseForm(request, RebuildForm)
  if (!form.ok) return refusedForm(form.error, form.values)
  const { image, rebuildName, formKey } = form.value
  const name = await asCustomer(request, 'server:write', async (ctx) => orNotFound(await readSurroundings(ctx, serverId)).name)
  if (rebuildName !== name) return refusedForm({ rebuildName: 'name-differs' }, { image, rebuildName })
  const wish = { deed: { kind: 'rebuild', image } as const, subjectId: serverId, formKey }
  return answerDeed(request, { wish, to: () => `/panel/servers/${serverId}`, values: { image } })
}

export default function ServerDanger() {
  const { images, problem } = useLoaderData<typeof loader>()
  const server = useOutletContext<ServerDetail>()
  const answer = useActionData<typeof action>() as DeedAnswer | undefined
  return (
    <>
      <DeedNotice answer={answer} last={problem} />
      <div className="grid max-w-2xl gap-6">
        {images.length > 0 && server.pendingAction === null && server.state !== 'failed' ? <Rebuild server={server} /> : null}
        <Deletion server={server} />
      </div>
    </>
  )
}

function Rebuild({ server }: { server: ServerDetail }) {
  const { images, formKey } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['cloud', 'panel'])
  const { error, typed } = useDeedErrors(useActionData<typeof action>() as DeedAnswer | undefined)
  return (
    <Card id="rebuild" title={t('rebuild.title')}>
      <DeedForm deed="rebuild" formKey={formKey} className="grid gap-4">
        <Notice tone="warning">{t('rebuild.text')}</Notice>
        <Select name="image" label={t('rebuild.image')} defaultValue={typed('image') ?? server.image} error={error('image')}>
          {images.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </Select>
        <TextInput
          name="rebuildName"
          label={t('panel:server.delete.confirm', { name: server.name })}
          required
          autoComplete="off"
          spellCheck={false}
          autoCapitalize="none"
          dir="ltr"
          error={error('rebuildName')}
          className="max-w-sm"
        />
        <div>
          <SubmitButton look="danger">{t('rebuild.action')}</SubmitButton>
        </div>
      </DeedForm>
    </Card>
  )
}

function Deletion({ server }: { server: ServerDetail }) {
  const { stays } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['panel', 'cloud'])
  const format = useFormat()
  return (
    <Card id="delete" title={t('server.delete.title', { name: server.name })}>
      <div className="grid gap-4">
        <Notice tone="warning">{t('server.delete.text')}</Notice>
        {server.monthlyCap ? (
          <p className="text-sm text-muted" suppressHydrationWarning>
            {t('server.delete.saves', { amount: format.money(server.monthlyCap) })}
          </p>
        ) : null}
        {stays > 0 ? <p className="text-sm text-muted">{t('cloud:staysAfterDeletion', { count: stays })}</p> : null}
        <Form method="post" action={`/panel/servers/${server.id}`} className="grid gap-4">
          <FormToken />
          <input type="hidden" name="action" value="destroy" />
          <TextInput
            name="confirmedName"
            label={t('server.delete.confirm', { name: server.name })}
            required
            autoComplete="off"
            spellCheck={false}
            autoCapitalize="none"
            dir="ltr"
            pattern={server.name}
            className="max-w-sm"
          />
          <div>
            <SubmitButton look="danger">{t('server.delete.action')}</SubmitButton>
          </div>
        </Form>
      </div>
    </Card>
  )
}
