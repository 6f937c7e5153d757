import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runLivery } from '#scripts/cli/program.ts'

const plan = 'docs/examples/every-model.plan.json'
const usage = 'docs/examples/every-model.usage.csv'

async function simulate(...words: string[]) {
  const [out, problems]: [string[], string[]] = [[], []]
  const code = await runLivery(['price', 'simulate', ...words], { out: (text) => out.push(text), problem: (text) => problems.push(text) })
  return { code, out: out.join(''), problems: problems.join('') }
}

function file(name: string, text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'livery-')), name)
  writeFileSync(path, text)
  return path
}

test('as JSON: each line with meter, quantity, exact amount and reason, and the total in cents', async () => {
  const { code, out } = await simulate('--plan', plan, '--usage', usage, '--json')
  const { currency, lines, totalMinor } = JSON.parse(out)
  expect({ code, currency, totalMinor }).toEqual({ code: 0, currency: 'EUR', totalMinor: '53150' })
  expect(lines).toHaveLength(16)
  expect(lines[7]).toEqual({
    meter: 'volume',
    quantity: '72000',
    amount: '11.8',
    reason:
      'Everything has the price of the step that the total reaches: €0.0002 per GiB and hour up to 50,000 GiB h, €0.00015 per GiB and hour plus €1.00 once above 50,000 GiB h.',
  })
})

test('for people: a line each, and what it comes to', async () => {
  const { out } = await simulate('--plan', plan, '--usage', usage)
  expect(out).toMatch(/row 3 .*server\.running .*€9\.00 .*Because of zone fra-1, offering gpu-l\./)
  expect(out.trim().split('\n').at(-1)).toMatch(/^total +EUR.531\.50 before tax$/)
})

const backupPlan = (meters: object[]) =>
  file(
    'plan.json',
    JSON.stringify({
      format: 'livery-plan/1',
      kind: 'rate-card',
      code: 'backup',
      name: { en: 'Backup' },
      currency: 'EUR',
      meters,
      usage: [{ meter: 'mailboxes', unit: 'piece', model: { kind: 'per-unit', unitPrice: '1.50' } }],
    }),
  )

test('a plan prices meters of a seller that it declares, and says where they contradict', async () => {
  const used = file('usage.csv', 'meter,quantity,start,end\nmailboxes,4,2026-06-01,2026-06-02\n')
  const declared = { code: 'mailboxes', unit: 'piece', name: { en: 'Mailboxes' } }
  const { code, out } = await simulate('--plan', backupPlan([declared]), '--usage', used, '--json')
  expect({ code, lines: JSON.parse(out).lines }).toMatchObject({ code: 0, lines: [{ meter: 'mailboxes', quantity: '4', amount: '6' }] })

  const undeclared = await simulate('--plan', backupPlan([]), '--usage', used)
  expect(undeclared).toMatchObject({ code: 1, out: expect.stringContaining('/usage/0/meter: unknown-meter') })
  const wrong = await simulate('--plan', backupPlan([declared, declared, { code: 'traffic.sent', unit: 'hour' }]), '--usage', used)
  expect(wrong.out).toContain('/meters/1/code: meter-twice')
  expect(wrong.out).toContain('/meters/2/unit: unit-mismatch')
})

test('a plan with a mistake is refused with its line and field, and so is usage with its row and column', async () => {
  const broken = file('plan.json', '{\n  "format": "livery-plan/1",\n  "kind": "plan",\n  "price": "1"\n}\n')
  const refused = await simulate('--plan', broken, '--usage', usage)
  expect(refused.code).toBe(1)
  expect(refused.out).toContain('line 4, /price: unknown-field')
  expect(refused.out).toContain('/currency: missing')

  const { code, out } = await simulate(
    '--plan',
    plan,
    '--usage',
    file('usage.csv', 'meter,quantity,start,end\ntraffic.sent,x,2026-06-01,2026-06-02\n'),
  )
  expect({ code, out }).toMatchObject({ code: 1, out: expect.stringContaining('row 2, quantity: not-a-decimal') })
})

test('usage without a price is said, with exit code 3', async () => {
  const { code, out } = await simulate(
    '--plan',
    plan,
    '--usage',
    file('usage.csv', 'meter,quantity,start,end\naddress,1,2026-06-01,2026-06-02\n'),
  )
  expect(code).toBe(3)
  expect(out).toContain('refused  row 2: no-price')
})

test('another currency than the plan’s, and a file that is not there, are wrong use', async () => {
  expect(await simulate('--plan', plan, '--usage', usage, '--currency', 'CHF')).toMatchObject({
    code: 2,
    problems: expect.stringContaining('never converted'),
  })
  expect(await simulate('--plan', 'nowhere.json', '--usage', usage)).toMatchObject({ code: 2, problems: expect.stringContaining('ENOENT') })
})
