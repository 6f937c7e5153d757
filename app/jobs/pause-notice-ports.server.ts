import { storeAddress } from '#app/config/store-address.server.ts'
import { storeHostOf } from '#app/services/invoices/store-host.server.ts'
import type { PauseNoticePorts } from '#app/services/webhooks/tell-of-pause.server.ts'
import { mailBrandOf, mailer, mailLocaleOf, senderOf } from '#app/wiring.server.ts'
import { renderWebhookPausedMail } from '#emails/webhook-paused.tsx'
import { mailLanguage } from './mail-language.server.ts'

/** What telling staff of a paused endpoint needs of the outside, with the seller's brand and the mail template put together. */
export function pauseNoticePorts(tenantId: string): PauseNoticePorts {
  return {
    mailer: mailer(),
    compose: async ({ endpointId, url, failingSince, to, seller }) => {
      const host = await storeHostOf(tenantId)
      const language = await mailLanguage(seller.slug, to.language)
      const mail = await renderWebhookPausedMail({
        brand: await mailBrandOf(seller.slug, host),
        language,
        locale: await mailLocaleOf(seller.slug, language),
        timeZone: seller.timeZone,
        recipientName: to.name,
        endpoint: url,
        failingSince,
        url: storeAddress(host, `/office/webhooks/${endpointId}`),
      })
      return { ...(await senderOf(seller.slug)), to: [{ name: to.name, address: to.address }], ...mail, language, attachments: [] }
    },
  }
}
