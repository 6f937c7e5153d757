import { storeAddress } from '#app/config/store-address.server.ts'
import { NoticeFacts } from '#app/domain/budget/notice.ts'
import type { ComposedNotice, NoticePorts } from '#app/services/budgets/mail-notice.server.ts'
import { mailBrandOf, mailer, senderOf } from '#app/wiring.server.ts'
import { renderNoticeMail } from '#emails/notice.tsx'
import { mailLanguage } from './mail-language.server.ts'

/** What mailing notices needs of the outside, with the seller's brand and the mail template put together. */
export function noticePorts(): NoticePorts {
  return { mailer: mailer(), compose }
}

async function compose({ seller, accountName, language: wanted, code, facts }: ComposedNotice) {
  const language = mailLanguage(seller.slug, wanted)
  const notice = NoticeFacts.parse({ code, ...(facts as Record<string, unknown>) })
  const mail = await renderNoticeMail({
    brand: mailBrandOf(seller.slug, seller.host),
    language,
    recipientName: accountName,
    country: seller.country,
    notice,
    url: storeAddress(seller.host, pathOf(notice)),
  })
  return { ...senderOf(seller.slug), ...mail, language, attachments: [] }
}

function pathOf(notice: NoticeFacts): string {
  if (notice.code === 'budget-reached') return `/panel/budgets/${notice.budgetId}`
  return notice.code === 'webhook-paused' ? `/panel/account/webhooks/${notice.endpointId}` : '/panel/notices'
}
