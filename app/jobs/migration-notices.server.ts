import { storeAddress } from '#app/config/store-address.server.ts'
import type { MigrationNotice } from '#app/services/migrations/notices.server.ts'
import { mailBrandOf, mailer, senderOf } from '#app/wiring.server.ts'
import { renderPlanMigrationMail } from '#emails/plan-migration.tsx'
import { mailLanguage, nameIn } from './mail-language.server.ts'

/** Mails one customer what changes. Its key is the item's: a step that runs again hands over the same mail. */
export async function sendMigrationNotice(notice: MigrationNotice): Promise<void> {
  const { seller, to } = notice
  const language = await mailLanguage(seller.slug, to.language)
  const mail = await renderPlanMigrationMail({
    brand: await mailBrandOf(seller.slug, seller.host),
    language,
    recipientName: to.name,
    country: seller.country,
    subscription: notice.subscription,
    fromPlan: nameIn(notice.fromPlan, language),
    toPlan: nameIn(notice.toPlan, language),
    date: notice.date,
    current: notice.current,
    next: notice.next,
    url: storeAddress(seller.host, '/panel/servers'),
  })
  const address = { name: to.name, address: to.address }
  await mailer().send({
    key: `plan-migration:${notice.itemId}`,
    ...(await senderOf(seller.slug)),
    to: [address],
    ...mail,
    language,
    attachments: [],
  })
}
