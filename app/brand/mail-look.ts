import type { LoadedBrand } from './load-pack.server.ts'
import { rolesOf } from './roles.ts'

/** What the seller's mails wear: its names and the light colours as plain values, for mail programs know no variables. */
export function mailLookOf({ pack }: LoadedBrand, storeUrl: string) {
  const { seller, look } = pack
  const { street, postalCode, city } = seller.address
  const roles = rolesOf(look, 'light')
  return {
    name: pack.name,
    legalName: seller.legalName,
    address: [street, [postalCode, city].filter(Boolean).join(' ')].join(', '),
    email: pack.mail.replyTo ?? pack.mail.fromAddress,
    storeUrl,
    radius: look.radius,
    colours: {
      accent: roles.accent,
      accentFg: roles['accent-fg'],
      bg: roles.bg,
      surface: roles.surface,
      border: roles.border,
      text: roles.text,
      muted: roles.muted,
    },
  }
}
