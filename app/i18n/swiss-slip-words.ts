import type { SwissSlipDocument } from '#app/domain/invoice/invoice-document.ts'
import type { Language } from './languages.ts'

type SlipWords = Pick<SwissSlipDocument, 'words' | 'language'>

// The scheme prescribes these words, letter by letter, in its own languages: they are part of a form, not texts to translate.
const english: SlipWords = {
  language: 'en',
  words: {
    receipt: 'Receipt',
    paymentPart: 'Payment part',
    payableTo: 'Account / Payable to',
    reference: 'Reference',
    information: 'Additional information',
    payableBy: 'Payable by',
    payableByBlank: 'Payable by (name/address)',
    currency: 'Currency',
    amount: 'Amount',
    acceptancePoint: 'Acceptance point',
  },
}

const german: SlipWords = {
  language: 'de',
  words: {
    receipt: 'Empfangsschein',
    paymentPart: 'Zahlteil',
    payableTo: 'Konto / Zahlbar an',
    reference: 'Referenz',
    information: 'Zusätzliche Informationen',
    payableBy: 'Zahlbar durch',
    payableByBlank: 'Zahlbar durch (Name/Adresse)',
    currency: 'Währung',
    amount: 'Betrag',
    acceptancePoint: 'Annahmestelle',
  },
}

const french: SlipWords = {
  language: 'fr',
  words: {
    receipt: 'Récépissé',
    paymentPart: 'Section paiement',
    payableTo: 'Compte / Payable à',
    reference: 'Référence',
    information: 'Informations supplémentaires',
    payableBy: 'Payable par',
    payableByBlank: 'Payable par (nom/adresse)',
    currency: 'Monnaie',
    amount: 'Montant',
    acceptancePoint: 'Point de dépôt',
  },
}

/** The headings of the Swiss QR bill; in English where the scheme has no words in the document's language. */
export function swissSlipWords(language: Language): SlipWords {
  if (language === 'de') return german
  return language === 'fr' ? french : english
}
