import type { TaxReason } from '#app/domain/tax/determine-tax.ts'
import { formatCountry } from './formats.ts'
import type { DocumentTexts } from './invoice-lines.ts'

const keys = {
  'destination-eu': 'note.oss',
  'reverse-charge-domestic': 'note.reverseChargeDomestic',
  'small-business': 'note.smallBusiness',
  'seller-not-registered': 'note.notRegistered',
  'buyer-exempt': 'note.certificate',
  'no-supply': 'note.noSupply',
  'advance-payment': 'note.advancePayment',
} as const satisfies Partial<Record<TaxReason | 'advance-payment', string>>

/** What a document says about the reason for a rate, where that is more than its category says; else null. */
export function reasonNote({ t, isolate, locale }: DocumentTexts, reason: string, buyerCountry: string): string | null {
  if (!Object.hasOwn(keys, reason)) return null
  return t(keys[reason as keyof typeof keys], { country: isolate(formatCountry(buyerCountry, locale)) })
}
