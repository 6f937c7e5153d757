import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readOwnHost } from '#app/reports/domains/query.server.ts'
import { Notice } from '#app/ui/base/notice.tsx'
import { useDomainProblem } from '#app/ui/desk/use-domain-problem.ts'
import { brandOf } from '#app/web/branding/brand.server.ts'
import { changeHost } from '#app/web/desks/domain-deeds.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { titleOf } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { HostDeeds } from './host-deeds.tsx'
import { HostHeader } from './host-header.tsx'
import { HostRecords } from './host-records.tsx'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const id = orNotFound(isUuid(params.hostId) ? params.hostId : null)
  return asStaff(request, 'domain:read', async (ctx, { can, tenant }) => {
    const host = orNotFound(await readOwnHost(ctx, id))
    return { host, mayChange: can('domain:write'), title: titleOf(host.shownHost, brandOf(tenant).pack.name) }
  })
}

export const action = ({ request, params }: ActionFunctionArgs) =>
  changeHost(request, orNotFound(isUuid(params.hostId) ? params.hostId : null))

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Host() {
  const { host, mayChange } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('domain')
  const problem = useDomainProblem(answer?.problem)
  const isOfName = answer?.problem === 'name-differs'
  return (
    <>
      <HostHeader host={host} />
      <div className="grid grid-cols-1 gap-6">
        {problem && !isOfName ? <Notice tone="critical">{problem}</Notice> : null}
        <Notice tone={host.state === 'failing' ? 'warning' : 'info'}>{t(`stateText.${host.state}`)}</Notice>
        {host.state === 'released' ? null : (
          <>
            <HostRecords host={host} mayChange={mayChange} />
            {mayChange ? <HostDeeds host={host} nameError={isOfName ? problem : undefined} /> : null}
          </>
        )}
      </div>
    </>
  )
}
