import { useTranslation } from 'react-i18next'
import { usePage } from './page-context.tsx'
import { useFormat } from './use-format.ts'
import { keyPart, useLabel } from './use-label.ts'

type MeasuredProps = { quantity: string; unit: string; digits?: number; meter?: string | null }

/** A quantity with its unit, in at most `digits` decimals; of a `meter` that the seller defined in the seller's word for it. */
export function Measured({ quantity, unit, digits = 3, meter }: MeasuredProps) {
  const { t, i18n } = useTranslation('document')
  const { ownMeters } = usePage()
  const format = useFormat()
  const word = ownMeters.find(({ code }) => code === meter)?.unitWord
  const shown = format.quantity(quantity, digits)
  const key = `unit.${unit.toLowerCase()}`
  const isKnown = i18n.exists(`document:${key}`) || i18n.exists(`document:${key}_other`)
  return (
    <bdi title={`${quantity} ${unit}`} className="tabular whitespace-nowrap" suppressHydrationWarning>
      {word ? `${shown} ${word}` : isKnown ? t(key as 'unit.hour', { quantity: shown, count: Number(quantity) }) : `${shown} ${unit}`}
    </bdi>
  )
}

/** The name of a meter, or of a kind of fee. */
export function MeterName({ meter }: { meter: string }) {
  const label = useLabel()
  const isFee = meter === 'setup' || meter === 'recurring'
  return <>{isFee ? label(`common:fee.${meter}`, meter) : label(`document:meter.${keyPart(meter)}`, meter)}</>
}
