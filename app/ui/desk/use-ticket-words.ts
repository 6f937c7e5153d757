import { useTranslation } from 'react-i18next'
import type { TicketLink, TicketOrigin } from '#app/domain/tickets/ticket.ts'

/** Failures that a buyer is told of as they are; of others that it was not to be built. */
const told = ['image-not-there', 'apps-silent'] as const

/** How a ticket is called: as it was typed, or what went wrong where it opened by itself. */
export function useTicketSubject(): (ticket: { readonly origin: TicketOrigin; readonly subject: string }) => string {
  const { t } = useTranslation('ticket')
  return ({ origin, subject }) => (origin === 'order-failed' ? t('failed.subject') : subject)
}

/** What a ticket that opened by itself says. */
export function useTicketFailure(): (code: string) => string {
  const { t } = useTranslation('ticket')
  return (code) => t(`failed.${told.find((known) => known === code) ?? 'other'}`)
}

/** What a ticket is about, in one line. */
export function useTicketLink(): (link: TicketLink & { readonly name: string }) => string {
  const { t } = useTranslation('ticket')
  return ({ kind, name }) => `${t(`thing.${kind}`)} \u2068${name}\u2069`
}
