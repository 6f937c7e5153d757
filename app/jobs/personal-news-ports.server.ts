import { createHmac } from 'node:crypto'
import { appSecret } from '#app/config/env.server.ts'
import { storeAddress } from '#app/config/store-address.server.ts'
import type { PersonalNews, PersonalNewsPorts } from '#app/services/people/tell-person.server.ts'
import { mailBrandOf, mailer, mailLocaleOf, senderOf } from '#app/wiring.server.ts'
import { renderEmailConfirmMail, renderPersonalNewsMail } from '#emails/personal-news.tsx'
import { mailLanguage } from './mail-language.server.ts'

/** What telling people of their own sign-in needs of the outside, with the seller's brand and the mail templates put together. */
export function personalNewsPorts(tenantId: string): PersonalNewsPorts {
  return {
    mailer: mailer(),
    tokenFor: (changeId) => createHmac('sha256', appSecret()).update(`change of address/${tenantId}/${changeId}`).digest('base64url'),
    compose: async (news) => {
      const { to, seller } = news
      const language = await mailLanguage(seller.slug, news.language)
      const mail = await render(news, language)
      return { ...(await senderOf(seller.slug)), to: [to], ...mail, language, attachments: [] }
    },
  }
}

async function render(news: PersonalNews, language: Awaited<ReturnType<typeof mailLanguage>>) {
  const { slug, host, timeZone } = news.seller
  const url = storeAddress(host, news.path)
  const props = { brand: await mailBrandOf(slug, host), language, recipientName: news.to.name, url }
  if (news.kind === 'email-confirm') return renderEmailConfirmMail({ ...props, validHours: news.validHours })
  if (news.kind !== 'security') return renderPersonalNewsMail({ ...props, news: news.kind, newEmail: news.newEmail })
  return renderPersonalNewsMail({ ...props, news: news.change, at: news.at, timeZone, locale: await mailLocaleOf(slug, language) })
}
