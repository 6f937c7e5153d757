import { useTranslation } from 'react-i18next'
import { isFinished } from '#app/domain/payment-attempt/attempt-state.ts'
import type { OrderProgress } from '#app/reports/order-progress/shape.ts'
import { ButtonLink, buttonClasses } from '#app/ui/base/button.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { useLabel } from '#app/ui/base/use-label.ts'
import type { AttemptOfOrder } from './attempt.server.ts'

/** What became of the try to pay that the reader comes from, as long as it is not paid. */
export function AttemptNotice({ attempt }: { readonly attempt: AttemptOfOrder | null }) {
  const { t } = useTranslation('pay')
  const label = useLabel()
  if (!attempt || attempt.state === 'captured') return null
  const { goTo, state, failureCode } = attempt
  const isOver = isFinished(state)
  const reason = state === 'failed' && failureCode ? label(`pay:decline.${failureCode}`, t('decline.declined')) : t('outcome.ended.text')
  const link = goTo ? (
    <a href={goTo} className={buttonClasses('secondary', 'small')}>
      {t('toPage')}
    </a>
  ) : null
  return (
    <div className="mt-4">
      <Notice tone={isOver ? 'critical' : 'info'} action={link}>
        {isOver ? reason : t(goTo ? 'outcome.going.text' : 'outcome.waiting.text')}
      </Notice>
    </div>
  )
}

type NoticesProps = { readonly order: Omit<OrderProgress, 'transfer'> }

/** Why an order waits or ended, and what of the money went back; what a level above said is not told. */
export function Notices({ order }: NoticesProps) {
  const { t } = useTranslation('store')
  const isLost = isUnfulfilled(order) || order.pieces.some(isUnfulfilled)
  return (
    <div className="mt-4 grid gap-4 empty:hidden">
      {order.unconfirmedEmail ? <Unconfirmed email={order.unconfirmedEmail} /> : null}
      {order.isToPay ? <ToPay order={order} /> : null}
      {order.isSilent ? (
        <Notice tone="warning" title={t('progress.silent')}>
          {t('progress.silentText')}
        </Notice>
      ) : null}
      {isLost ? <Over order={order} /> : null}
    </div>
  )
}

function Unconfirmed({ email }: { readonly email: string }) {
  const { t } = useTranslation('store')
  return (
    <Notice tone="warning" title={t('progress.toConfirm')}>
      {t('progress.toConfirmText', { email })}
    </Notice>
  )
}

function ToPay({ order }: NoticesProps) {
  const { t } = useTranslation('store')
  return (
    <>
      {order.unconfirmedEmail ? null : (
        <Notice tone="warning">
          <p>{t(order.paysNow ? 'progress.toPayChosen' : 'progress.toPay')}</p>
          <Missing order={order} />
        </Notice>
      )}
      <div>
        <ButtonLink to={`/order/${order.id}/pay`}>{t('progress.pay')}</ButtonLink>
      </div>
    </>
  )
}

function isUnfulfilled({ state }: Pick<OrderProgress, 'state'>): boolean {
  return state === 'failed' || state === 'refused'
}

/** Why an order ended, or a piece of it did, and where its money is. */
function Over({ order: { ownProblem, refunded, kept, ...order } }: NoticesProps) {
  const { t } = useTranslation('store')
  if (!isUnfulfilled(order) && !ownProblem && !refunded && !kept) return null
  return (
    <Notice tone="critical">
      {ownProblem ? <p>{t(`progress.problem.${ownProblem}`)}</p> : null}
      <Missing order={order} />
      {refunded ? (
        <p>
          {t('progress.refunded')} <Money amount={refunded} />
        </p>
      ) : null}
      {kept ? (
        <p>
          {t('progress.kept')} <Money amount={kept} />
        </p>
      ) : null}
      {refunded || kept || !isUnfulfilled(order) ? null : <p>{t('progress.notCharged')}</p>}
    </Notice>
  )
}

function Missing({ order: { missing } }: { readonly order: Pick<OrderProgress, 'missing'> }) {
  const { t } = useTranslation('store')
  if (!missing) return null
  return (
    <p>
      {t('progress.missing')} <Money amount={missing} />
    </p>
  )
}
