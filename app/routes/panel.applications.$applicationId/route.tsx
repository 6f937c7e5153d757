import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { Play, Power } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { readApplication } from '#app/reports/apps/applications.server.ts'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { useLabel } from '#app/ui/base/use-label.ts'
import { useRefreshWhile } from '#app/ui/base/use-refresh-while.ts'
import { ApplicationStateView } from '#app/ui/cloud/application-state.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { brandOf } from '#app/web/branding/brand.server.ts'
import { capabilitiesFor, newFormKey } from '#app/web/desks/cloud-desk.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { titleOf } from '#app/web/request/page-title.server.ts'
import { languageOf } from '#app/web/request/preferences.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'
import { readerCatalog } from '../_store.order._index/reader-catalog.server.ts'
import { doApplicationDeed } from './deeds.server.ts'
import { RemoveCard } from './remove-card.tsx'
import { TierCard } from './tier-card.tsx'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const tenant = await tenantOf(request)
  const language = await languageOf(request, tenant)
  const applicationId = orNotFound(isUuid(params.applicationId) ? params.applicationId : null)
  const { application, mayWrite, mayOrder } = await asCustomer(request, 'server:read', async (ctx, { can, accountId }) => {
    const found = orNotFound(await readApplication(ctx, applicationId, language))
    return { application: found, mayWrite: can('server:write'), mayOrder: can('order:write') && found.accountId === accountId }
  })
  const catalog = await readerCatalog(request)
  return {
    application,
    mayWrite,
    mayOrder,
    plans: (catalog?.plans ?? []).map(({ code, name }) => ({ code, name })),
    images: catalog?.images ?? [],
    canUpdate: mayWrite && (await capabilitiesFor(tenant.tenantId)).includes('rebuild'),
    formKey: newFormKey(),
    title: titleOf(application.name, brandOf(tenant).pack.name),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  return doApplicationDeed(request, orNotFound(isUuid(params.applicationId) ? params.applicationId : null))
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Application() {
  const { application, mayWrite } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['apps', 'common'])
  const label = useLabel()
  const [search] = useSearchParams()
  const { name, app, state, location, createdAt, monthly, costSoFar, tiers, isBusy } = application
  useRefreshWhile(isBusy)
  const problem = answer && 'problem' in answer ? answer.problem : search.has('check') ? 'not-orderable' : null
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('title'), to: '/panel/applications' }]}
        title={name}
        beside={<ApplicationStateView state={state} />}
        below={app}
        actions={mayWrite && state !== 'removed' ? <Deeds state={state} isBusy={isBusy} /> : null}
        facts={[
          { label: t('common:server.location'), value: location },
          { label: t('since'), value: <DateTime instant={createdAt} isDayOnly /> },
          ...(costSoFar ? [{ label: t('common:server.costSoFar'), value: <Money amount={costSoFar} /> }] : []),
          ...(monthly ? [{ label: t('common:server.monthlyCap'), value: <Money amount={monthly} /> }] : []),
        ]}
      />
      {problem ? (
        <div className="mb-6">
          <Notice tone="critical">{label(`apps:problem.${problem}`, t('problem.refused'))}</Notice>
        </div>
      ) : null}
      <div className="grid gap-6">
        {tiers.map((tier) => (
          <TierCard key={tier.code} tier={tier} />
        ))}
        {mayWrite && state !== 'removed' ? <RemoveCard /> : null}
      </div>
    </>
  )
}

/** Starting and stopping all of it; while a piece is worked on both wait. */
function Deeds({ state, isBusy }: { state: string; isBusy: boolean }) {
  const { t } = useTranslation('apps')
  if (isBusy)
    return (
      <span className="text-sm text-muted" role="status">
        {t('busy')}
      </span>
    )
  return (
    <>
      {state === 'stopped' || state === 'partial' ? (
        <Form method="post" action="?deed=start">
          <FormToken />
          <SubmitButton size="small" className="h-9">
            <Play aria-hidden className="size-4" />
            {t('start')}
          </SubmitButton>
        </Form>
      ) : null}
      {state === 'running' || state === 'partial' ? (
        <Form method="post" action="?deed=stop">
          <FormToken />
          <SubmitButton size="small" look="secondary" className="h-9">
            <Power aria-hidden className="size-4" />
            {t('stop')}
          </SubmitButton>
        </Form>
      ) : null}
    </>
  )
}
