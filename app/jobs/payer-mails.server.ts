import { storeAddress } from '#app/config/store-address.server.ts'
import type { PayerLetter, TellingPorts } from '#app/services/gateways/tell-payer.server.ts'
import { mailBrandOf, mailer, senderOf } from '#app/wiring.server.ts'
import { renderPayerNewsMail } from '#emails/payer-news.tsx'
import { mailLanguage } from './mail-language.server.ts'

/** What telling payers needs of the outside, with the seller's brand and the mail template put together. */
export function tellingPorts(): TellingPorts {
  return { mailer: mailer(), compose }
}

async function compose({ seller, to, path, ...news }: PayerLetter) {
  const language = await mailLanguage(seller.slug, to.language)
  const mail = await renderPayerNewsMail({
    brand: await mailBrandOf(seller.slug, seller.host),
    language,
    recipientName: to.name,
    country: seller.country,
    news,
    url: storeAddress(seller.host, path),
  })
  return { ...(await senderOf(seller.slug)), to: [{ name: to.name, address: to.address }], ...mail, language, attachments: [] }
}
