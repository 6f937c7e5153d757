import { storeAddress } from '#app/config/store-address.server.ts'
import type { ClosingMail, ClosingPorts } from '#app/services/closing/mail-closing.server.ts'
import { mailBrandOf, mailer, mailLocaleOf, senderOf } from '#app/wiring.server.ts'
import { renderAccountClosingMail } from '#emails/account-closing.tsx'
import { mailLanguage } from './mail-language.server.ts'

/** What mails about the end of an account need of the outside, with the seller's brand and the mail template put together. */
export function closingPorts(): ClosingPorts {
  return { mailer: mailer(), compose }
}

async function compose({ to, language: wanted, seller: { slug, host, timeZone }, news, accountName, graceEndsAt }: ClosingMail) {
  const language = await mailLanguage(slug, wanted)
  const mail = await renderAccountClosingMail({
    brand: await mailBrandOf(slug, host),
    language,
    locale: await mailLocaleOf(slug, language),
    recipientName: to.name,
    news,
    accountName,
    graceEndsAt,
    timeZone,
    url: storeAddress(host, news === 'reopened' ? '/panel' : '/panel/account/close'),
  })
  return { ...(await senderOf(slug)), to: [to], ...mail, language, attachments: [] }
}
