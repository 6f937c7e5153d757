import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { priceModelKinds } from '../models/price-model.ts'
import { planJsonSchema } from './plan-schema.ts'

test('the committed JSON Schema is the one of this version; `npm run docs:plan-format` writes it', () => {
  expect(JSON.parse(readFileSync('docs/plan-format.schema.json', 'utf8'))).toEqual(JSON.parse(JSON.stringify(planJsonSchema())))
})

test('the documentation speaks of every model and field', () => {
  const text = readFileSync('docs/plan-format.md', 'utf8')
  const fields = [
    'included',
    'includedScope',
    'rollsOver',
    'quantityStep',
    'minimum',
    'cap',
    'match',
    'bundle',
    'trialDays',
    'termMonths',
    'reminderDays',
    'pricePolicy',
    'sla',
  ]
  for (const word of [...priceModelKinds, ...fields, 'creditAt', 'proration']) expect(text).toContain(`\`${word}\``)
})
