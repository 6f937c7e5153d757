import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Money as MoneyValue } from '#app/domain/money/money.ts'
import { type AttemptState, isFinished } from '#app/domain/payment-attempt/attempt-state.ts'
import { ButtonLink, buttonClasses } from '../base/button.tsx'
import { Card } from '../base/card.tsx'
import { DateTime } from '../base/date-time.tsx'
import { Money } from '../base/money.tsx'
import { Notice } from '../base/notice.tsx'
import { PublicId } from '../base/public-id.tsx'
import { TextLink } from '../base/text-link.tsx'
import { useFormat } from '../base/use-format.ts'
import { useLabel } from '../base/use-label.ts'
import { useRefreshWhile } from '../base/use-refresh-while.ts'
import type { Crumb } from '../shell/breadcrumb.tsx'
import { Facts, PageHeader } from '../shell/page-header.tsx'
import { SavedName } from './way-to-pay.tsx'

type Attempt = {
  readonly publicId: string
  readonly purpose: 'invoices' | 'order' | 'top-up' | 'method'
  readonly state: AttemptState
  readonly amount: MoneyValue
  readonly captured: MoneyValue
  readonly failureCode: string | null
  readonly redirectUrl: string | null
  readonly isUnderWay: boolean
  readonly at: Date
  readonly documents: readonly { readonly id: string; readonly number: string; readonly amount: MoneyValue }[]
  readonly orderId: string | null
  readonly method: { readonly label: string; readonly lastDigits: string | null } | null
}

type Outcome = 'paid' | 'saved' | 'failed' | 'ended' | 'going' | 'confirm' | 'open' | 'checked' | 'waiting'

/** What the payer is to know of an attempt. */
function outcomeOf({ state, purpose, failureCode, isUnderWay, redirectUrl }: Attempt, isGoing: boolean): Outcome {
  if (state === 'captured') return purpose === 'method' ? 'saved' : 'paid'
  if (state === 'failed') return 'failed'
  if (isFinished(state)) return 'ended'
  if (failureCode) return 'checked'
  if (isGoing) return 'going'
  if (state === 'action-required') return 'confirm'
  return state === 'pending' && !isUnderWay && redirectUrl ? 'open' : 'waiting'
}

const tones = {
  paid: 'positive',
  saved: 'positive',
  failed: 'critical',
  ended: 'warning',
  going: 'info',
  confirm: 'warning',
  open: 'warning',
  checked: 'warning',
  waiting: 'info',
} as const

/** One try to pay: on its way to the gateway, waiting, paid with a number to keep, or not paid with the reason and another try. */
export function AttemptPage({ attempt, goTo, crumb }: { readonly attempt: Attempt; readonly goTo: string | null; readonly crumb: Crumb }) {
  const { t } = useTranslation('pay')
  const label = useLabel()
  const outcome = outcomeOf(attempt, goTo !== null)
  useRefreshWhile(outcome === 'waiting')
  useEffect(() => {
    if (goTo) window.location.replace(goTo)
  }, [goTo])
  const reason = attempt.failureCode ? label(`pay:decline.${attempt.failureCode}`, t('decline.declined')) : ''
  return (
    <>
      {outcome === 'waiting' ? (
        <noscript>
          <meta httpEquiv="refresh" content="3" />
        </noscript>
      ) : null}
      <PageHeader title={t(`outcome.${outcome}.title`)} crumbs={[crumb]} />
      <div className="grid max-w-[40rem] gap-6" aria-live="polite">
        <Notice tone={tones[outcome]}>{outcome === 'failed' ? reason : t(`outcome.${outcome}.text`)}</Notice>
        {outcome === 'failed' ? <p className="text-sm text-muted">{t('notCharged')}</p> : null}
        <AttemptFacts attempt={attempt} />
        <NextSteps attempt={attempt} outcome={outcome} />
      </div>
    </>
  )
}

function AttemptFacts({ attempt }: { readonly attempt: Attempt }) {
  const { t } = useTranslation('pay')
  const { captured, amount, method, documents } = attempt
  const isReceipt = attempt.state === 'captured'
  const sum = captured.minor > 0n ? captured : amount
  return (
    <Card id="receipt" title={t(isReceipt ? 'receipt' : 'attempt')}>
      <Facts
        facts={[
          { label: t('number'), value: <PublicId id={attempt.publicId} isShort /> },
          ...(amount.minor > 0n ? [{ label: t('amount'), value: <Money amount={sum} /> }] : []),
          { label: t('when'), value: <DateTime instant={attempt.at} /> },
          ...(method ? [{ label: t('way.one'), value: <SavedName method={method} /> }] : []),
        ]}
      />
      {documents.length > 0 ? (
        <ul className="mt-4 grid gap-2 text-sm">
          {documents.map(({ id, number, amount: part }) => (
            <li key={id} className="flex justify-between gap-4">
              <TextLink to={`/panel/invoices/${id}`}>
                <bdi dir="ltr">{number}</bdi>
              </TextLink>
              <Money amount={part} />
            </li>
          ))}
        </ul>
      ) : null}
    </Card>
  )
}

function NextSteps({ attempt, outcome }: { readonly attempt: Attempt; readonly outcome: Outcome }) {
  const { t } = useTranslation('pay')
  const format = useFormat()
  const isOnItsWay = outcome === 'going' || outcome === 'open' || outcome === 'confirm'
  const isOver = outcome === 'failed' || outcome === 'ended'
  const again = againPath(attempt)
  return (
    <div className="flex flex-wrap gap-3">
      {isOnItsWay && attempt.redirectUrl ? (
        <a href={attempt.redirectUrl} className={buttonClasses()}>
          {t(outcome === 'confirm' ? 'toBank' : 'toPage')}
        </a>
      ) : null}
      {isOver ? (
        <ButtonLink to={again} isOtherArea={attempt.orderId !== null}>
          <bdi>{attempt.amount.minor > 0n ? t('again', { amount: format.money(attempt.amount) }) : t('againMethod')}</bdi>
        </ButtonLink>
      ) : null}
      {outcome === 'open' ? (
        <ButtonLink to={again} look="secondary" isOtherArea={attempt.orderId !== null}>
          {t('otherWay')}
        </ButtonLink>
      ) : null}
      {outcome === 'paid' && attempt.orderId ? (
        <ButtonLink to={`/order/${attempt.orderId}`} isOtherArea>
          {t('toOrder')}
        </ButtonLink>
      ) : null}
      {outcome === 'saved' ? <ButtonLink to="/panel/payment-methods">{t('methods.title')}</ButtonLink> : null}
    </div>
  )
}

/** Where the same is paid again. */
function againPath({ purpose, orderId, documents }: Attempt): string {
  if (orderId) return `/order/${orderId}/pay`
  if (purpose === 'method') return '/panel/payment-methods'
  if (purpose === 'top-up') return '/panel/balance'
  return `/panel/pay?${new URLSearchParams(documents.map(({ id }) => ['invoice', id]))}`
}
