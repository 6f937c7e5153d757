import { createHmac } from 'node:crypto'
import { appSecret } from '#app/config/env.server.ts'
import { storeAddress } from '#app/config/store-address.server.ts'
import type { DunningMail, DunningMailPorts } from '#app/services/dunning/send-letter.server.ts'
import { mailBrandOf, mailer, senderOf } from '#app/wiring.server.ts'
import { dunningWords, renderDunningLetter } from '#emails/dunning-letter.tsx'
import { mailLanguage } from './mail-language.server.ts'

/** What the letters of `tenantId` need of the outside, with the seller's brand and the mail template put together. */
export function dunningMailPorts(tenantId: string): DunningMailPorts {
  const linkToken = (letterId: string) =>
    createHmac('sha256', appSecret()).update(`dunning letter/${tenantId}/${letterId}`).digest('base64url')
  return { mailer: mailer(), compose, linkToken }
}

/** What a debit note of dunning says to a buyer of the seller `slug`. */
export async function dunningWordsOf(slug: string, language: string) {
  return dunningWords(await mailLanguage(slug, language))
}

async function compose({ seller, to, texts, token, ...letter }: DunningMail) {
  const language = await mailLanguage(seller.slug, to.language)
  const mail = await renderDunningLetter({
    ...letter,
    brand: await mailBrandOf(seller.slug, seller.host),
    language,
    recipientName: to.name,
    country: seller.country,
    text: texts[language] ?? null,
    url: storeAddress(seller.host, `/settle/${token}`),
  })
  return { ...(await senderOf(seller.slug)), to: [{ name: to.name, address: to.address }], ...mail, language, attachments: [] }
}
