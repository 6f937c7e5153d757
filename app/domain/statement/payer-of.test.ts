import { expect, test } from 'vitest'
import { billedContractOf, contractsPaidBy, type PayerSpan } from './payer-of.ts'

const holding: PayerSpan = {
  accountId: 'film',
  contractId: 'film-contract',
  underContractId: 'film-contract',
  payerAccountId: 'holding',
  payerContractId: 'holding-contract',
  validFrom: '2026-06-16',
  validTo: '2026-08-01',
}
/** A department of Film that its own bank pays for. */
const studio: PayerSpan = { ...holding, accountId: 'studio', contractId: null, payerContractId: 'bank-contract', validTo: null }
const spans = [holding, studio]
const billed = (accountId: string, day: string) => billedContractOf(spans, { accountId, contractId: 'film-contract', day })

test('the payer of the day is billed, its first day included and its last not', () => {
  expect(['2026-06-15', '2026-06-16', '2026-07-31', '2026-08-01'].map((day) => billed('film', day))).toEqual([
    'film-contract',
    'holding-contract',
    'holding-contract',
    'film-contract',
  ])
})

test('everybody under a contract goes with it, unless it has a payer of its own', () => {
  expect(billed('editing', '2026-07-01')).toBe('holding-contract')
  expect(billed('studio', '2026-07-01')).toBe('bank-contract')
})

test('a payer knows whose contracts it pays for', () => {
  expect(contractsPaidBy(spans, 'holding-contract')).toEqual(['film-contract'])
  expect(contractsPaidBy(spans, 'film-contract')).toEqual([])
})
