import { storeAddress } from '#app/config/store-address.server.ts'
import type { DisputeNoticePorts } from '#app/services/disputes/tell-staff.server.ts'
import { storeHostOf } from '#app/services/invoices/store-host.server.ts'
import { mailBrandOf, mailer, mailLocaleOf, senderOf } from '#app/wiring.server.ts'
import { renderDisputeMail } from '#emails/dispute.tsx'
import { mailLanguage } from './mail-language.server.ts'

/** What telling staff of disputes needs of the outside, with the seller's brand and the mail template put together. */
export function disputeNoticePorts(tenantId: string): DisputeNoticePorts {
  return {
    mailer: mailer(),
    compose: async ({ disputeId, to, sellerSlug, ...notice }) => {
      const host = await storeHostOf(tenantId)
      const language = await mailLanguage(sellerSlug, to.language)
      const mail = await renderDisputeMail({
        brand: await mailBrandOf(sellerSlug, host),
        language,
        locale: await mailLocaleOf(sellerSlug, language),
        recipientName: to.name,
        ...notice,
        url: storeAddress(host, `/office/disputes/${disputeId}`),
      })
      return { ...(await senderOf(sellerSlug)), to: [{ name: to.name, address: to.address }], ...mail, language, attachments: [] }
    },
  }
}
