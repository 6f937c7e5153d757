import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { readOrderProgress } from '#app/reports/order-progress/query.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { PublicId } from '#app/ui/base/public-id.tsx'
import { Steps } from '#app/ui/base/steps.tsx'
import { useLabel } from '#app/ui/base/use-label.ts'
import { useOrderEvents } from '#app/ui/catalog/use-order-events.ts'
import { Facts } from '#app/ui/shell/page-header.tsx'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { languageOf } from '#app/web/request/preferences.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'
import { asOrderReader, openByStatusLink, orderReaderOf, statusLinkOf } from '#app/web/store/order-reader.server.ts'
import { slipOfTransfer } from '#app/web/store/transfer-slip.server.ts'
import { answerHere } from './answer.server.ts'
import { attemptOf } from './attempt.server.ts'
import { AttemptNotice, Notices } from './notices.tsx'
import { Pieces } from './pieces.tsx'
import { Questions } from './questions.tsx'
import { StatusLink, Transfer } from './transfer.tsx'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const language = await languageOf(request, await tenantOf(request))
  await openByStatusLink(request, params.orderId)
  const reader = await orderReaderOf(request, params.orderId)
  const attempt = await attemptOf(request, reader)
  const order = orNotFound(await asOrderReader(reader, (ctx) => readOrderProgress(ctx, reader.orderId, language)))
  if (order.leadId) throw redirect(`/order/${order.leadId}`)
  const { transfer, ...shown } = order
  const hasCode = transfer !== null && slipOfTransfer({ ...transfer, state: 'awaited' }, transfer.bank, transfer.payee) !== null
  const statusLink = reader.isGuest ? await statusLinkOf(request, reader.orderId) : null
  return {
    order: shown,
    transfer,
    hasCode,
    statusLink,
    attempt,
    isGuest: reader.isGuest,
    mayAnswer: reader.mayWrite,
    title: await pageTitle(request, 'store', 'progress.title'),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const answer = await answerHere(request, params.orderId)
  if (!answer.ok) return data({ fields: answer.error, values: answer.values }, { status: 422 })
  if (!answer.isKept) return data({ problem: 'question-closed' as const }, { status: 409 })
  return redirectWithToast(request, `/order/${answer.orderId}`, 'saved')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: page?.title },
  ...(page?.attempt?.goTo ? [{ httpEquiv: 'refresh', content: `0;url=${page.attempt.goTo}` }] : []),
]

type Shown = ReturnType<typeof useLoaderData<typeof loader>>['order']

export default function OrderProgress() {
  const label = useLabel()
  const { order, transfer, hasCode, statusLink, attempt, isGuest, mayAnswer } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const goTo = attempt?.goTo
  const isMoving = (order.state === 'placed' || order.state === 'provisioning') && !goTo
  const isAsked = order.questions.some(({ isOpen }) => isOpen)
  const isHeld = order.isToPay || transfer !== null || order.unconfirmedEmail !== null || isAsked
  useOrderEvents(`/order/${order.id}/events`, isMoving)
  useEffect(() => {
    if (goTo) window.location.replace(goTo)
  }, [goTo])
  return (
    <main id="main" className="page pt-12">
      {isMoving && !isAsked ? (
        <noscript>
          <meta httpEquiv="refresh" content={isHeld ? '30' : '3'} />
        </noscript>
      ) : null}
      <div className="mx-auto max-w-[40rem]">
        <Heading order={order} isHeld={isHeld} />
        <div className="mt-8 rounded-card border border-border bg-surface p-card" aria-live="polite">
          {order.pieces.length > 0 ? (
            <Pieces pieces={order.pieces} isGuest={isGuest} />
          ) : (
            <Steps
              steps={order.steps.map(({ step, state, at }) => ({
                key: step,
                title: label(`store:progress.step.${step}`, step),
                state,
                at: state === 'waiting' ? undefined : (at ?? undefined),
              }))}
            />
          )}
        </div>
        <AttemptNotice attempt={attempt} />
        {goTo ? null : <Notices order={order} />}
        <Questions questions={order.questions} mayAnswer={mayAnswer} answer={answer} />
        {transfer ? <Transfer orderId={order.id} transfer={transfer} hasCode={hasCode} /> : null}
        <OrderFacts order={order} />
        {statusLink ? <StatusLink link={statusLink} /> : null}
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
      {order.serverId && order.state === 'active' && order.pieces.length === 0 ? (
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
  const { state, hasServer, serverName: name, pieces } = order
  const [heading, text] = hasServer ? (['heading', 'text'] as const) : (['serviceHeading', 'serviceText'] as const)
  return (
    <>
      <h1 className="text-2xl font-semibold">
        {isHeld
          ? t('progress.heldHeading')
          : pieces.length > 0
            ? t(`progress.several.${state}`)
            : t(`progress.${heading}.${state}`, { name })}
      </h1>
      <p className="mt-2 text-muted">
        {isHeld
          ? t('progress.heldText')
          : pieces.length > 0
            ? t('progress.readyOf', { ready: pieces.filter((piece) => piece.state === 'active').length, count: pieces.length })
            : t(`progress.${text}.${state}`)}
      </p>
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
          ...(order.pieces.length > 0 ? [] : [{ label: t('plans.plan'), value: order.planName }]),
          { label: t('order.firstInvoice'), value: <Money amount={order.total} /> },
          ...(order.address && order.pieces.length === 0 ? [{ label: t('progress.address'), value: <PublicId id={order.address} /> }] : []),
          ...(order.address && order.state === 'active' && order.pieces.length === 0
            ? [{ label: t('progress.login'), value: <PublicId id={`ssh root@${order.address}`} /> }]
            : []),
        ]}
      />
    </div>
  )
}
