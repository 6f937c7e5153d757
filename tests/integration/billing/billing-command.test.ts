import { afterEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { runLivery } from '#scripts/cli/program.ts'
import { buildBuyer, buildSeller, useDaily } from '#tests/scenarios/billing/seller.ts'
import { amountsOf, invoicesOf } from '#tests/support/billing.ts'

afterEach(() => setClock())

async function livery(...words: string[]): Promise<{ code: number; out: string }> {
  const told: string[] = []
  const code = await runLivery(words, { out: (text) => void told.push(text), problem: (text) => void told.push(text) })
  return { code, out: told.join('') }
}

test('the command line prints what a run would make, then makes it', async () => {
  setClock(fixedClock('2026-07-01T06:00:00Z'))
  const seller = await buildSeller()
  const buyer = await buildBuyer(seller, 'Brandt Versand GmbH')
  await useDaily(seller, buyer, { from: '2026-06-01', days: 3, gb: '70' })
  const words = ['billing', 'run', '--tenant', 'meridian', '--period', '2026-06']

  const dry = await livery(...words, '--dry-run')
  expect(dry.code).toBe(0)
  expect(dry.out.split('\n').slice(0, 2)).toEqual([
    'Brandt Versand GmbH  2026-06-01..2026-07-01  249.9 EUR  [new]',
    '  usage  traffic.sent  210 GB x 1  210 EUR',
  ])
  const json = JSON.parse((await livery(...words, '--dry-run', '--json')).out)
  expect(json.drafts).toMatchObject([
    { state: 'drafted', total: { minor: '24990', currency: 'EUR' }, flags: ['new'], lines: [{ kind: 'usage' }] },
  ])
  expect(await invoicesOf(seller.tenantId)).toEqual([])

  expect(await livery(...words, '--json')).toEqual({ code: 0, out: '{"ok":true,"period":"2026-06","finalised":1,"isHeld":false}\n' })
  expect(amountsOf((await invoicesOf(seller.tenantId))[0])).toEqual([21_000n, 3_990n, 24_990n])
  expect((await livery('billing', 'run', '--tenant', 'meridian', '--period', '2026-13')).out).toContain('refused: malformed-month')
})
