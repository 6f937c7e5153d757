import { storeAddress } from '#app/config/store-address.server.ts'
import { NoticeFacts } from '#app/domain/budget/notice.ts'
import type { ComposedNotice, NoticePorts } from '#app/services/budgets/mail-notice.server.ts'
import { mailBrandOf, mailer, senderOf } from '#app/wiring.server.ts'
import { renderNoticeMail } from '#emails/notice.tsx'
import { renderServerReadyMail } from '#emails/server-ready.tsx'
import { mailLanguage, nameIn } from './mail-language.server.ts'

/** What mailing notices needs of the outside, with the seller's brand and the mail template put together. */
export function noticePorts(): NoticePorts {
  return { mailer: mailer(), compose }
}

async function compose({ seller, accountName, language: wanted, code, facts }: ComposedNotice) {
  const language = await mailLanguage(seller.slug, wanted)
  const notice = NoticeFacts.parse({ code, ...(facts as Record<string, unknown>) })
  const props = { brand: await mailBrandOf(seller.slug, seller.host), language, recipientName: accountName }
  const url = storeAddress(seller.host, pathOf(notice))
  const mail =
    notice.code === 'server-ready'
      ? await renderServerReadyMail({ ...props, ...notice, plan: nameIn(notice.plan, language), url })
      : await renderNoticeMail({ ...props, country: seller.country, notice, url })
  return { ...(await senderOf(seller.slug)), ...mail, language, attachments: [] }
}

function pathOf(notice: NoticeFacts): string {
  if (notice.code === 'budget-reached') return `/panel/budgets/${notice.budgetId}`
  if (notice.code === 'sign-up-decided') return '/panel'
  if (notice.code === 'order-question') return `/order/${notice.orderId}`
  if (notice.code === 'server-ready') return `/panel/servers/${notice.resourceId}`
  return notice.code === 'webhook-paused' ? `/panel/account/webhooks/${notice.endpointId}` : '/panel/notices'
}
