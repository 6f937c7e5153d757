import { useTranslation } from 'react-i18next'
import type { NoticeFacts } from '#app/domain/budget/notice.ts'
import { useFormat } from '../base/use-format.ts'

/** What a notice says, in one sentence. */
export function useNoticeWords(): (notice: NoticeFacts) => string {
  const { t } = useTranslation('budget')
  const format = useFormat()
  return (notice) => {
    switch (notice.code) {
      case 'budget-reached':
        return t(notice.step === 'forecast' ? 'notices.ahead' : 'notices.reached', {
          name: notice.name,
          share: notice.step,
          spent: format.money(notice.spent),
          amount: format.money(notice.amount),
        })
      case 'payment-failed':
        return t('notices.payment', { amount: format.money(notice.amount) })
      case 'credit-low':
        return t('notices.creditLow', { available: format.money(notice.available) })
      case 'limit-ending':
        return t('notices.limitEnding', { day: format.day(notice.until), limit: format.money(notice.limit) })
      case 'server-ready':
        return t('notices.serverReady', { server: notice.server, address: notice.address })
      case 'order-question':
        return t('notices.orderQuestion', { question: notice.question })
      case 'sign-up-decided':
        return [t(`notices.signUp.${notice.decision}`), notice.words ?? ''].join(' ').trim()
      case 'webhook-paused':
        return t('notices.webhookPaused', { url: notice.url })
      case 'service-notice':
        return `${t(`notices.service.${notice.kind}.${notice.state}`, { title: notice.title })}${placeOf(notice)}: ${notice.text}`
      case 'account-freed':
        return t('notices.freed')
      case 'account-held':
        return t(`notices.held.${notice.effect}`)
    }
  }
}

function placeOf({ zone }: { zone: string | null }): string {
  return zone ? ` (${zone})` : ''
}
