import { useTranslation } from 'react-i18next'
import { useMonthName } from '../base/use-month-name.ts'
import { ChoiceFilter } from '../forms/choice-filter.tsx'
import { CompactSelect } from '../forms/compact-field.tsx'

/** One account, or all. */
export function AccountSelect({
  accounts,
  chosen,
}: {
  accounts: readonly { readonly id: string; readonly name: string }[]
  chosen: string | undefined
}) {
  const { t } = useTranslation(['office', 'common'])
  return (
    <CompactSelect name="account" label={t('accounts.name')} defaultValue={chosen ?? ''} key={`account-${chosen}`} className="max-w-60">
      <option value="">{t('common:filter.all')}</option>
      {accounts.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </CompactSelect>
  )
}

type MonthSelectProps = { readonly months: readonly string[]; readonly chosen: string | undefined; readonly hasAll?: boolean }

/** One month, or all unless that is too much; months come as `YYYY-MM`. */
export function MonthSelect({ months, chosen, hasAll = true }: MonthSelectProps) {
  const { t } = useTranslation('office')
  const monthName = useMonthName()
  return <ChoiceFilter name="month" label={t('filters.month')} choices={months} chosen={chosen} wordOf={monthName} hasAll={hasAll} />
}
