import { storeAddress } from '#app/config/store-address.server.ts'
import type { WelcomePorts } from '#app/services/people/welcome-customer.server.ts'
import { mailBrandOf, mailer, senderOf } from '#app/wiring.server.ts'
import { renderWelcomeMail } from '#emails/welcome.tsx'
import { mailLanguage } from './mail-language.server.ts'

/** What greeting customers needs of the outside, with the seller's brand and the mail template put together. */
export function welcomePorts(): WelcomePorts {
  return {
    mailer: mailer(),
    compose: async ({ to, language: wanted, seller: { slug, host } }) => {
      const language = await mailLanguage(slug, wanted)
      const props = { brand: await mailBrandOf(slug, host), language, recipientName: to.name }
      const mail = await renderWelcomeMail({ ...props, panelUrl: storeAddress(host, '/panel') })
      return { ...(await senderOf(slug)), to: [to], ...mail, language, attachments: [] }
    },
  }
}
