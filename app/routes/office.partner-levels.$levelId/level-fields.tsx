import { useTranslation } from 'react-i18next'
import { toDecimal } from '#app/domain/money/money.ts'
import { discountScopes } from '#app/domain/promo/discount.ts'
import type { LevelOverview } from '#app/reports/partner-levels/shape.ts'
import { useFormat } from '#app/ui/base/use-format.ts'
import { CurrencyOptions } from '#app/ui/forms/currency-options.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'

type Told = { error: (name: string) => string | undefined; typed: (name: string) => string | undefined }

type RuleFieldsProps = Told & { level?: LevelOverview; currency: string; currencies: readonly string[] }

/** What a level takes: name, turnover, payments, grace. */
export function RuleFields({ level, currency, currencies, error, typed }: RuleFieldsProps) {
  const { t } = useTranslation(['partner', 'common'])
  const turnover = level?.minTurnover ? toDecimal(level.minTurnover).toFixed() : ''
  return (
    <>
      <TextInput
        name="name"
        label={t('field.name')}
        required
        maxLength={60}
        defaultValue={typed('name') ?? level?.name}
        error={error('name')}
      />
      <TextInput
        name="graceDays"
        label={t('field.graceDays')}
        help={t('field.graceHelp')}
        type="number"
        min={0}
        max={365}
        required
        defaultValue={typed('graceDays') ?? level?.graceDays ?? 30}
        error={error('graceDays')}
      />
      <TextInput
        name="turnover"
        label={t('field.turnover')}
        help={t('field.turnoverHelp')}
        isOptional={t('common:optional')}
        inputMode="decimal"
        dir="ltr"
        defaultValue={typed('turnover') ?? turnover}
        error={error('turnover')}
      />
      <Select
        name="currency"
        label={t('currency')}
        defaultValue={typed('currency') ?? level?.minTurnover?.currency ?? currency}
        error={error('currency')}
      >
        <CurrencyOptions codes={currencies} />
      </Select>
      <TextInput
        name="months"
        label={t('field.months')}
        type="number"
        min={1}
        max={60}
        required
        defaultValue={typed('months') ?? level?.turnoverMonths ?? 12}
        error={error('months')}
      />
      <TextInput
        name="overdueDays"
        label={t('field.overdueDays')}
        isOptional={t('common:optional')}
        type="number"
        min={0}
        max={365}
        defaultValue={typed('overdueDays') ?? level?.maxOverdueDays ?? ''}
        error={error('overdueDays')}
      />
    </>
  )
}

/** A percentage for each scope; what is left empty stays as it is. */
export function PercentFields({ level, error, typed }: Told & { level?: LevelOverview }) {
  const { t } = useTranslation('partner')
  const format = useFormat()
  const now = (scope: string) => level?.discounts.find((discount) => discount.scope === scope && discount.productGroup === null)?.percent
  return discountScopes.map((scope) => {
    const percent = now(scope)
    return (
      <TextInput
        key={scope}
        name={scope}
        label={t(`scope.${scope}`)}
        help={
          level ? (
            <span suppressHydrationWarning>{t('field.now', { percent: percent ? format.percent(percent) : '–' })}</span>
          ) : (
            t('field.percentHelp')
          )
        }
        inputMode="decimal"
        dir="ltr"
        defaultValue={typed(scope)}
        error={error(scope)}
      />
    )
  })
}
