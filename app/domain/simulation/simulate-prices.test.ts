import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readPlan } from '../pricing/plan-file/plan-file.ts'
import { planRules } from '../pricing/plan-file/plan-rules.ts'
import { simulatePrices } from './simulate-prices.ts'
import { readUsageSheet } from './usage-sheet.ts'

const everyModel = JSON.parse(readFileSync('docs/examples/every-model.plan.json', 'utf8'))
const sheet = readFileSync('docs/examples/every-model.usage.csv', 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split(','))

function simulate(plan: unknown, rows: readonly (readonly string[])[]) {
  const read = readPlan(plan)
  const usage = readUsageSheet(rows)
  if (!read.ok || !usage.ok) throw new Error(JSON.stringify([read, usage]))
  const facts = { priceVersionId: 'v', layer: 1, exchange: null, validFrom: new Date(0), validTo: null } as const
  return simulatePrices({
    rules: planRules(read.value, 'plan').map((rule, index) => ({ ...rule, ...facts, id: `rule-${10 + index}` })),
    currency: read.value.currency,
    productId: 'plan',
    proration: read.value.proration,
    usage: usage.value,
    cycle: { zone: 'UTC', anchorDay: 1 },
    span: null,
  })
}

test('a June under a plan of every model costs 531.50', () => {
  const { lines, refused, total } = simulate(everyModel, sheet)
  expect(lines.map(({ row, charge }) => `${row ?? '-'} ${charge.meter ?? charge.feeKind} ${charge.amount}`)).toEqual([
    '- setup 25',
    '- recurring 149',
    '2 server.running 20',
    '3 server.running 9',
    '4 traffic.sent 0',
    '5 traffic.sent 200',
    '5 traffic.sent 60',
    '6 volume 11.8',
    '7 disk.read-requests 1.2',
    '8 vpn-user 25',
    '9 load-balancer 0',
    '10 bucket 3',
    '11 backup 11',
    '12 backup -0.5',
    '- vpn-user 5',
    '- load-balancer 12',
  ])
  expect(refused).toEqual([])
  expect(total).toEqual({ minor: 53150n, currency: 'EUR' })
})

test('Traffic Max with backup and 24,000 GB costs 421.00 a month', () => {
  const fees = [{ kind: 'recurring', price: '161.00' }]
  const traffic = everyModel.usage.find(({ meter }: { meter: string }) => meter === 'traffic.sent')
  const head = ['meter', 'quantity', 'start', 'end']
  const { total } = simulate({ ...everyModel, fees, usage: [traffic] }, [head, ['traffic.sent', '24000', '2026-06-01', '2026-07-01']])
  expect(total).toEqual({ minor: 42100n, currency: 'EUR' })
})

test('usage that the plan has no price for is named, not charged at zero', () => {
  const fees = [{ kind: 'setup', price: '1.00' }]
  const head = ['meter', 'quantity', 'start', 'end']
  const { refused } = simulate({ ...everyModel, fees, usage: [] }, [head, ['address', '1', '2026-06-01', '2026-06-02']])
  expect(refused).toEqual([{ row: 2, reason: 'no-price' }])
})

test('every cell that cannot be read is named by row and column', () => {
  expect(
    readUsageSheet([
      ['meter', 'quantity', 'start', 'end', 'zone'],
      ['traffic.sent', '1', '2026-06-01', '2026-06-02', 'fra-1'],
      ['water', '1,5', '2026-06-01T00:00', '2026-05-01', ''],
    ]),
  ).toEqual({
    ok: false,
    error: 'bad-rows',
    problems: [
      { row: 3, column: 'meter', code: 'unknown-meter' },
      { row: 3, column: 'quantity', code: 'not-a-decimal' },
      { row: 3, column: 'start', code: 'not-an-instant' },
    ],
  })
  expect(readUsageSheet([['meter']])).toMatchObject({ problems: [{ row: 1, column: 'quantity', code: 'column-missing' }, {}, {}] })
})
