import { useTranslation } from 'react-i18next'
import { type UsageGrouping, usageGroupings } from '#app/domain/project/usage-grouping.ts'
import { keyPart, useLabel } from '../base/use-label.ts'
import { CompactInput, CompactSelect } from '../forms/compact-field.tsx'
import { FilterBar } from '../tables/filter-bar.tsx'
import { FilterChips } from '../tables/filter-chips.tsx'
import { PlaceFilters } from '../tables/place-filters.tsx'

type UsageFiltersProps = {
  asked: {
    readonly from: string
    readonly to: string
    readonly by: UsageGrouping
    readonly tagKey?: string | undefined
    readonly projectId?: string | undefined
    readonly tag?: { readonly key: string; readonly value: string } | undefined
    readonly resourceId?: string | undefined
    readonly productId?: string | undefined
    readonly meter?: string | undefined
  }
  choices: {
    readonly projects: readonly { readonly id: string; readonly name: string }[]
    readonly tags: readonly string[]
    readonly keys: readonly string[]
  }
  /** What a row led to, by name. */
  focus: { readonly resource: string | null; readonly product: string | null }
  /** Records are not put together. */
  isOfRecords?: boolean
  currencies: readonly string[]
  currency: string
}

/** Which charges, of which days, put together by what. Narrower choices that a row led to stay until they are cleared. */
export function UsageFilters({ asked, choices, focus, isOfRecords = false, currencies, currency }: UsageFiltersProps) {
  const { t } = useTranslation(['project', 'common'])
  const { projectId, resourceId, productId, meter, tag } = asked
  const kept = Object.entries({ resource: resourceId, product: productId, meter }).flatMap(([name, value]) =>
    value ? [{ name, value }] : [],
  )
  const label = useLabel()
  const chips = [
    ...(resourceId ? [{ parameter: 'resource', label: t('usage.by.resource'), value: focus.resource ?? resourceId }] : []),
    ...(productId ? [{ parameter: 'product', label: t('usage.by.product'), value: focus.product ?? productId }] : []),
    ...(meter ? [{ parameter: 'meter', label: t('usage.what'), value: label(`document:meter.${keyPart(meter)}`, meter) }] : []),
  ]
  return (
    <div className="mb-4 grid gap-3">
      <FilterBar isTyped>
        <CompactInput name="from" type="date" label={t('usage.from')} defaultValue={asked.from} key={`from ${asked.from}`} />
        <CompactInput name="to" type="date" label={t('usage.to')} defaultValue={asked.to} key={`to ${asked.to}`} />
        {isOfRecords ? null : <GroupBy asked={asked} keys={choices.keys} />}
        <PlaceFilters key={`${projectId} ${tag?.key}=${tag?.value}`} choices={choices} />
        {currencies.length > 1 ? <Choice name="currency" label={t('usage.currency')} all={currencies} chosen={currency} /> : null}
        {kept.map(({ name, value }) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
      </FilterBar>
      <FilterChips filters={chips} />
    </div>
  )
}

function GroupBy({
  asked: { by: chosen, tagKey },
  keys,
}: {
  asked: Pick<UsageFiltersProps['asked'], 'by' | 'tagKey'>
  keys: readonly string[]
}) {
  const { t } = useTranslation('project')
  return (
    <>
      <CompactSelect name="by" label={t('usage.groupBy')} defaultValue={chosen} key={chosen}>
        {usageGroupings
          .filter((by) => by !== 'tag' || keys.length > 0)
          .map((by) => (
            <option key={by} value={by}>
              {t(`usage.by.${by}`)}
            </option>
          ))}
      </CompactSelect>
      {chosen === 'tag' ? <Choice name="key" label={t('tags.key')} all={keys} chosen={tagKey ?? keys[0] ?? ''} /> : null}
    </>
  )
}

type ChoiceProps = { name: string; label: string; all: readonly string[]; chosen: string }

function Choice({ name, label, all, chosen }: ChoiceProps) {
  return (
    <CompactSelect name={name} label={label} defaultValue={chosen} key={chosen} className="max-w-56">
      {all.map((one) => (
        <option key={one} value={one}>
          {one}
        </option>
      ))}
    </CompactSelect>
  )
}
