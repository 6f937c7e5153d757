import { useTranslation } from 'react-i18next'
import { useFormat } from './use-format.ts'
import { keyPart, useLabel } from './use-label.ts'

/** A quantity with its unit, in at most `digits` decimals. */
export function Measured({ quantity, unit, digits = 3 }: { quantity: string; unit: string; digits?: number }) {
  const { t, i18n } = useTranslation('document')
  const format = useFormat()
  const shown = format.quantity(quantity, digits)
  const key = `unit.${unit.toLowerCase()}`
  const isKnown = i18n.exists(`document:${key}`) || i18n.exists(`document:${key}_other`)
  return (
    <bdi title={`${quantity} ${unit}`} className="tabular whitespace-nowrap" suppressHydrationWarning>
      {isKnown ? t(key as 'unit.hour', { quantity: shown, count: Number(quantity) }) : `${shown} ${unit}`}
    </bdi>
  )
}

/** The name of a meter, or of a kind of fee. */
export function MeterName({ meter }: { meter: string }) {
  const label = useLabel()
  const isFee = meter === 'setup' || meter === 'recurring'
  return <>{isFee ? label(`common:fee.${meter}`, meter) : label(`document:meter.${keyPart(meter)}`, meter)}</>
}
