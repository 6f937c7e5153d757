import { useTranslation } from 'react-i18next'
import type { Money as MoneyValue } from '#app/domain/money/money.ts'
import { classNames } from './class-names.ts'
import { useFormat } from './use-format.ts'

/**
 * An amount with its currency. Below zero it says so in a word as well ("Credit"), never by colour alone.
 * A balance of the books and a difference have two sides and take the sign alone.
 * Server and browser may carry different spellings of one locale, hence the tolerance at hydration.
 */
export function Money({ amount, className, isBalance = false }: { amount: MoneyValue; className?: string; isBalance?: boolean }) {
  const format = useFormat()
  const { t } = useTranslation('common')
  const isCredit = amount.minor < 0n && !isBalance
  return (
    <span className={classNames('tabular whitespace-nowrap', className)} suppressHydrationWarning>
      {format.money(amount)}
      {isCredit ? <span className="ms-1 text-xs text-muted">{t('money.credit')}</span> : null}
    </span>
  )
}

/** A price per unit in up to six decimals; `rate` is decimal text in major units. */
export function Rate({ rate, currency, className }: { rate: string; currency: string; className?: string }) {
  const format = useFormat()
  return (
    <span className={classNames('tabular whitespace-nowrap', className)} suppressHydrationWarning>
      {format.rate(rate, currency)}
    </span>
  )
}
