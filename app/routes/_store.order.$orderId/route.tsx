import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { readOrderProgress } from '#app/reports/order-progress/query.server.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Money } from '#app/ui/money.tsx'
import { Facts } from '#app/ui/page-header.tsx'
import { PublicId } from '#app/ui/public-id.tsx'
import { Steps } from '#app/ui/steps.tsx'
import { useLabel } from '#app/ui/use-label.ts'
import { useOrderEvents } from '#app/ui/use-order-events.ts'
import { asOrderReader, orderReaderOf } from '#app/web/order-reader.server.ts'
import { pageTitle } from '#app/web/page-title.server.ts'
import { languageOf } from '#app/web/preferences.server.ts'
import { orNotFound } from '#app/web/refuse.server.ts'
import { tenantOf } from '#app/web/tenant-of.server.ts'
import { attemptOf } from './attempt.server.ts'
import { AttemptNotice, Notices } from './notices.tsx'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const language = await languageOf(request, await tenantOf(request))
  const reader = await orderReaderOf(request, params.orderId)
  const attempt = await attemptOf(request, reader)
  const order = orNotFound(await asOrderReader(reader, (ctx) => readOrderProgress(ctx, reader.orderId, language)))
  return { order, attempt, isGuest: reader.isGuest, title: await pageTitle(request, 'store', 'progress.title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: page?.title },
  ...(page?.attempt?.goTo ? [{ httpEquiv: 'refresh', content: `0;url=${page.attempt.goTo}` }] : []),
]

type Shown = ReturnType<typeof useLoaderData<typeof loader>>['order']

export default function OrderProgress() {
  const label = useLabel()
  const { order, attempt, isGuest } = useLoaderData<typeof loader>()
  const goTo = attempt?.goTo
  const isMoving = (order.state === 'placed' || order.state === 'provisioning') && !goTo
  const isHeld = order.isToPay || order.unconfirmedEmail !== null
  useOrderEvents(`/order/${order.id}/events`, isMoving)
  useEffect(() => {
    if (goTo) window.location.replace(goTo)
  }, [goTo])
  return (
    <main id="main" className="page pt-12">
      {isMoving ? (
        <noscript>
          <meta httpEquiv="refresh" content={isHeld ? '30' : '3'} />
        </noscript>
      ) : null}
      <div className="mx-auto max-w-[40rem]">
        <Heading order={order} isHeld={isHeld} />
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
        <AttemptNotice attempt={attempt} />
        {goTo ? null : <Notices order={order} />}
        <OrderFacts order={order} />
        {isGuest ? null : <PanelLinks order={order} />}
      </div>
    </main>
  )
}

/** On to what was ordered, for whoever is signed in. */
function PanelLinks({ order }: { readonly order: Shown }) {
  const { t } = useTranslation('store')
  return (
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
  )
}

/** What the page says first: where the order is, or that it waits for its buyer. */
function Heading({ order, isHeld }: { readonly order: Shown; readonly isHeld: boolean }) {
  const { t } = useTranslation('store')
  const { state, hasServer, serverName: name } = order
  const [heading, text] = hasServer ? (['heading', 'text'] as const) : (['serviceHeading', 'serviceText'] as const)
  return (
    <>
      <h1 className="text-2xl font-semibold">{isHeld ? t('progress.heldHeading') : t(`progress.${heading}.${state}`, { name })}</h1>
      <p className="mt-2 text-muted">{isHeld ? t('progress.heldText') : t(`progress.${text}.${state}`)}</p>
    </>
  )
}

function OrderFacts({ order }: { readonly order: Shown }) {
  const { t } = useTranslation('store')
  return (
    <div className="mt-6">
      <Facts
        facts={[
          { label: t('progress.order'), value: <PublicId id={order.publicId} isShort /> },
          { label: t('plans.plan'), value: order.planName },
          { label: t('order.firstInvoice'), value: <Money amount={order.total} /> },
          ...(order.address ? [{ label: t('progress.address'), value: <PublicId id={order.address} /> }] : []),
          ...(order.address && order.state === 'active'
            ? [{ label: t('progress.login'), value: <PublicId id={`ssh root@${order.address}`} /> }]
            : []),
        ]}
      />
    </div>
  )
}
