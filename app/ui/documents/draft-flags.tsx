import { useTranslation } from 'react-i18next'
import type { DraftFlag } from '#app/domain/invoice/judge-draft.ts'
import { Badge, type Tone } from '../base/state.tsx'

const tones: Readonly<Record<DraftFlag, Tone>> = {
  wild: 'critical',
  changed: 'info',
  new: 'neutral',
  gone: 'warning',
  zero: 'neutral',
  negative: 'critical',
  'missing-price': 'critical',
  'missing-tax-id': 'warning',
  'usage-gap': 'warning',
  quarantined: 'warning',
}

/** What somebody should look at before a draft becomes an invoice. A wild change needs no second mark for being one. */
export function DraftFlags({ flags }: { flags: readonly DraftFlag[] }) {
  const { t } = useTranslation('office')
  const shown = flags.filter((flag) => flag !== 'changed' || !flags.includes('wild'))
  return (
    <span className="flex flex-wrap gap-1">
      {shown.map((flag) => (
        <Badge key={flag} tone={tones[flag]}>
          {t(`billing.flag.${flag}`)}
        </Badge>
      ))}
    </span>
  )
}
