import { storeAddress } from '#app/config/store-address.server.ts'
import { money } from '#app/domain/money/money.ts'
import { storeHostOf } from '#app/services/invoices/store-host.server.ts'
import type { PayoutMailPorts } from '#app/services/payouts/mail-payout.server.ts'
import { documentRenderer, mailBrandOf, mailer, mailLocaleOf, pageOfPayout, senderOf } from '#app/wiring.server.ts'
import { renderPayoutMail } from '#emails/payout.tsx'
import { mailLanguage } from './mail-language.server.ts'

/** What mailing payouts needs of the outside, with the seller's brand and the mail template put together. */
export function payoutMailPorts(tenantId: string): PayoutMailPorts {
  return {
    renderer: documentRenderer(),
    mailer: mailer(),
    composer: {
      page: pageOfPayout,
      mail: async ({ payout, parties: { seller, buyer } }, reader) => {
        const language = await mailLanguage(seller.slug, buyer.language)
        const { through, releasedMinor, payoutMinor, currency, paidOn, bankReference } = payout
        const mail = await renderPayoutMail({
          brand: await mailBrandOf(seller.slug, await storeHostOf(tenantId)),
          language,
          locale: await mailLocaleOf(seller.slug, language),
          recipientName: reader.name,
          through,
          released: money(releasedMinor, currency),
          payout: money(payoutMinor, currency),
          paid: paidOn ? { on: paidOn, reference: bankReference ?? '' } : null,
          url: storeAddress(await storeHostOf(reader.childTenantId), '/office/purchases/settlement'),
        })
        return { ...(await senderOf(seller.slug)), ...mail, language }
      },
    },
  }
}
