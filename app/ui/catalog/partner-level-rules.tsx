import { useTranslation } from 'react-i18next'
import type { Money } from '#app/domain/money/money.ts'
import { useFormat } from '../base/use-format.ts'

type Rules = { minTurnover: Money | null; turnoverMonths: number; maxOverdueDays: number | null; graceDays: number }

/** What it takes to reach and keep a partner level, in words. */
export function PartnerLevelRules({ level }: { level: Rules }) {
  const { t } = useTranslation('partner')
  const format = useFormat()
  const { minTurnover, turnoverMonths: months, maxOverdueDays, graceDays } = level
  if (!minTurnover && maxOverdueDays === null) return <span className="text-muted">{t('rule.none')}</span>
  const parts = [
    ...(minTurnover ? [t('rule.turnover', { amount: format.money(minTurnover), months })] : []),
    ...(maxOverdueDays === null ? [] : [t('rule.overdue', { days: maxOverdueDays })]),
    t('rule.grace', { days: graceDays }),
  ]
  return <span suppressHydrationWarning>{parts.join(' · ')}</span>
}
