import { useTranslation } from 'react-i18next'
import { useFormat } from '#app/ui/use-format.ts'
import { keyPart, useLabel } from '#app/ui/use-label.ts'

/** The words for the code of a ledger account; an account for tax names its rate. */
export function useAccountName(): (code: string) => string {
  const { t } = useTranslation('office')
  const label = useLabel()
  const format = useFormat()
  return (code) => {
    const percent = /^tax-payable\.[A-Z]+\.([\d.]+)$/.exec(code)?.[1]
    return percent ? t('ledger.taxPayable', { percent: format.percent(percent) }) : label(`office:ledger.code.${keyPart(code)}`, code)
  }
}
