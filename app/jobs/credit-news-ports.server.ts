import { storeAddress } from '#app/config/store-address.server.ts'
import type { CreditNewsPorts } from '#app/services/credit/tell-credit.server.ts'
import { storeHostOf } from '#app/services/invoices/store-host.server.ts'
import { mailBrandOf, mailer, mailLocaleOf, senderOf } from '#app/wiring.server.ts'
import { renderCreditNewsMail } from '#emails/credit-news.tsx'
import { mailLanguage } from './mail-language.server.ts'

/** What telling staff of a buyer's credit needs of the outside, with the seller's brand and the mail template put together. */
export function creditNewsPorts(tenantId: string): CreditNewsPorts {
  return {
    mailer: mailer(),
    compose: async ({ to, sellerSlug, ...news }) => {
      const host = await storeHostOf(tenantId)
      const language = await mailLanguage(sellerSlug, to.language)
      const mail = await renderCreditNewsMail({
        brand: await mailBrandOf(sellerSlug, host),
        language,
        locale: await mailLocaleOf(sellerSlug, language),
        recipientName: to.name,
        news,
        url: storeAddress(host, `/office/accounts/${news.accountId}/credit`),
      })
      return { ...(await senderOf(sellerSlug)), to: [{ name: to.name, address: to.address }], ...mail, language, attachments: [] }
    },
  }
}
