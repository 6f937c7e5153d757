import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readOrderProgress } from '#app/reports/order-progress/query.server.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Money } from '#app/ui/money.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Facts } from '#app/ui/page-header.tsx'
import { PublicId } from '#app/ui/public-id.tsx'
import { Steps } from '#app/ui/steps.tsx'
import { useLabel } from '#app/ui/use-label.ts'
import { useRefreshWhile } from '#app/ui/use-refresh-while.ts'
import { asCustomer } from '#app/web/as-customer.server.ts'
import { isUuid } from '#app/web/form-fields.ts'
import { pageTitle } from '#app/web/page-title.server.ts'
import { languageOf } from '#app/web/preferences.server.ts'
import { orNotFound } from '#app/web/refuse.server.ts'
import { tenantOf } from '#app/web/tenant-of.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const language = await languageOf(request, await tenantOf(request))
  const orderId = orNotFound(isUuid(params.orderId) ? params.orderId : null)
  const order = orNotFound(await asCustomer(request, 'order:read', (ctx) => readOrderProgress(ctx, orderId, language)))
  return { order, title: await pageTitle(request, 'store', 'progress.title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function OrderProgress() {
  const { t } = useTranslation('store')
  const label = useLabel()
  const { order } = useLoaderData<typeof loader>()
  const isMoving = order.state === 'placed' || order.state === 'provisioning'
  useRefreshWhile(isMoving)
  return (
    <main id="main" className="page pt-12">
      {isMoving ? (
        <noscript>
          <meta httpEquiv="refresh" content="3" />
        </noscript>
      ) : null}
      <div className="mx-auto max-w-[40rem]">
        <h1 className="text-2xl font-semibold">
          {t(`progress.${order.hasServer ? 'heading' : 'serviceHeading'}.${order.state}`, { name: order.serverName })}
        </h1>
        <p className="mt-2 text-muted">{t(`progress.${order.hasServer ? 'text' : 'serviceText'}.${order.state}`)}</p>
        <div className="mt-8 rounded-card border border-border bg-surface p-card" aria-live="polite">
          <Steps
            steps={order.steps.map(({ step, state, at }) => ({
              key: step,
              title: label(`store:progress.step.${step}`, step),
              state,
              at: state === 'waiting' ? undefined : (at ?? undefined),
            }))}
          />
        </div>
        <CreditNotice order={order} />
        <div className="mt-6">
          <Facts
            facts={[
              { label: t('progress.order'), value: <PublicId id={order.publicId} isShort /> },
              { label: t('plans.plan'), value: order.planName },
              { label: t('order.firstInvoice'), value: <Money amount={order.total} /> },
              ...(order.address ? [{ label: t('progress.address'), value: <PublicId id={order.address} /> }] : []),
            ]}
          />
        </div>
        <div className="mt-6 flex flex-wrap gap-3">
          {order.serverId && order.state === 'active' ? (
            <ButtonLink to={`/panel/servers/${order.serverId}`} isOtherArea>
              {t('progress.open')}
            </ButtonLink>
          ) : null}
          {!order.hasServer && order.subscriptionId && order.state === 'active' ? (
            <ButtonLink to={`/panel/subscriptions/${order.subscriptionId}`} isOtherArea>
              {t('progress.openSubscription')}
            </ButtonLink>
          ) : null}
          <ButtonLink to={order.hasServer ? '/panel/servers' : '/panel/subscriptions'} look="secondary" isOtherArea>
            {t(order.hasServer ? 'progress.servers' : 'progress.subscriptions')}
          </ButtonLink>
        </div>
      </div>
    </main>
  )
}

type Shown = ReturnType<typeof useLoaderData<typeof loader>>['order']

/** Why an order ended, or that it goes on once it is paid; what a level above said is not told. */
function CreditNotice({ order }: { readonly order: Shown }) {
  const { t } = useTranslation('store')
  const missing = order.missing ? (
    <p>
      {t('progress.missing')} <Money amount={order.missing} />
    </p>
  ) : null
  if (order.isToPay)
    return (
      <div className="mt-4 grid gap-4">
        <Notice tone="warning">
          <p>{t('progress.toPay')}</p>
          {missing}
        </Notice>
        <div>
          <ButtonLink to={`/order/${order.id}/pay`}>{t('progress.pay')}</ButtonLink>
        </div>
      </div>
    )
  if (order.state !== 'failed' && order.state !== 'refused') return null
  return (
    <div className="mt-4">
      <Notice tone="critical">
        {order.ownProblem ? <p>{t(`progress.problem.${order.ownProblem}`)}</p> : null}
        {missing}
        <p>{t('progress.notCharged')}</p>
      </Notice>
    </div>
  )
}
