import { useTranslation } from 'react-i18next'
import { useFormat } from '../base/use-format.ts'
import { keyPart, useLabel } from '../base/use-label.ts'

/** The words for the code of a ledger account: those for tax name the rate, those of a gateway its name. */
export function useLedgerAccountName(): (code: string) => string {
  const { t } = useTranslation('ledger')
  const label = useLabel()
  const format = useFormat()
  return function nameOf(code: string): string {
    const [, side, percent = ''] = /^(tax-payable|input-tax)\.[A-Z]+\.([\d.]+)$/.exec(code) ?? []
    if (side) return t(side === 'input-tax' ? 'inputTax' : 'taxPayable', { percent: format.percent(percent) })
    const [, kind, rest = ''] = /^(clearing|deferred-revenue)\.(.+)$/.exec(code) ?? []
    if (kind === 'clearing') return t('clearing', { gateway: rest })
    if (kind) return t('deferred', { name: nameOf(`revenue.${rest}`) })
    return label(`ledger:code.${keyPart(code)}`, code)
  }
}
