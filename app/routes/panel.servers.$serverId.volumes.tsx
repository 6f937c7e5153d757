import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readSurroundings } from '#app/reports/cloud-things/query.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { ThingTable } from '#app/ui/cloud/thing-table.tsx'
import { cloudWith } from '#app/web/desks/cloud-desk.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  await cloudWith(request, 'volumes')
  const serverId = orNotFound(isUuid(params.serverId) ? params.serverId : null)
  return { around: orNotFound(await asCustomer(request, 'server:read', (ctx) => readSurroundings(ctx, serverId))) }
}

export default function ServerVolumes() {
  const { around } = useLoaderData<typeof loader>()
  const { t } = useTranslation('cloud')
  const format = useFormat()
  const toVolumes = (
    <ButtonLink to="/panel/volumes" look="secondary" size="small">
      {t('volumes.title')}
    </ButtonLink>
  )
  return (
    <Card id="volumes" title={t('volumes.title')} aside={toVolumes} isFlush>
      <ThingTable
        caption={t('volumes.title')}
        rows={around.volumes}
        pathOf={({ id }) => `/panel/volumes/${id}`}
        facts={[{ key: 'size', head: t('size'), isNumber: true, cell: ({ spec }) => t('gib', { size: format.quantity(spec.sizeGib) }) }]}
        empty={<EmptyState title={t('volumes.noneHere')}>{t('volumes.noneHereText')}</EmptyState>}
      />
    </Card>
  )
}
