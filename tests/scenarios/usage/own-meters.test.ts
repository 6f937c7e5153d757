import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { readMeters } from '#app/db/catalog/meters.server.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import { MeterDraft } from '#app/domain/usage/define-meter.ts'
import { lineFactsOf } from '#app/i18n/invoice-facts-of.ts'
import { readInvoiceUsage } from '#app/reports/invoice-usage/query.server.ts'
import { linesOfFile } from '#app/reports/usage/lines-of-file.ts'
import { listMeters } from '#app/reports/usage/meters.server.ts'
import { changeMeter, defineMeter, retireMeter } from '#app/services/usage/define-meter.server.ts'
import { fileConnection } from '#app/services/usage/file-connection.server.ts'
import { handDownMeters } from '#app/services/usage/hand-down-meters.server.ts'
import { uploadUsage } from '#app/services/usage/upload-usage.server.ts'
import { closeAdapters } from '#app/wiring.server.ts'
import { billMonth, invoicesOf } from '#tests/support/billing.ts'
import { asOffice, type RuleFacts } from '#tests/support/builders.ts'
import { linesOf } from '#tests/support/one-invoice.ts'
import { buildMapping, buildReseller, buildSeller, processDown, type Seller } from '#tests/support/usage.ts'
import { chargesOf, quarantineOf, totalOf } from '#tests/support/usage-facts.ts'

beforeEach(() => setClock(fixedClock('2026-06-29T06:00:00Z')))
afterEach(() => setClock())
afterAll(closeAdapters)

const mailbox = {
  code: 'mail.boxes',
  unit: 'piece',
  kind: 'delta',
  roundUpTo: null,
  greatest: '1000',
  names: { en: 'Mailboxes', de: 'Postfächer' },
  unitWords: { en: 'mailboxes', de: 'Postfächer' },
}
const price: readonly RuleFacts[] = [{ feeKind: 'usage', meter: 'mail.boxes', unit: 'piece', price: '0.5' }]

async function define(tenantId: string, changes: Partial<Record<keyof typeof mailbox, unknown>> = {}): Promise<string> {
  const defined = await asOffice(tenantId, (ctx) => defineMeter(ctx, MeterDraft.parse({ ...mailbox, ...changes })))
  if (!defined.ok) throw new Error(defined.error)
  return defined.value.meterId
}

async function upload({ tenantId }: Pick<Seller, 'tenantId'>, ...rows: string[]) {
  const text = ['meter,quantity,from,to,account,unit', ...rows].join('\n')
  const table = linesOfFile(text)
  if (!table.ok) throw new Error('not CSV')
  const cloudConnectionId = await asOffice(tenantId, fileConnection)
  const contentHash = createHash('sha256').update(text).digest('hex')
  return uploadUsage({ tenantId, actor: systemActor('test'), cloudConnectionId, contentHash, table: table.value })
}

const row = ({ accountId }: Pick<Seller, 'accountId'>, quantity: string, day = '10', meter = 'mail.boxes') =>
  `${meter},${quantity},2026-06-${day}T00:00:00Z,2026-06-${Number(day) + 1}T00:00:00Z,${toPublicId('account', accountId)},`

describe('a meter that staff define', () => {
  test('is rated by its price, and the invoice names it in the words it had then', async () => {
    const seller = await buildSeller(price)
    const meterId = await define(seller.tenantId)

    expect(await upload(seller, row(seller, '12'), row(seller, '30', '11'))).toMatchObject({ ok: true, value: { charges: 2 } })
    expect(await totalOf(seller.tenantId)).toBe('21 EUR')
    await billMonth(seller.tenantId, '2026-06', '2026-07-03T06:00:00Z')
    const words = { names: { en: 'Inboxes' }, unitWords: {}, greatest: MeterDraft.shape.greatest.parse('5') }
    await asOffice(seller.tenantId, (ctx) => changeMeter(ctx, { meterId, ...words }))

    const [invoice] = await invoicesOf(seller.tenantId)
    const [line] = invoice ? linesOf(invoice) : []
    expect(line?.net.minor).toBe(2100n)
    expect(line?.subject).toMatchObject({ meter: 'mail.boxes', ownMeter: { names: mailbox.names, unit: 'piece' } })
    const usage = await asOffice(seller.tenantId, (ctx) => readInvoiceUsage(ctx, { invoiceId: invoice?.id ?? '', afterId: null }))
    expect(usage.rows.map((cells) => [cells[3], cells.at(-2)])).toEqual([
      ['mail.boxes', 'Postfächer'],
      ['mail.boxes', 'Postfächer'],
    ])
    const facts = line && lineFactsOf({ ...line, sectionAccountId: '', taxCategory: 'S' } as never, 'de')
    expect(facts).toMatchObject({ subject: { kind: 'usage', meter: { name: 'Postfächer' } }, unit: 'piece', unitWord: 'Postfächer' })
  })

  test('is charged by its greatest sample when it is read at moments', async () => {
    const seller = await buildSeller(price)
    await define(seller.tenantId, { kind: 'gauge' })
    await upload(seller, row(seller, '12'), row(seller, '30', '11'), row(seller, '20', '12'))
    expect(await totalOf(seller.tenantId)).toBe('15 EUR')
  })

  test('is charged for as long as a stock was there', async () => {
    const seller = await buildSeller([{ feeKind: 'usage', meter: 'archive', unit: 'GiB-hour', price: '0.001' }])
    await define(seller.tenantId, { code: 'archive', kind: 'level', unit: 'GiB-hour' })
    await upload(seller, `archive,100,2026-06-10T00:00:00Z,2026-06-12T00:00:00Z,${toPublicId('account', seller.accountId)},GiB`)
    expect(await totalOf(seller.tenantId)).toBe('4.8 EUR')
  })

  test('rounds each record up to its whole steps', async () => {
    const seller = await buildSeller(price)
    await define(seller.tenantId, { roundUpTo: '5' })
    await upload(seller, row(seller, '0.1'), row(seller, '10', '11'))
    expect(await totalOf(seller.tenantId)).toBe('7.5 EUR')
  })

  test('sets aside what is above its greatest quantity, and what ends after it was retired', async () => {
    const seller = await buildSeller(price)
    const meterId = await define(seller.tenantId)
    await upload(seller, row(seller, '1001'))
    expect(await quarantineOf(seller.tenantId)).toEqual(['impossible-quantity 1'])

    setClock(fixedClock('2026-06-11T12:00:00Z'))
    await asOffice(seller.tenantId, (ctx) => retireMeter(ctx, { meterId, isRetired: true }))
    setClock(fixedClock('2026-06-29T06:00:00Z'))
    expect(await upload(seller, row(seller, '1', '11'), row(seller, '1', '10'))).toMatchObject({
      ok: false,
      problems: [{ line: 2, column: 'meter', code: 'meter-retired' }],
    })
  })

  test('has a code of its own, and words that do not name the seller', async () => {
    const { tenantId } = await buildSeller()
    await define(tenantId)
    const slug = await asOffice(tenantId, ({ db }) => db.tenant.findUniqueOrThrow({ where: { tenantId }, select: { slug: true } }))
    const refused = (changes: object) => asOffice(tenantId, (ctx) => defineMeter(ctx, MeterDraft.parse({ ...mailbox, ...changes })))
    expect(await refused({})).toMatchObject({ error: 'code-taken' })
    expect(await refused({ code: 'traffic.sent' })).toMatchObject({ error: 'code-of-product' })
    expect(await refused({ code: 'shelf', kind: 'level' })).toMatchObject({ error: 'level-needs-hours' })
    expect(await refused({ code: 'named', names: { en: `${slug.slug.replaceAll('-', ' ')} boxes` } })).toMatchObject({
      error: 'names-the-seller',
    })
  })
})

describe('a table of usage', () => {
  test('changes nothing when it comes twice, nor does one of its facts in another table', async () => {
    const seller = await buildSeller(price)
    await define(seller.tenantId)
    await upload(seller, row(seller, '12'))
    expect(await upload(seller, row(seller, '12'))).toMatchObject({ ok: true, value: { stored: 0, charges: 0 } })
    expect(await upload(seller, row(seller, '12'), '')).toMatchObject({ ok: true, value: { stored: 0, charges: 0 } })
    expect(await totalOf(seller.tenantId)).toBe('6 EUR')
    expect((await chargesOf(seller.tenantId)).length).toBe(1)
  })

  test('changes nothing when one cell is wrong, and names each by line and column', async () => {
    const seller = await buildSeller(price)
    await define(seller.tenantId)
    const stranger = { accountId: '01900000-0000-7000-8000-000000000000' }
    const wrong = row(seller, '-1').replace('mail.boxes', 'mail.bags')
    expect(await upload(seller, row(seller, '12'), wrong, row(seller, '3'), '')).toEqual({
      ok: false,
      problems: [
        { line: 3, column: 'meter', code: 'unknown-meter' },
        { line: 3, column: 'quantity', code: 'not-a-quantity' },
        { line: 4, column: '', code: 'row-twice' },
      ],
    })
    expect(await upload(seller, row(seller, '12'), row(stranger, '1'))).toEqual({
      ok: false,
      problems: [{ line: 3, column: 'account', code: 'unknown-account' }],
    })
    expect(await chargesOf(seller.tenantId)).toEqual([])
  })
})

describe('a reseller', () => {
  test('learns the meter with its words and no price, rates what is handed down by its own, and may rename it', async () => {
    const provider = await buildSeller(price)
    const reseller = await buildReseller(provider, [{ feeKind: 'usage', meter: 'mail.boxes', unit: 'piece', price: '0.8' }])
    const meterId = await define(provider.tenantId)
    const edge = { tenantId: provider.tenantId, childTenantId: reseller.tenantId }
    await handDownMeters(edge)
    const [learned] = await asOffice(reseller.tenantId, listMeters)
    expect(learned).toMatchObject({ code: 'mail.boxes', unit: 'piece', names: mailbox.names, isOfParent: true, prices: 1 })

    const own = { names: { en: 'Post boxes' }, unitWords: {} }
    const greatest = MeterDraft.shape.greatest.parse('1000')
    await asOffice(reseller.tenantId, (ctx) => changeMeter(ctx, { meterId: learned?.id ?? '', ...own, greatest }))
    await asOffice(provider.tenantId, (ctx) => changeMeter(ctx, { meterId, names: { en: 'Mail' }, unitWords: {}, greatest }))
    await handDownMeters(edge)
    expect((await asOffice(reseller.tenantId, readMeters))[0]).toMatchObject({ names: own.names, isRenamed: true })

    const cloudRef = await asOffice(provider.tenantId, fileConnection)
    const ref = toPublicId('account', provider.accountId)
    await buildMapping(reseller.tenantId, { cloudRef, ref, accountId: reseller.accountId })
    const answer = await upload(provider, row(provider, '10'))
    if (!answer.ok) throw new Error('refused')
    await processDown(provider.tenantId, answer.value.batchId)
    expect([await totalOf(provider.tenantId), await totalOf(reseller.tenantId)]).toEqual(['5 EUR', '8 EUR'])
  })

  test('that uses the code itself gets the meter under a number, and its usage with it', async () => {
    const provider = await buildSeller(price)
    const reseller = await buildReseller(provider, [{ feeKind: 'usage', meter: 'mail.boxes-2', unit: 'piece', price: '0.8' }])
    await define(reseller.tenantId, { names: { en: 'Letters' } })
    await define(provider.tenantId)
    const answer = await upload(provider, row(provider, '10'))
    if (!answer.ok) throw new Error('refused')
    await processDown(provider.tenantId, answer.value.batchId)
    expect((await asOffice(reseller.tenantId, readMeters)).map(({ code, sourceCode }) => [code, sourceCode])).toEqual([
      ['mail.boxes', null],
      ['mail.boxes-2', 'mail.boxes'],
    ])
    // The provider's account is nobody's at the reseller: its usage waits there until somebody maps it.
    expect(await quarantineOf(reseller.tenantId)).toEqual(['unmapped-owner 1'])
  })
})
