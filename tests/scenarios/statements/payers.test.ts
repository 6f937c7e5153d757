import { afterEach, describe, expect, test } from 'vitest'
import { setClock } from '#app/config/clock.server.ts'
import { insertShowbacks } from '#app/db/charges/showbacks.server.ts'
import { inPanel } from '#app/db/context.server.ts'
import { readFinalisedInvoice } from '#app/db/documents/finalised-invoices.server.ts'
import { insertInvoiceParts, insertInvoices } from '#app/db/documents/invoices.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { showbacksOf } from '#app/domain/invoice/showbacks.ts'
import { listShowbacks } from '#app/reports/invoices/showbacks.server.ts'
import { assignPayer } from '#app/services/accounts/assign-payer.server.ts'
import { addDiscount } from '#app/services/promotions/add-discount.server.ts'
import { amountsOf, billMonth, invoicesOf } from '#tests/support/billing.ts'
import {
  asOffice,
  buildAccount,
  buildCharges,
  buildContract,
  buildPriceBook,
  buildProduct,
  buildSubscription,
  buildTenant,
} from '#tests/support/builders.ts'

afterEach(() => setClock())

/** Filmwerk and Radio Nord on Traffic Max since 1 June, Filmwerk with backup; each has a contract of its own, and so has their holding. */
async function holding() {
  const tenantId = await buildTenant()
  const [max, backup] = [await buildProduct(tenantId, 'Traffic Max'), await buildProduct(tenantId, 'Backup')]
  const { priceBookId, priceVersionId, ruleIds } = await buildPriceBook(tenantId, [
    { feeKind: 'usage', price: '0.02', meter: 'traffic.sent', included: '10000' },
    { feeKind: 'recurring', price: '149', productId: max },
    { feeKind: 'setup', price: '25', productId: max },
    { feeKind: 'recurring', price: '12', productId: backup },
  ])
  const buyer = async (name: string, country = 'DE') => {
    const accountId = await buildAccount(tenantId, { name, country })
    return { accountId, contractId: await buildContract(tenantId, { accountId, priceBookId, feesInAdvance: true }) }
  }
  const [film, radio, payer] = [await buyer('Filmwerk GmbH'), await buyer('Radio Nord e.V.'), await buyer('Nordmedien Holding AG')]
  const startedAt = '2026-05-31T22:00:00Z'
  const subscribe = (owner: typeof film, productId: string, name: string) =>
    buildSubscription(tenantId, { ...owner, productId, startedAt, name })
  const subscriptionId = await subscribe(film, max, 'film-01')
  await subscribe(film, backup, 'film-backup')
  await subscribe(radio, max, 'radio-01')
  const used = (day: string, quantity: string, amount: string) => ({
    ...film,
    subscriptionId,
    priceVersionId,
    priceRuleId: ruleIds[0] ?? '',
    billingPeriod: '2026-06-01',
    day,
    quantity,
    included: day < '2026-06-15' ? '10000' : '0',
    amount,
  })
  await buildCharges(tenantId, [used('2026-06-10', '20000', '200'), used('2026-06-20', '4000', '60')])
  return { tenantId, film, radio, payer }
}

type Cast = Awaited<ReturnType<typeof holding>>

async function pays({ tenantId }: Cast, user: { accountId: string }, payer: { accountId: string } | null, from: string) {
  const input = { accountId: user.accountId, payerAccountId: payer?.accountId ?? null, from, reason: 'One invoice for the group' }
  return asOffice(tenantId, (ctx) => assignPayer(ctx, input))
}

const may = (cast: Cast) => billMonth(cast.tenantId, '2026-05', '2026-06-01T08:00:00Z')
const june = (cast: Cast) => billMonth(cast.tenantId, '2026-06', '2026-07-01T06:00:00Z')

async function shown({ tenantId }: Cast) {
  return (await invoicesOf(tenantId)).map((invoice) => ({
    buyer: invoice.buyerName,
    sections: invoice.sections.map(({ name, net }) => [name, net.minor]),
    amounts: amountsOf(invoice),
  }))
}

describe('a holding that pays for two companies', () => {
  test('gets one invoice with a section and a subtotal for each, which comes to what they would have paid themselves', async () => {
    const cast = await holding()
    for (const user of [cast.film, cast.radio])
      expect(await pays(cast, user, cast.payer, '2026-06-01')).toEqual({ ok: true, value: undefined })
    expect(await may(cast)).toBe(1)
    expect(await june(cast)).toBe(1)
    expect(await shown(cast)).toEqual([
      {
        buyer: 'Nordmedien Holding AG',
        sections: [
          ['Filmwerk GmbH', 18600n],
          ['Radio Nord e.V.', 17400n],
        ],
        amounts: [36000n, 6840n, 42840n],
      },
      {
        buyer: 'Nordmedien Holding AG',
        sections: [
          ['Filmwerk GmbH', 42100n],
          ['Radio Nord e.V.', 14900n],
        ],
        amounts: [57000n, 10830n, 67830n],
      },
    ])
  })

  test('each company sees what it used, and no invoice', async () => {
    const cast = await holding()
    for (const user of [cast.film, cast.radio]) await pays(cast, user, cast.payer, '2026-06-01')
    await may(cast)
    const [invoice] = await invoicesOf(cast.tenantId)
    const seen = await inPanel(cast.tenantId, [cast.film.accountId], async (ctx) => ({
      showbacks: (await listShowbacks(ctx, { limit: 10 })).rows.map(({ name, net }) => [name, net.minor]),
      invoice: await readFinalisedInvoice(ctx, invoice?.id ?? ''),
    }))
    expect(seen).toEqual({ showbacks: [['Filmwerk GmbH', 18600n]], invoice: undefined })
  })

  test('a discount of one company lowers its own section alone', async () => {
    const cast = await holding()
    await tenPercentOffMonths(cast, cast.radio.accountId)
    for (const user of [cast.film, cast.radio]) await pays(cast, user, cast.payer, '2026-06-01')
    await may(cast)
    expect((await shown(cast))[0]?.sections).toEqual([
      ['Filmwerk GmbH', 18600n],
      ['Radio Nord e.V.', 15910n],
    ])
  })

  test('the tax is that of the payer', async () => {
    const cast = await holding()
    await asOffice(cast.tenantId, ({ db }) =>
      db.account.updateMany({
        where: { id: cast.payer.accountId },
        data: { country: 'AT', kind: 'business', vatId: 'ATU12345675', vatIdStatus: 'valid' },
      }),
    )
    await pays(cast, cast.film, cast.payer, '2026-06-01')
    await may(cast)
    const taxes = (await invoicesOf(cast.tenantId)).map(({ buyerName, taxes: [tax] }) => [buyerName, tax?.category, tax?.tax.minor])
    expect(taxes.sort()).toEqual([
      ['Nordmedien Holding AG', 'AE', 0n],
      ['Radio Nord e.V.', 'S', 3306n],
    ])
  })

  test('an invoice without one of the companies’ lines is refused by the database', async () => {
    const cast = await holding()
    for (const user of [cast.film, cast.radio]) await pays(cast, user, cast.payer, '2026-06-01')
    await may(cast)
    const [invoice] = await invoicesOf(cast.tenantId)
    await expect(withoutOneLine(cast, invoice?.id ?? '')).rejects.toThrow('showback_lines_are_on_the_document')
  })
})

describe('a payer that changes', () => {
  test('in the middle of a month: what began before is billed to the one, what began after to the other, nothing twice', async () => {
    const cast = await holding()
    await may(cast)
    const before = (await invoicesOf(cast.tenantId)).map(({ contentHash }) => contentHash)
    await pays(cast, cast.film, cast.payer, '2026-06-15')
    await june(cast)
    const after = await shown(cast)
    expect(after.slice(0, 2)).toEqual([
      { buyer: 'Filmwerk GmbH', sections: [['Filmwerk GmbH', 18600n]], amounts: [18600n, 3534n, 22134n] },
      { buyer: 'Radio Nord e.V.', sections: [['Radio Nord e.V.', 17400n]], amounts: [17400n, 3306n, 20706n] },
    ])
    expect(after.slice(2).sort((a, b) => (a.buyer < b.buyer ? -1 : 1))).toEqual([
      { buyer: 'Filmwerk GmbH', sections: [['Filmwerk GmbH', 20000n]], amounts: [20000n, 3800n, 23800n] },
      { buyer: 'Nordmedien Holding AG', sections: [['Filmwerk GmbH', 22100n]], amounts: [22100n, 4199n, 26299n] },
      { buyer: 'Radio Nord e.V.', sections: [['Radio Nord e.V.', 14900n]], amounts: [14900n, 2831n, 17731n] },
    ])
    expect((await invoicesOf(cast.tenantId)).slice(0, 2).map(({ contentHash }) => contentHash)).toEqual(before)
  })

  test('back to itself: the account is invoiced again, and the history says who paid when', async () => {
    const cast = await holding()
    await pays(cast, cast.radio, cast.payer, '2026-06-01')
    await may(cast)
    expect(await pays(cast, cast.radio, null, '2026-07-01')).toEqual({ ok: true, value: undefined })
    await june(cast)
    const radio = (await shown(cast)).filter(({ sections }) => sections.some(([name]) => name === 'Radio Nord e.V.'))
    expect(radio.map(({ buyer, amounts }) => [buyer, amounts?.[0]])).toEqual([
      ['Nordmedien Holding AG', 17400n],
      ['Radio Nord e.V.', 14900n],
    ])
    expect(await pays(cast, cast.radio, cast.payer, '2026-06-20')).toEqual({ ok: false, error: 'earlier-than-current' })
  })

  test('must be able to pay: one currency, no chain, no reseller', async () => {
    const cast = await holding()
    const francs = await buildPriceBook(cast.tenantId, [], 'CHF')
    const swiss = await buildAccount(cast.tenantId, { name: 'Alpen Média Sàrl' })
    await buildContract(cast.tenantId, { accountId: swiss, priceBookId: francs.priceBookId, currency: 'CHF' })
    expect(await pays(cast, cast.film, { accountId: swiss }, '2026-06-01')).toEqual({ ok: false, error: 'currency-differs' })
    expect(await pays(cast, cast.film, cast.film, '2026-06-01')).toEqual({ ok: false, error: 'same-account' })
    await pays(cast, cast.film, cast.payer, '2026-06-01')
    expect(await pays(cast, cast.radio, cast.film, '2026-06-01')).toEqual({ ok: false, error: 'payer-is-paid-for' })
    expect(await pays(cast, cast.payer, cast.radio, '2026-06-01')).toEqual({ ok: false, error: 'pays-for-others' })
  })
})

async function tenPercentOffMonths({ tenantId }: Cast, accountId: string): Promise<void> {
  const added = await asOffice(tenantId, (ctx) =>
    addDiscount(ctx, {
      accountId,
      name: '10 % off recurring',
      percent: '10',
      amount: null,
      scopes: ['recurring'],
      productGroups: [],
      priority: 100,
      isStackable: true,
      from: '2026-06-01',
      to: null,
      reason: 'agreed in May',
    }),
  )
  if (!added.ok) throw new Error(added.error)
}

/** The same document once more, with one line of Radio Nord left out. */
function withoutOneLine({ tenantId, radio }: Cast, invoiceId: string): Promise<unknown> {
  return asOffice(tenantId, async (ctx) => {
    const stored = await readFinalisedInvoice(ctx, invoiceId)
    if (!stored) throw new Error('there is no invoice')
    const whole = { ...stored.invoice, id: newId(), lines: stored.invoice.lines.map((line) => ({ ...line, id: newId() })) }
    await insertShowbacks(ctx, whole, showbacksOf(whole))
    const left = whole.lines.find((line) => line.sectionAccountId === radio.accountId)
    const net = whole.net.minor - (left?.net.minor ?? 0n)
    const document = {
      ...whole,
      netMinor: net,
      taxMinor: 0n,
      totalMinor: net,
      currency: 'EUR',
      series: 'MG-2026',
      year: 2026,
      sequence: 99,
      number: 'MG-2026-00099',
      contentHash: 'h',
      previousHash: null,
      billingRunId: null,
      refersToId: null,
      lines: whole.lines
        .filter((line) => line !== left)
        .map(({ subject, net: amount, period, ...line }) => ({
          ...line,
          description: subject,
          netMinor: amount.minor,
          periodStart: period.start,
          periodEnd: period.end,
        })),
      taxes: whole.taxes.map((tax) => ({ ...tax, baseMinor: net, taxMinor: 0n })),
    }
    await insertInvoiceParts(ctx, [document])
    await insertInvoices(ctx, [{ ...document, issuer: 'own', lineCount: document.lines.length }])
    // What the end of the transaction would do.
    await ctx.db.$executeRaw`set constraints all immediate`
  })
}
