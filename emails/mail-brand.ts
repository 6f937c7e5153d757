import type { Language } from '#app/i18n/languages.ts'

/** What a mail wears of its seller, as plain values: colours are `#rrggbb`. */
export type MailBrand = {
  readonly name: string
  readonly legalName: string
  /** Postal address in one line. */
  readonly address: string
  readonly email: string
  /** Where a click on the name leads. */
  readonly storeUrl: string
  readonly radius: 0 | 6 | 12
  readonly colours: {
    readonly accent: string
    readonly accentFg: string
    readonly bg: string
    readonly surface: string
    readonly border: string
    readonly text: string
    readonly muted: string
  }
}

export type RenderedMail = { readonly subject: string; readonly html: string; readonly text: string }

/** What every mail needs besides its own facts. */
export type MailProps = {
  readonly brand: MailBrand
  readonly language: Language
  /** How the reader is called in the greeting. */
  readonly recipientName: string
}
