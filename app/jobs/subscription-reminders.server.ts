import { storeAddress } from '#app/config/store-address.server.ts'
import type { ReminderPorts, SubscriptionReminder } from '#app/services/subscriptions/remind-subscribers.server.ts'
import { mailBrandOf, mailer, senderOf } from '#app/wiring.server.ts'
import { renderSubscriptionReminderMail } from '#emails/subscription-reminder.tsx'
import { mailLanguage, nameIn } from './mail-language.server.ts'

/** What reminding needs of the outside, with the seller's brand and the mail template put together. */
export function reminderPorts(): ReminderPorts {
  return { mailer: mailer(), compose }
}

async function compose({ kind, seller, to, subscriptionId, ...reminder }: SubscriptionReminder) {
  const language = await mailLanguage(seller.slug, to.language)
  const mail = await renderSubscriptionReminderMail({
    brand: await mailBrandOf(seller.slug, seller.host),
    language,
    recipientName: to.name,
    country: seller.country,
    kind,
    subscription: reminder.subscription,
    plan: nameIn(reminder.plan, language),
    date: reminder.date,
    next: reminder.next,
    url: storeAddress(seller.host, `/panel/subscriptions/${subscriptionId}`),
  })
  return { ...(await senderOf(seller.slug)), to: [{ name: to.name, address: to.address }], ...mail, language, attachments: [] }
}
