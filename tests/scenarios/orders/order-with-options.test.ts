import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { toOrderQuote } from '#app/reports/order-quote/query.server.ts'
import { type ChainedOrder, orderUpstream } from '#app/services/orders/order-upstream.server.ts'
import { activateChain, attachChain } from '#app/services/orders/provision-order.server.ts'
import { quoteOrder } from '#app/services/orders/quote-order.server.ts'
import { amountsOf, billMonth, invoicesOf } from '#tests/support/billing.ts'
import { asOffice, buildAccount, buildContract } from '#tests/support/builders.ts'
import { buildPromotion, orderWith } from '../promotions/store.ts'
import { buildFriday, type Friday, hideOption } from './friday.ts'

let friday: Friday
beforeEach(async () => {
  setClock(fixedClock('2026-06-05T14:40:00Z'))
  friday = await buildFriday()
})
afterEach(() => setClock())

const optionCodes = ['mysql']
const fridayOrder = (codes: readonly string[] = [], facts: Parameters<typeof orderWith>[3] = {}) =>
  orderWith(friday.shop, friday.accountId, codes, { optionCodes: [friday.codeOf('mysql')], ...facts })

async function quoted(promoCodes: readonly string[] = [], accountId = friday.accountId) {
  const { planCode, tenantId } = friday.shop
  const quote = await asOffice(tenantId, (ctx) =>
    quoteOrder(ctx, { accountId, planCode, optionCodes: optionCodes.map(friday.codeOf), promoCodes, addressHash: accountId }),
  )
  if (!quote.ok) throw new Error(quote.error)
  const [piece] = quote.value.pieces
  if (!piece) throw new Error('nothing was priced')
  return { ...quote.value, price: piece.price, page: toOrderQuote(piece.price, 'en') }
}

async function placed(codes: readonly string[]): Promise<ChainedOrder> {
  const order = await fridayOrder(codes)
  if (!order.ok) throw new Error(order.error)
  return { tenantId: friday.shop.tenantId, orderId: order.value.orderId }
}

const totalsOf = ({ tenantId, orderId }: ChainedOrder) =>
  asOffice(tenantId, ({ db }) =>
    db.order.findUniqueOrThrow({
      where: { tenantId_id: { tenantId, id: orderId } },
      select: { netMinor: true, taxMinor: true, totalMinor: true },
    }),
  )

async function run(chain: readonly ChainedOrder[]) {
  const server = { cloudRef: v7(), ref: chain[0]?.orderId ?? '', state: 'running' as const, address: null }
  await attachChain(chain, server)
  await activateChain(chain, server, new Date('2026-06-05T14:50:00Z'))
}

const linesOf = async (tenantId: string) =>
  (await invoicesOf(tenantId))[0]?.sections.flatMap(({ lines }) => lines.map(({ kind, net }) => `${kind} ${net.minor}`))

describe('a server on a Friday afternoon', () => {
  test('is quoted with what it includes and the option that was taken', async () => {
    const { page } = await quoted()
    expect(page.lines.map(({ feeKind, role, name, amount }) => `${feeKind} ${role} ${name} ${amount.minor}`)).toEqual([
      'setup main Web 2 1500',
      'recurring main Web 2 9500',
      'recurring included Apache 0',
      'recurring included mod_perl 0',
      'recurring included PHP 0',
      'recurring add-on MySQL 600',
    ])
    expect([page.firstNet.minor, page.firstTax.minor, page.firstTotal.minor]).toEqual([11_600n, 2_320n, 13_920n])
    expect([page.monthlyNet.minor, page.monthlyTotal.minor]).toEqual([10_100n, 12_120n])
    expect(page.options.map(({ name, isIncluded, isChosen, monthly }) => [name, isIncluded, isChosen, monthly?.minor])).toEqual([
      ['Apache', true, true, undefined],
      ['mod_perl', true, true, undefined],
      ['PHP', true, true, undefined],
      ['MySQL', false, true, 600n],
      ['Backup', false, false, 1_200n],
    ])
  })

  test('costs with a code what the quote said, on the order and on the invoice', async () => {
    await buildPromotion(friday.shop)
    const { page, acceptedCodes } = await quoted(['weekend10'])
    expect(acceptedCodes).toEqual(['WEEKEND10'])
    expect(page.discounts).toEqual([{ name: 'Weekend', amount: { minor: -1_010n, currency: 'EUR' } }])
    expect([page.firstNet.minor, page.firstTax.minor, page.firstTotal.minor]).toEqual([10_590n, 2_118n, 12_708n])

    const order = await placed(['WEEKEND10'])
    expect(await totalsOf(order)).toEqual({ netMinor: 10_590n, taxMinor: 2_118n, totalMinor: 12_708n })
    const upstream = await orderUpstream(order)
    if (!upstream.ok) throw new Error(upstream.error)
    await run(upstream.value)
    await billMonth(friday.shop.tenantId, '2026-06', '2026-06-30T22:00:00Z')
    expect(amountsOf((await invoicesOf(friday.shop.tenantId))[0])).toEqual([10_590n, 2_118n, 12_708n])
    expect((await linesOf(friday.shop.tenantId))?.sort()).toEqual(
      ['discount -1010', 'recurring 0', 'recurring 0', 'recurring 0', 'recurring 600', 'recurring 9500', 'setup 1500'].sort(),
    )
  })

  test('is bought above with the same options over the same period: 9.00 + 63.20 + 4.00', async () => {
    const upstream = await orderUpstream(await placed([]))
    if (!upstream.ok) throw new Error(upstream.error)
    const [, above] = upstream.value
    expect(above && (await totalsOf(above))).toEqual({ netMinor: 7_620n, taxMinor: 0n, totalMinor: 7_620n })
    await run(upstream.value)
    await billMonth(friday.provider, '2026-06', '2026-07-01T06:00:00Z')
    expect(amountsOf((await invoicesOf(friday.provider))[0])).toEqual([7_620n, 0n, 7_620n])
  })
})

describe('what the order page says', () => {
  test('is what the order takes and the invoice brings, also in the middle of a month', async () => {
    const { shop } = friday
    await buildPromotion(shop)
    const accountId = await buildAccount(shop.tenantId, { name: 'Café Linde e.U.', country: 'AT' })
    await buildContract(shop.tenantId, { accountId, priceBookId: shop.priceBookId })
    const { page } = await quoted(['WEEKEND10'], accountId)
    // 26 of 30 days: 82.33 + 5.20 less 8.75, and the setup fee in full.
    expect(page.lines.find(({ role, feeKind }) => role === 'main' && feeKind === 'recurring')?.days).toEqual({ charged: 26, all: 30 })
    expect([page.firstNet.minor, page.firstTax.minor, page.firstTotal.minor]).toEqual([9_378n, 1_876n, 11_254n])

    const order = await orderWith(shop, accountId, ['WEEKEND10'], { optionCodes: optionCodes.map(friday.codeOf) })
    if (!order.ok) throw new Error(order.error)
    const chain = [{ tenantId: shop.tenantId, orderId: order.value.orderId }]
    expect(await totalsOf(chain[0] ?? { tenantId: '', orderId: '' })).toEqual({ netMinor: 9_378n, taxMinor: 1_876n, totalMinor: 11_254n })
    await run(chain)
    await billMonth(shop.tenantId, '2026-06', '2026-07-01T06:00:00Z')
    expect(amountsOf((await invoicesOf(shop.tenantId))[0])).toEqual([9_378n, 1_876n, 11_254n])
  })

  test('counts a bad code as a try, a good one not, and looking without a code not at all', async () => {
    await buildPromotion(friday.shop)
    for (let look = 0; look < 12; look += 1) expect((await quoted()).problem).toBeNull()
    for (let look = 0; look < 12; look += 1) expect((await quoted(['WEEKEND10'])).problem).toBeNull()
    for (let guess = 0; guess < 10; guess += 1) expect((await quoted([`GUESS${guess}`])).problem).toBe('code-not-valid')
    expect((await quoted(['WEEKEND10'])).problem).toBe('too-many-tries')
  })

  test('keeps the first code where the second cannot stand beside it, and says why', async () => {
    await buildPromotion(friday.shop)
    await buildPromotion(friday.shop, {
      code: 'SUMMER5',
      terms: { kind: 'amount', amounts: { EUR: '500' } },
      startsAt: new Date('2026-06-02T00:00:00Z'),
    })
    const { page, acceptedCodes, problem } = await quoted(['WEEKEND10', 'SUMMER5'])
    expect([acceptedCodes, problem, page.firstNet.minor]).toEqual([['WEEKEND10'], 'code-not-combinable', 10_590n])
  })
})

describe('an option', () => {
  test('that the plan does not offer, or that is hidden, cannot be ordered and leaves the quote', async () => {
    expect(await fridayOrder([], { optionCodes: ['nobody'] })).toEqual({ ok: false, error: 'option-not-offered' })
    await hideOption(friday, 'mysql')
    expect(await fridayOrder()).toEqual({ ok: false, error: 'option-not-offered' })
    expect((await quoted()).page.firstNet.minor).toBe(11_000n)
  })

  test('that the level above does not sell is refused there, before anything is built', async () => {
    await hideOption(friday, 'mysql', 'above')
    expect(await orderUpstream(await placed([]))).toEqual({ ok: false, error: 'product-not-delegated' })
  })
})
