import { expect, test } from 'vitest'
import { taxPeriodOf } from './tax-period.ts'

const period = (query: string) => taxPeriodOf(new URLSearchParams(query), '2026-06-15')

test('the address names the first and the last day', () =>
  expect(period('from=2026-04-01&through=2026-06-30')).toEqual({ from: '2026-04-01', to: '2026-07-01' }))

test.each(['', 'from=2026-06-31x&through=2026-07-01', 'from=2026-06-10&through=2026-06-01', "from=';--&through=2026-06-01"])(
  'anything else is the running month: %s',
  (query) => expect(period(query)).toEqual({ from: '2026-06-01', to: '2026-06-16' }),
)
