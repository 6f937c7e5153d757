import { formatCountry } from './formats.ts'
import type { InvoiceFacts, InvoiceSeller, TaxTreatment } from './invoice-facts.ts'
import type { DocumentTexts } from './invoice-lines.ts'
import { reasonNote } from './tax-note.ts'

/** What the law and the document's type want said below the sums. */
export function documentNotes(texts: DocumentTexts, facts: InvoiceFacts): string[] {
  const ofRow = ({ treatment, reason = '' }: InvoiceFacts['taxes'][number]) =>
    reasonNote(texts, reason, facts.buyer.country) ?? taxNote(texts, treatment, facts.seller) ?? []
  const taxes = [...new Set(facts.taxes.flatMap(ofRow))]
  const reason = facts.reason === undefined ? [] : [texts.t('note.reason', { reason: texts.isolate(facts.reason) })]
  return [...reason, ...typeNote(texts, facts), ...taxes]
}

/** Why there is no tax; null where there is. */
export function taxNote({ t, isolate, locale }: DocumentTexts, treatment: TaxTreatment, seller: InvoiceSeller): string | null {
  switch (treatment) {
    case 'standard':
      return null
    case 'reverse-charge':
      return t('note.reverseCharge')
    case 'outside-scope':
      return t('note.outsideScope', { country: isolate(formatCountry(seller.address.country, locale)) })
    case 'zero-rated':
      return t('note.zeroRated')
    case 'exempt':
      return t('note.exempt')
  }
}

function typeNote({ t }: DocumentTexts, { documentType }: InvoiceFacts): string[] {
  switch (documentType) {
    case 'invoice':
    case 'debit-note':
      return []
    case 'credit-note':
      return [t('note.creditNote')]
    case 'pro-forma':
      return [t('note.proForma')]
    case 'prepayment-receipt':
      return [t('note.prepaymentReceipt')]
    case 'self-billed':
      return [t('note.selfBilled')]
  }
}
