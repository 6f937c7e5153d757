import type { Mail, Mailer, MailSignature } from '#app/ports/mailer.ts'

export type SellerMailerOptions = {
  /** What signs mail of the seller from `domain`; null while the seller has not proven that mail may come from it. */
  signatureOf(seller: string, domain: string): Promise<MailSignature | null>
  /** Sends for sellers that have proven nothing; absent where nothing leaves, and every address may stand. */
  readonly neutralAddress?: string
}

/**
 * Sends through `inner`. A seller's mail from a domain it has proven is signed; any other leaves from the neutral address, under the seller's
 * name, and answers go to the seller.
 */
export function createSellerMailer(inner: Mailer, { signatureOf, neutralAddress }: SellerMailerOptions): Mailer {
  return {
    async send(mail) {
      const domain = mail.from.address.slice(mail.from.address.lastIndexOf('@') + 1).toLowerCase()
      const signature = mail.seller === undefined ? null : await signatureOf(mail.seller, domain)
      if (signature) return inner.send({ ...mail, signature })
      return inner.send(neutralAddress === undefined ? mail : fromNeutral(mail, neutralAddress))
    },
  }
}

function fromNeutral(mail: Mail, address: string): Mail {
  return { ...mail, from: { ...mail.from, address }, replyTo: mail.replyTo ?? mail.from }
}
