import type { Language } from '#app/i18n/languages.ts'

/** `#rrggbb` each. */
export type MailColours = {
  readonly accent: string
  readonly accentFg: string
  readonly bg: string
  readonly surface: string
  readonly border: string
  readonly text: string
  readonly muted: string
}

/** The seller's mark as pictures of its own store, and how large it is shown, in pixels. */
export type MailLogo = { readonly url: string; readonly darkUrl: string | null; readonly width: number; readonly height: number }

/** What a mail wears of its seller, as plain values. */
export type MailBrand = {
  readonly name: string
  readonly legalName: string
  /** Postal address in one line. */
  readonly address: string
  readonly email: string
  /** Where a click on the name leads. */
  readonly storeUrl: string
  /** Null where the name stands for itself. */
  readonly logo: MailLogo | null
  readonly radius: 0 | 6 | 12
  readonly colours: MailColours
  /** For readers whose mail program is dark. */
  readonly darkColours: MailColours
}

export type RenderedMail = { readonly subject: string; readonly html: string; readonly text: string }

/** What every mail needs besides its own facts. */
export type MailProps = {
  readonly brand: MailBrand
  readonly language: Language
  /** How the reader is called in the greeting. */
  readonly recipientName: string
}
