import { useTranslation } from 'react-i18next'
import { type Money as MoneyValue, subtract } from '#app/domain/money/money.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Money } from '#app/ui/base/money.tsx'

export type CreditFiguresView = { readonly net: MoneyValue; readonly tax: MoneyValue; readonly total: MoneyValue }
type Problem = 'credit-exceeds-invoice' | 'nothing-to-credit' | 'line-not-found' | 'invoice-not-creditable' | 'invoice-not-found'

/** What is left to credit, and what the credit as typed would come to. */
export function FiguresCard({ rest, figures, problem }: { rest: MoneyValue; figures?: CreditFiguresView; problem?: Problem }) {
  const { t } = useTranslation('invoicing')
  const rows = figures
    ? [
        { key: 'net', label: t('credit.net'), amount: figures.net },
        { key: 'tax', label: t('credit.tax'), amount: figures.tax },
        { key: 'total', label: t('credit.total'), amount: figures.total },
        { key: 'after', label: t('credit.after'), amount: subtract(rest, figures.total) },
      ]
    : []
  return (
    <Card>
      <dl aria-live="polite" className="grid gap-2 text-sm">
        <div className="flex justify-between gap-4">
          <dt className="text-muted">{t('credit.left')}</dt>
          <dd>
            <Money amount={rest} className="font-medium" />
          </dd>
        </div>
        {rows.map(({ key, label, amount }) => (
          <div key={key} className="flex justify-between gap-4">
            <dt className="text-muted">{label}</dt>
            <dd>
              <Money amount={amount} className={key === 'total' ? 'font-semibold' : ''} />
            </dd>
          </div>
        ))}
      </dl>
      {problem ? (
        <p role="alert" className="mt-3 text-sm text-critical">
          {t(`credit.problem.${problem}`)}
        </p>
      ) : null}
    </Card>
  )
}
