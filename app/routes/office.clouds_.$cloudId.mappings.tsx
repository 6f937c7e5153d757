import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { mappedKinds } from '#app/domain/usage/attribute-owner.ts'
import { listMappings, type MappingList, type MappingView } from '#app/reports/clouds/mappings.server.ts'
import { mapOwner, unmapOwner } from '#app/services/clouds/map-owner.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { type Column, Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid, line, uuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound, refuse } from '#app/web/request/refuse.server.ts'

const MapForm = z.object({ kind: z.enum(mappedKinds, 'invalid'), externalId: line(200), accountId: uuid, reason: line(200) })
const UnmapForm = z.object({ mappingId: uuid })
const problemStatus = { 'account-not-found': 404, 'mapped-already': 409 } as const

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { cloudId } = params
  if (!isUuid(cloudId)) throw refuse(404, 'not-found')
  const page = await asStaff(request, 'cloud:read', async (ctx, { can }) => {
    const { cloud, ...list } = await listMappings(ctx, cloudId)
    return { ...list, cloud: orNotFound(cloud), mayWrite: can('cloud:write'), mayPrice: can('contract:read') }
  })
  return { ...page, title: await pageTitle(request, 'office', 'mappings.title') }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { cloudId } = params
  if (!isUuid(cloudId)) throw refuse(404, 'not-found')
  const here = `/office/clouds/${cloudId}/mappings`
  if (new URL(request.url).searchParams.get('intent') === 'unmap') {
    const form = await parseForm(request, UnmapForm)
    if (!form.ok) throw refuse(400, 'invalid-deed')
    await asStaff(request, 'cloud:write', (ctx) => unmapOwner(ctx, form.value))
    return redirectWithToast(request, here, 'mapping.removed')
  }
  const form = await parseForm(request, MapForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const result = await asStaff(request, 'cloud:write', async (ctx) => {
    orNotFound((await listMappings(ctx, cloudId)).cloud)
    return mapOwner(ctx, { cloudRef: cloudId, ...form.value })
  })
  if (result.ok) return redirectWithToast(request, here, result.value.released > 0 ? 'mapping.released' : 'mapping.added')
  return data({ problem: result.error, values: form.value }, { status: problemStatus[result.error] })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Mappings() {
  const { cloud, mappings, accounts, unmapped, mayWrite, mayPrice } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('office')
  return (
    <>
      <PageHeader
        title={t('mappings.title')}
        crumbs={[{ label: t('clouds.title'), to: '/office/clouds' }]}
        beside={<bdi className="text-muted">{cloud.name}</bdi>}
        below={<span className="block max-w-prose">{t('mappings.lead')}</span>}
      />
      <div className="grid grid-cols-1 gap-6">
        {answer && 'problem' in answer ? <Notice tone="critical">{t(`mappings.problem.${answer.problem}`)}</Notice> : null}
        {unmapped > 0 ? (
          <Notice tone="warning">
            {t('mappings.waiting', { count: unmapped })}{' '}
            <TextLink to="/office/quarantine?reason=unmapped-owner">{t('nav.quarantine')}</TextLink>
          </Notice>
        ) : null}
        {mayWrite ? <MapCard key={mappings.length} accounts={accounts} answer={answer} /> : null}
        <Card isFlush>
          <Table
            caption={t('mappings.title')}
            rows={mappings}
            rowKey={({ id }) => id}
            columns={useColumns({ mayWrite, mayPrice })}
            empty={<EmptyState title={t('mappings.none')}>{t('mappings.noneText')}</EmptyState>}
          />
        </Card>
      </div>
    </>
  )
}

type MapCardProps = { accounts: MappingList['accounts']; answer: Parameters<typeof useFieldErrors>[0] }

function MapCard({ accounts, answer }: MapCardProps) {
  const { t } = useTranslation('office')
  const { error, typed } = useFieldErrors(answer)
  return (
    <Card title={t('mappings.add')}>
      <Form method="post" className="grid grid-cols-1 items-start gap-4 sm:grid-cols-2">
        <FormToken />
        <Select name="kind" label={t('mappings.kindLabel')} defaultValue={typed('kind') ?? 'domain'} error={error('kind')}>
          {mappedKinds.map((kind) => (
            <option key={kind} value={kind}>
              {t(`mappings.kind.${kind}`)}
            </option>
          ))}
        </Select>
        <TextInput
          name="externalId"
          label={t('mappings.externalId')}
          help={t('mappings.externalIdHelp')}
          required
          maxLength={200}
          dir="ltr"
          defaultValue={typed('externalId')}
          error={error('externalId')}
        />
        <Select name="accountId" label={t('mappings.owner')} defaultValue={typed('accountId')} error={error('accountId')}>
          {accounts.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <TextInput
          name="reason"
          label={t('mappings.reason')}
          help={t('mappings.reasonHelp')}
          required
          maxLength={200}
          defaultValue={typed('reason')}
          error={error('reason')}
        />
        <div className="sm:col-span-2">
          <SubmitButton>{t('mappings.map')}</SubmitButton>
        </div>
      </Form>
    </Card>
  )
}

function useColumns({ mayWrite, mayPrice }: { mayWrite: boolean; mayPrice: boolean }): Column<MappingView>[] {
  const { t } = useTranslation('office')
  return [
    {
      key: 'external',
      head: t('mappings.externalId'),
      isPrimary: true,
      cell: ({ externalId }) => (
        <bdi dir="ltr" title={externalId} className="inline-block max-w-44 truncate align-bottom">
          {externalId}
        </bdi>
      ),
    },
    { key: 'kind', head: t('mappings.kindLabel'), cell: ({ kind }) => t(`mappings.kind.${kind}`) },
    {
      key: 'owner',
      head: t('mappings.owner'),
      cell: ({ accountId, accountName, isReseller }) => (
        <>
          <TextLink to={`/office/accounts/${accountId}`} isQuiet>
            <bdi>{accountName}</bdi>
          </TextLink>
          {isReseller ? <span className="ms-2 text-muted">{t('mappings.reseller')}</span> : null}
        </>
      ),
    },
    ...(mayPrice
      ? [
          {
            key: 'prices',
            head: t('mappings.prices'),
            cell: ({ priceBook, currency }: MappingView) =>
              priceBook ? <bdi>{`${priceBook} · ${currency}`}</bdi> : <span className="text-muted">{t('mappings.noPrices')}</span>,
          },
        ]
      : []),
    ...(mayWrite
      ? [
          {
            key: 'remove',
            head: <span className="sr-only">{t('mappings.remove')}</span>,
            cell: ({ id, externalId }: MappingView) => (
              <Form method="post" action="?intent=unmap">
                <FormToken />
                <SubmitButton
                  name="mappingId"
                  value={id}
                  look="secondary"
                  size="small"
                  aria-label={`${t('mappings.remove')} ${externalId}`}
                >
                  {t('mappings.remove')}
                </SubmitButton>
              </Form>
            ),
          },
        ]
      : []),
  ]
}
