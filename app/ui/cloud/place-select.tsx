import { useTranslation } from 'react-i18next'
import { useFormat } from '../base/use-format.ts'
import { Select } from '../forms/field.tsx'

export type PricedPlace = {
  readonly code: string
  readonly city: string
  /** Of one unit in an hour, net; null for what is free. */
  readonly price: { readonly hourly: string; readonly currency: string } | null
}

type PlaceSelectProps = {
  places: readonly PricedPlace[]
  unit: 'gib' | 'one'
  defaultValue?: string | undefined
  error?: string | undefined
}

/** Where something is made; each place with its price, or the one price of all below. */
export function PlaceSelect({ places, unit, defaultValue, error }: PlaceSelectProps) {
  const { t } = useTranslation('cloud')
  const format = useFormat()
  const [price, ...others] = [...new Map(places.map((place) => [JSON.stringify(place.price), place.price])).values()]
  const common = others.length === 0 ? price : null
  const help = common ? `${t(unit === 'gib' ? 'perGibHour' : 'perHour')}: ${format.rate(common.hourly, common.currency)}` : undefined
  return (
    <Select
      name="zone"
      label={t('location')}
      help={help ? <span suppressHydrationWarning>{help}</span> : undefined}
      defaultValue={defaultValue}
      error={error}
      required
    >
      {places.map(({ code, city, price: own }) => (
        <option key={code} value={code} suppressHydrationWarning>
          {own && !common ? t(`place.${unit}`, { city, price: format.rate(own.hourly, own.currency) }) : city}
        </option>
      ))}
    </Select>
  )
}
