import { useTranslation } from 'react-i18next'
import type { TicketState } from '#app/domain/tickets/ticket.ts'
import { State } from '../base/state.tsx'

const tones = { open: 'warning', answered: 'info', closed: 'neutral' } as const

/** How a ticket stands, in the words of the side that reads. */
export function TicketStateView({ state, isOffice = false }: { state: TicketState; isOffice?: boolean }) {
  const { t } = useTranslation('ticket')
  return <State tone={tones[state]}>{t(isOffice ? `officeState.${state}` : `state.${state}`)}</State>
}
