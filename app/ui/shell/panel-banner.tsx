import type { ComponentProps, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Money } from '#app/domain/money/money.ts'
import { Notice } from '../base/notice.tsx'
import { TextLink } from '../base/text-link.tsx'
import { useFormat } from '../base/use-format.ts'
import { ServiceBanner } from './service-banner.tsx'

type Hold = {
  readonly isStopped: boolean
  readonly signUp: 'waiting' | 'refused' | null
  readonly missing: { readonly why: 'overdue' | 'limit'; readonly amount: Money } | null
}
type Standing = {
  readonly hold: Hold | null
  readonly restriction: 'suspended' | 'closed' | null
  readonly isDepartment: boolean
  readonly service: ComponentProps<typeof ServiceBanner>['notices']
}

/** What holds the account back, else what goes on where it has something; null when there is nothing to say. */
export function panelBanner({ hold, restriction, isDepartment, service }: Standing): ReactNode {
  if (hold?.signUp) return <SignUpNotice state={hold.signUp} />
  if (hold) return <HoldNotice hold={hold} />
  if (restriction) return <RestrictionNotice restriction={restriction} isDepartment={isDepartment} />
  return service.length > 0 ? <ServiceBanner notices={service} /> : null
}

/** What the account may not do; users of a department cannot pay for it to be lifted. */
function RestrictionNotice({ restriction, isDepartment }: { restriction: NonNullable<Standing['restriction']>; isDepartment: boolean }) {
  const { t } = useTranslation('panel')
  const text = isDepartment && restriction === 'suspended' ? t('restriction.suspended.department') : t(`restriction.${restriction}.text`)
  return (
    <Notice tone="warning" title={t(`restriction.${restriction}.title`)}>
      {text}
    </Notice>
  )
}

/** That somebody looks at the account before it may order, or decided against it. */
function SignUpNotice({ state }: { state: 'waiting' | 'refused' }) {
  const { t } = useTranslation('panel')
  return (
    <Notice tone={state === 'waiting' ? 'info' : 'warning'} title={t(`signUp.${state}.title`)}>
      {t(`signUp.${state}.text`)}
    </Notice>
  )
}

/** What stops the account, what is missing, and where to pay it. */
function HoldNotice({ hold: { isStopped, missing } }: { hold: Hold }) {
  const { t } = useTranslation('panel')
  const format = useFormat()
  return (
    <Notice tone={isStopped ? 'critical' : 'warning'} title={t(isStopped ? 'hold.stopped' : 'hold.title')}>
      {missing ? (
        <>
          {t(missing.why === 'overdue' ? 'hold.text' : 'hold.limit', { amount: format.money(missing.amount) })}{' '}
          <TextLink to={missing.why === 'overdue' ? '/panel/invoices' : '/panel/balance'}>{t('hold.pay')}</TextLink>
        </>
      ) : (
        t('hold.plain')
      )}
    </Notice>
  )
}
