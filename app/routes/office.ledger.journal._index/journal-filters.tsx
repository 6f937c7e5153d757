import { useTranslation } from 'react-i18next'
import { entryKinds } from '#app/domain/ledger/entry-kind.ts'
import { useFormat } from '#app/ui/base/use-format.ts'
import { CompactInput, CompactSelect } from '#app/ui/forms/compact-field.tsx'
import { useLedgerAccountName } from '#app/ui/payments/use-ledger-account-name.ts'
import { FilterBar } from '#app/ui/tables/filter-bar.tsx'
import { FilterChips } from '#app/ui/tables/filter-chips.tsx'
import type { journalFilterOf } from '#app/web/desks/journal-filter.ts'

type JournalFiltersProps = { filter: ReturnType<typeof journalFilterOf>; codes: readonly string[]; buyerName: string | null }

/** What narrows the journal: days, account, buyer, kind and document. */
export function JournalFilters({ filter, codes, buyerName }: JournalFiltersProps) {
  const { t } = useTranslation(['ledger', 'common'])
  const nameOf = useLedgerAccountName()
  return (
    <div className="mb-4 grid gap-3">
      <FilterBar isTyped>
        {filter.accountId ? <input type="hidden" name="account" value={filter.accountId} /> : null}
        <CompactInput type="date" name="from" label={t('from')} defaultValue={filter.from ?? ''} key={`from-${filter.from}`} />
        <CompactInput type="date" name="to" label={t('to')} defaultValue={filter.to ?? ''} key={`to-${filter.to}`} />
        <CompactSelect name="code" label={t('account')} defaultValue={filter.code ?? ''} key={`code-${filter.code}`} className="max-w-60">
          <option value="">{t('common:filter.all')}</option>
          {codes.map((code) => (
            <option key={code} value={code} suppressHydrationWarning>
              {nameOf(code)}
            </option>
          ))}
        </CompactSelect>
        <CompactSelect name="kind" label={t('kind')} defaultValue={filter.kind ?? ''} key={`kind-${filter.kind}`} className="max-w-48">
          <option value="">{t('common:filter.all')}</option>
          {entryKinds.map((kind) => (
            <option key={kind} value={kind}>
              {t(`entryKind.${kind}`)}
            </option>
          ))}
        </CompactSelect>
        <CompactInput name="buyer" label={t('buyerPart')} defaultValue={filter.buyer ?? ''} key={`buyer-${filter.buyer}`} maxLength={100} />
        <CompactInput
          name="document"
          label={t('documentNumber')}
          defaultValue={filter.document ?? ''}
          key={`document-${filter.document}`}
          maxLength={100}
          dir="ltr"
        />
      </FilterBar>
      <FilterChips filters={useChips(filter, buyerName)} />
    </div>
  )
}

function useChips(filter: JournalFiltersProps['filter'], buyerName: string | null) {
  const { t } = useTranslation('ledger')
  const format = useFormat()
  const nameOf = useLedgerAccountName()
  const chips = [
    { parameter: 'from', label: t('from'), value: filter.from && format.day(filter.from) },
    { parameter: 'to', label: t('to'), value: filter.to && format.day(filter.to) },
    { parameter: 'code', label: t('account'), value: filter.code && nameOf(filter.code) },
    { parameter: 'account', label: t('buyer'), value: buyerName },
    { parameter: 'kind', label: t('kind'), value: filter.kind && t(`entryKind.${filter.kind}`) },
    { parameter: 'buyer', label: t('buyer'), value: filter.buyer },
    { parameter: 'document', label: t('document'), value: filter.document },
  ]
  return chips.flatMap(({ value, ...chip }) => (value === null ? [] : [{ ...chip, value }]))
}
