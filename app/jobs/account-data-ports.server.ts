import { storeAddress } from '#app/config/store-address.server.ts'
import type { AccountDataMail, AccountDataPorts } from '#app/services/account-data/request-account-data.server.ts'
import { mailBrandOf, mailer, mailLocaleOf, senderOf } from '#app/wiring.server.ts'
import { renderAccountDataMail } from '#emails/account-data.tsx'
import { mailLanguage } from './mail-language.server.ts'

/** What telling that account data is ready needs of the outside. */
export function accountDataPorts(): AccountDataPorts {
  return { mailer: mailer(), compose }
}

async function compose({ to, language: wanted, expiresAt, seller: { slug, host, timeZone } }: AccountDataMail) {
  const language = await mailLanguage(slug, wanted)
  const locale = await mailLocaleOf(slug, language)
  const props = { brand: await mailBrandOf(slug, host), language, recipientName: to.name, locale, timeZone, expiresAt }
  const mail = await renderAccountDataMail({ ...props, url: storeAddress(host, '/panel/account/data') })
  return { ...(await senderOf(slug)), to: [to], ...mail, language, attachments: [] }
}
