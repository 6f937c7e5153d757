import { storeAddress } from '#app/config/store-address.server.ts'
import type { MigrationNotice } from '#app/services/migrations/notices.server.ts'
import { brandOf, mailBrandOf, mailer, senderOf } from '#app/wiring.server.ts'
import type { MailProps } from '#emails/mail-brand.ts'
import { renderPlanMigrationMail } from '#emails/plan-migration.tsx'

/** Mails one customer what changes. Its key is the item's: a step that runs again hands over the same mail. */
export async function sendMigrationNotice(notice: MigrationNotice): Promise<void> {
  const { seller, to } = notice
  const language = languageOf(notice)
  const mail = await renderPlanMigrationMail({
    brand: mailBrandOf(seller.slug, seller.host),
    language,
    recipientName: to.name,
    country: seller.country,
    subscription: notice.subscription,
    fromPlan: nameOf(notice.fromPlan, language),
    toPlan: nameOf(notice.toPlan, language),
    date: notice.date,
    current: notice.current,
    next: notice.next,
    url: storeAddress(seller.host, '/panel/servers'),
  })
  const address = { name: to.name, address: to.address }
  await mailer().send({
    key: `plan-migration:${notice.itemId}`,
    ...senderOf(seller.slug),
    to: [address],
    ...mail,
    language,
    attachments: [],
  })
}

// The buyer's language where the seller writes it, else the seller's first.
function languageOf({ to, seller }: MigrationNotice): MailProps['language'] {
  const offered = brandOf(seller.slug).pack.languages
  return offered.find((candidate) => candidate === to.language) ?? offered[0]
}

function nameOf(names: Readonly<Record<string, string>>, language: string): string {
  return names[language] ?? names.en ?? Object.values(names)[0] ?? ''
}
