import { useTranslation } from 'react-i18next'
import { State, type Tone } from '../base/state.tsx'

const tones = {
  open: 'info',
  'partly-paid': 'info',
  paid: 'positive',
  overdue: 'critical',
  void: 'neutral',
  uncollectible: 'warning',
  issued: 'neutral',
} as const satisfies Record<string, Tone>

/** Where an invoice stands, as dot and word. */
export function InvoiceStatusView({ status }: { status: keyof typeof tones }) {
  const { t } = useTranslation('common')
  return <State tone={tones[status]}>{t(`invoiceStatus.${status}`)}</State>
}
