import { expect, test } from 'vitest'
import type { PriceModelKind } from '#app/domain/pricing/models/price-model.ts'
import { describeModel, readPriceModel } from '#app/domain/pricing/models/registry.ts'
import { catalogs } from './catalogs.server.ts'
import { createI18n } from './i18n.ts'
import type { Language } from './languages.ts'
import { modelProblemText, priceSentence } from './price-sentence.ts'

function sentence(kind: PriceModelKind, terms: unknown, language: Language = 'en', locale = 'en-GB'): string {
  const read = readPriceModel(kind, terms)
  if (!read.ok) return JSON.stringify(read.problems)
  const t = createI18n(language, catalogs[language]).getFixedT(language, 'pricing')
  const description = describeModel(read.value, { unit: 'GB', currency: 'EUR' })
  return priceSentence({ t, locale, isolate: (text) => text }, description).replace(/\s/gu, ' ')
}

const tiers = [
  { upTo: '10000', unitPrice: '0.02' },
  { upTo: '50000', unitPrice: '0.015', flat: '10' },
  { upTo: null, unitPrice: '0.01' },
]

test.each<[PriceModelKind, unknown, string]>([
  ['flat', { amount: '49' }, '€49.00 in each period, however much is used.'],
  ['per-unit', { unitPrice: '0.02' }, 'Every unit costs the same: €0.02 per GB.'],
  ['per-unit', { unitPrice: '0' }, 'Free of charge.'],
  [
    'graduated',
    { tiers },
    'Each step has a price of its own, for the units that fall into it: €0.02 per GB up to 10,000 GB, €0.015 per GB plus €10.00 once up to 50,000 GB, €0.01 per GB above 50,000 GB.',
  ],
  ['package', { size: '100', price: '5', free: '10' }, 'The first 10 GB are free, then €5.00 for every 100 GB begun.'],
  [
    'stairstep',
    {
      tiers: [
        { upTo: '100', flat: '9' },
        { upTo: null, flat: '49' },
      ],
    },
    'One price for the whole period, by the step that the total reaches: €9.00 up to 100 GB, €49.00 above 100 GB.',
  ],
  ['percentage', { rate: '2.5', fixed: '1.20', free: '100' }, '2.5% of what exceeds €100.00, and €1.20 once it is exceeded.'],
])('the price model %s in one English sentence', (kind, terms, text) => {
  expect(sentence(kind, terms)).toBe(text)
})

test('the sentence is written in the language and figures of its reader', () => {
  expect(sentence('volume', { tiers: [tiers[0], tiers[2]] }, 'de', 'de-DE')).toBe(
    'Alles kostet den Preis der Stufe, die die Gesamtmenge erreicht: 0,02 € je GB bis 10.000 GB, 0,01 € je GB über 10.000 GB.',
  )
})

test('a refused parameter is explained', () => {
  const t = createI18n('en', catalogs.en).getFixedT('en', 'pricing')
  expect(modelProblemText(t, { path: 'tiers.2.upTo', code: 'tiers-not-ascending' })).toBe('This step must end above the one before.')
})
