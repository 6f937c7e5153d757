import { storeAddress } from '#app/config/store-address.server.ts'
import { takesMail, ticketReplyToken } from '#app/config/ticket-reply.server.ts'
import { replyAddress } from '#app/domain/tickets/mailed.ts'
import { storeHostOf } from '#app/services/invoices/store-host.server.ts'
import type { TicketLetter, TicketNewsPorts } from '#app/services/tickets/tell-ticket.server.ts'
import { mailBrandOf, mailer, senderOf } from '#app/wiring.server.ts'
import { renderTicketNewsMail } from '#emails/ticket-news.tsx'
import { mailLanguage } from './mail-language.server.ts'

/** What telling of tickets needs of the outside, with the seller's brand and the mail template put together. */
export function ticketNewsPorts(tenantId: string): TicketNewsPorts {
  return { mailer: mailer(), compose: async (letter) => composed(tenantId, letter, await storeHostOf(tenantId)) }
}

async function composed(tenantId: string, { to, sellerSlug, ticketId, ...news }: TicketLetter, host: string) {
  const language = await mailLanguage(sellerSlug, to.language)
  const sender = await senderOf(sellerSlug)
  // Staff answer in the office, where they see the notes.
  const byMail = news.kind === 'answered' && takesMail() ? replyAddressOf(sender, ticketReplyToken(tenantId, news.number)) : null
  const mail = await renderTicketNewsMail({
    brand: await mailBrandOf(sellerSlug, host),
    language,
    recipientName: to.name,
    ...news,
    isAnsweredByMail: byMail !== null,
    url: storeAddress(host, `/${news.kind === 'answered' ? 'panel' : 'office'}/tickets/${ticketId}`),
  })
  return {
    ...sender,
    ...(byMail ? { replyTo: byMail } : {}),
    to: [{ name: to.name, address: to.address }],
    ...mail,
    language,
    attachments: [],
  }
}

/** Where answers arrive: the address that the seller's mails are answered at, with the ticket in it. */
function replyAddressOf({ from, replyTo }: Awaited<ReturnType<typeof senderOf>>, token: string) {
  return { address: replyAddress((replyTo ?? from).address, token) }
}
