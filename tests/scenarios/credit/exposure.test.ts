import { v7 } from 'uuid'
import { afterEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inPanel } from '#app/db/context.server.ts'
import { openDepartmentPosition } from '#app/db/credit/credit-limits.server.ts'
import { positionsOf } from '#app/db/credit/credit-positions.server.ts'
import { commitReservations, giveRoomBack } from '#app/db/credit/credit-reservations.server.ts'
import { creditNotAsSources } from '#app/db/invariants/credit.server.ts'
import { currencyCodes, exponentOf } from '#app/domain/money/currency.ts'
import { readPanelDashboard } from '#app/reports/panel-dashboard/query.server.ts'
import { noteDocumentTax } from '#app/services/credit/document-tax.server.ts'
import { readExposure } from '#app/services/credit/read-exposure.server.ts'
import { reserveCredit } from '#app/services/credit/reserve-credit.server.ts'
import { roomForOrder } from '#app/services/orders/room-for-order.server.ts'
import { billMonth, invoicesOf } from '#tests/support/billing.ts'
import { asOffice, buildAccount, buildCharges, buildContract, buildPriceBook, buildProduct, buildTenant } from '#tests/support/builders.ts'
import { allocate, eur, receive } from '#tests/support/payments.ts'

afterEach(() => setClock())

const usage = { billingPeriod: '2026-06-01', quantity: '10' }

/** A seller with one customer that may owe `limit` cents. */
async function customerWith(limit: bigint) {
  setClock(fixedClock('2026-06-10T08:00:00Z'))
  const tenantId = await buildTenant({ slug: `seller-${v7()}` })
  const { priceBookId, priceVersionId, ruleIds } = await buildPriceBook(tenantId, [{ feeKind: 'usage', price: '1', meter: 'traffic.sent' }])
  const accountId = await buildAccount(tenantId)
  const contractId = await buildContract(tenantId, { accountId, priceBookId, creditLimitMinor: limit })
  await asOffice(tenantId, (ctx) => noteDocumentTax(ctx, [contractId]))
  const buyer = { accountId, contractId, priceVersionId, priceRuleId: ruleIds[0] ?? '' }
  const use = (amount: string, of: { productId?: string; accountId?: string; meter?: string } = {}) =>
    buildCharges(tenantId, [{ ...buyer, ...usage, amount, ...of }])
  return { tenantId, accountId, contractId, use }
}

type Customer = Awaited<ReturnType<typeof customerWith>>

async function standing({ tenantId, contractId }: Customer) {
  const read = await asOffice(tenantId, (ctx) => readExposure(ctx, contractId))
  if (!read.ok) throw new Error(read.error)
  const { open, rated, reserved, prepaid, unapplied } = read.value.parts
  const minors = [open, rated, reserved, prepaid, unapplied].map(({ minor }) => Number(minor))
  return { parts: minors, available: Number(read.value.available.minor) }
}

const reserve = ({ tenantId, contractId, accountId }: Customer, minor: bigint, id = v7(), heldUntil: Date | null = null) =>
  asOffice(tenantId, (ctx) => reserveCredit(ctx, { contractId, accountId, source: { kind: 'order', id }, amount: eur(minor), heldUntil }))

const dashboard = (tenantId: string, accountId: string) =>
  inPanel(tenantId, [accountId], (ctx) => readPanelDashboard(ctx, { language: 'en', accountId }))

const problems = ({ tenantId }: Customer) => asOffice(tenantId, creditNotAsSources)

describe('exposure', () => {
  test('follows usage, invoice and payment, with the tax of the document, and never counts anything twice', async () => {
    const customer = await customerWith(500_000n)
    await customer.use('10')
    expect(await standing(customer)).toEqual({ parts: [0, 1190, 0, 0, 0], available: 498_810 })

    await billMonth(customer.tenantId, '2026-06', '2026-07-01T06:00:00Z')
    expect(await standing(customer)).toEqual({ parts: [1190, 0, 0, 0, 0], available: 498_810 })

    setClock(fixedClock('2026-07-02T08:00:00Z'))
    const payment = await receive(customer.tenantId, customer.accountId, 2000n)
    expect(await standing(customer)).toEqual({ parts: [1190, 0, 0, 0, 2000], available: 500_810 })
    const [invoice] = await invoicesOf(customer.tenantId)
    await allocate(customer.tenantId, payment.id, invoice?.id ?? '', 1190n)
    expect(await standing(customer)).toEqual({ parts: [0, 0, 0, 0, 810], available: 500_810 })
    expect(await problems(customer)).toMatchObject({ violations: 0 })
  })

  test('a product of another rate counts with its own tax from the moment it is rated, by itself and in its department', async () => {
    const customer = await customerWith(500_000n)
    const { tenantId, contractId, accountId } = customer
    const [book, server] = [await buildProduct(tenantId, 'E-Book'), await buildProduct(tenantId, 'Web 1')]
    const setKind = (taxKind: string) => asOffice(tenantId, ({ db }) => db.product.updateMany({ where: { id: book }, data: { taxKind } }))
    const note = () => asOffice(tenantId, (ctx) => noteDocumentTax(ctx, [contractId]))
    await customer.use('100', { productId: book })
    expect((await standing(customer)).parts[1]).toBe(11_900)
    await setKind('reduced')
    await note()
    expect((await standing(customer)).parts[1]).toBe(10_700)

    const department = await buildAccount(tenantId, { name: 'R&D', parentAccountId: accountId })
    await asOffice(tenantId, (ctx) => openDepartmentPosition(ctx, department))
    await customer.use('10', { productId: book, accountId: department })
    await customer.use('50', { productId: server, meter: 'traffic.received' })
    await customer.use('0.333', { meter: 'traffic.received' })
    expect((await standing(customer)).parts[1]).toBe(10_700 + 1070 + 5950 + 40)
    const ofDepartment = await asOffice(tenantId, (ctx) => positionsOf(ctx, [department]))
    expect(ofDepartment.get(department)?.parts.rated).toEqual(eur(1070n))
    expect((await problems(customer)).ids.filter((id) => id.includes('rated'))).toEqual([])

    await billMonth(tenantId, '2026-06', '2026-07-01T06:00:00Z')
    expect((await standing(customer)).parts).toEqual([17_759, 0, 0, 0, 0])
    await setKind('standard')
    await note()
    expect((await standing(customer)).parts[1]).toBe(0)
    expect((await problems(customer)).ids.filter((id) => id.includes('rated'))).toEqual([])
  })

  test('a part that was changed by hand is found', async () => {
    const customer = await customerWith(1000n)
    await customer.use('1')
    const { tenantId } = customer
    await asOffice(tenantId, ({ db }) => db.creditPosition.updateMany({ where: { tenantId }, data: { openMinor: 1n } }))
    const found = await problems(customer)
    expect([found.violations, found.ids[0]?.split(' ')[1]]).toEqual([1, 'open'])
  })

  test('every currency has as many decimals in the database as in the books', async () => {
    const { tenantId } = await customerWith(0n)
    const rows = await asOffice(
      tenantId,
      ({ db }) => db.$queryRaw<{ code: string; digits: number }[]>`
        select code, minor_digits_of(code::char(3))::int as digits from unnest(${[...currencyCodes]}::text[]) as c (code)`,
    )
    expect(rows).toHaveLength(currencyCodes.length)
    expect(rows.filter(({ code, digits }) => digits !== exponentOf(code))).toEqual([])
  })
})

describe('a reservation', () => {
  test('takes room, repeats find the first, and what is released is there again', async () => {
    const customer = await customerWith(10_000n)
    const order = v7()
    expect(await reserve(customer, 6000n, order)).toEqual({ ok: true, value: undefined })
    expect(await reserve(customer, 6000n, order)).toEqual({ ok: true, value: undefined })
    expect(await standing(customer)).toEqual({ parts: [0, 0, 6000, 0, 0], available: 4000 })
    expect(await reserve(customer, 4940n)).toMatchObject({ ok: false, error: 'no-room', missing: eur(940n), accountId: customer.accountId })
    expect(await reserve(customer, 4000n)).toMatchObject({ ok: true })

    await asOffice(customer.tenantId, (ctx) => giveRoomBack(ctx, order, 'release'))
    expect(await asOffice(customer.tenantId, (ctx) => giveRoomBack(ctx, order, 'release'))).toBe(0)
    expect(await standing(customer)).toEqual({ parts: [0, 0, 4000, 0, 0], available: 6000 })
    expect(await problems(customer)).toMatchObject({ violations: 0 })
  })

  test('is seen by the buyer, apart from what it owes, and by nobody else', async () => {
    const customer = await customerWith(10_000n)
    await reserve(customer, 4000n)
    const { tenantId, accountId } = customer
    expect(await dashboard(tenantId, accountId)).toMatchObject({
      due: eur(0n),
      reserved: eur(4000n),
      available: eur(6000n),
    })
    const stranger = await buildAccount(tenantId, { name: 'Stranger' })
    expect(await dashboard(tenantId, stranger)).toMatchObject({ reserved: null, available: null })
  })

  test('what is committed does not run out of time, what is held does', async () => {
    const customer = await customerWith(10_000n)
    const [paid, waiting] = [v7(), v7()]
    await reserve(customer, 1000n, paid, new Date('2026-06-10T08:30:00Z'))
    await reserve(customer, 2000n, waiting, new Date('2026-06-10T08:30:00Z'))
    await asOffice(customer.tenantId, (ctx) => commitReservations(ctx, paid))
    for (const order of [paid, waiting]) await asOffice(customer.tenantId, (ctx) => giveRoomBack(ctx, order, 'expire'))
    expect((await standing(customer)).parts[2]).toBe(1000)
  })

  test('money paid makes room at once', async () => {
    const customer = await customerWith(0n)
    expect(await reserve(customer, 100n)).toMatchObject({ ok: false, missing: eur(100n) })
    await receive(customer.tenantId, customer.accountId, 100n, { receivedOn: '2026-06-10' })
    expect(await reserve(customer, 100n)).toMatchObject({ ok: true })
  })
})

describe('a department with a limit of its own', () => {
  test('lacks 29.82 though its enterprise has plenty, and passes once its limit is raised', async () => {
    const enterprise = await customerWith(1_000_000n)
    const { tenantId, contractId, accountId } = enterprise
    const department = await buildAccount(tenantId, { name: 'R&D', parentAccountId: accountId })
    const data = { tenantId, contractId, accountId: department, isWhole: false, currency: 'EUR', minorDigits: 2, baseLimitMinor: 42_000n }
    await asOffice(tenantId, ({ db }) => db.creditPosition.createMany({ data: [data] }))
    const ordered = { ...enterprise, accountId: department }
    await reserve(enterprise, 12_531n)
    await reserve(ordered, 38_556n)
    expect((await standing(enterprise)).available).toBe(948_913)
    const room = (orderer: string) => asOffice(tenantId, (ctx) => roomForOrder(ctx, { contractId, accountId: orderer }))
    expect(await room(department)).toEqual({ kind: 'invoice', available: eur(3444n) })
    expect(await room(accountId)).toEqual({ kind: 'invoice', available: eur(948_913n) })
    expect(await reserve(ordered, 6426n)).toMatchObject({ ok: false, missing: eur(2982n), accountId: department })
    expect((await standing(enterprise)).available).toBe(948_913)

    await asOffice(tenantId, ({ db }) =>
      db.creditPosition.updateMany({ where: { accountId: department }, data: { baseLimitMinor: 60_000n } }),
    )
    expect(await reserve(ordered, 6426n)).toMatchObject({ ok: true })
    expect((await standing(enterprise)).available).toBe(942_487)
  })

  test('owes its section of an invoice from the moment it is issued until it is paid', async () => {
    const enterprise = await customerWith(1_000_000n)
    const { tenantId, accountId } = enterprise
    const department = await buildAccount(tenantId, { name: 'R&D', parentAccountId: accountId })
    await asOffice(tenantId, (ctx) => openDepartmentPosition(ctx, department))
    await enterprise.use('378', { accountId: department })
    await enterprise.use('110.1', { meter: 'traffic.received' })
    await billMonth(tenantId, '2026-06', '2026-07-01T06:00:00Z')
    const owed = async () => (await asOffice(tenantId, (ctx) => positionsOf(ctx, [department]))).get(department)?.parts.open
    expect(await owed()).toEqual(eur(44_982n))
    expect((await problems(enterprise)).ids.filter((id) => id.includes('open'))).toEqual([])

    setClock(fixedClock('2026-07-02T08:00:00Z'))
    const payment = await receive(tenantId, accountId, 58_084n)
    const [invoice] = await invoicesOf(tenantId)
    await allocate(tenantId, payment.id, invoice?.id ?? '', 58_084n)
    expect(await owed()).toEqual(eur(0n))
  })
})
