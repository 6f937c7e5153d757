import { storeAddress } from '#app/config/store-address.server.ts'
import type { DomainNoticePorts } from '#app/services/domains/tell-staff.server.ts'
import { mailBrandOf, mailer, mailLocaleOf, senderOf } from '#app/wiring.server.ts'
import { renderDomainFailingMail } from '#emails/domain-failing.tsx'
import { mailLanguage } from './mail-language.server.ts'

/** What telling staff of domains that fail needs of the outside, with the seller's brand and the mail template put together. */
export function domainNoticePorts(): DomainNoticePorts {
  return {
    mailer: mailer(),
    compose: async ({ kind, domain, wrong, missingSince, to, seller: { slug, host, timeZone } }) => {
      const language = await mailLanguage(slug, to.language)
      const mail = await renderDomainFailingMail({
        kind,
        domain,
        missingSince,
        timeZone,
        records: wrong,
        recipientName: to.name,
        language,
        brand: await mailBrandOf(slug, host),
        locale: await mailLocaleOf(slug, language),
        url: storeAddress(host, '/office/domains'),
      })
      return { ...(await senderOf(slug)), to: [{ name: to.name, address: to.address }], ...mail, language, attachments: [] }
    },
  }
}
