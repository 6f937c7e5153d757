import { useTranslation } from 'react-i18next'
import type { NoticeFacts } from '#app/domain/budget/notice.ts'
import { useFormat } from './use-format.ts'

/** What a notice says, in one sentence. */
export function useNoticeWords(): (notice: NoticeFacts) => string {
  const { t } = useTranslation('budget')
  const format = useFormat()
  return (notice) => {
    if (notice.code === 'budget-reached') {
      const { name, step, spent, amount } = notice
      return t(step === 'forecast' ? 'notices.ahead' : 'notices.reached', {
        ...{ name, share: step },
        ...{ spent: format.money(spent), amount: format.money(amount) },
      })
    }
    if (notice.code === 'payment-failed') return t('notices.payment', { amount: format.money(notice.amount) })
    if (notice.code === 'credit-low') return t('notices.creditLow', { available: format.money(notice.available) })
    if (notice.code === 'limit-ending') return t('notices.limitEnding', { day: format.day(notice.until), limit: format.money(notice.limit) })
    if (notice.code === 'server-ready') return t('notices.serverReady', { server: notice.server, address: notice.address })
    if (notice.code === 'webhook-paused') return t('notices.webhookPaused', { url: notice.url })
    return notice.code === 'account-freed' ? t('notices.freed') : t(`notices.held.${notice.effect}`)
  }
}
