import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import type { NewBudget } from '#app/db/charges/budgets.server.ts'
import { inPanel } from '#app/db/context.server.ts'
import { saveChoice } from '#app/db/people/notices.server.ts'
import { money } from '#app/domain/money/money.ts'
import { noticePorts } from '#app/jobs/notice-ports.server.ts'
import type { Mail } from '#app/ports/mailer.ts'
import { addBudget, changeBudget, endBudget } from '#app/services/budgets/keep-budget.server.ts'
import { mailNotice } from '#app/services/budgets/mail-notice.server.ts'
import { refreshBudgets } from '#app/services/budgets/refresh-budgets.server.ts'
import { isBlocked } from '#app/services/holds/effect-of.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { asOffice, buildAccount, buildCharges, buildContract, buildPriceBook } from '#tests/support/builders.ts'
import { growTenant } from '#tests/support/tree.ts'

let tenantId: string
let buyer: Awaited<ReturnType<typeof buildBuyer>>
beforeEach(async () => {
  setClock(fixedClock('2026-06-10T22:00:00Z'))
  tenantId ??= await growTenant('ahorn')
  buyer = await buildBuyer()
})
afterEach(() => setClock())

async function buildBuyer() {
  const accountId = await buildAccount(tenantId, { name: 'Bergmann SE', kind: 'enterprise' })
  const departmentId = await buildAccount(tenantId, { name: 'Research', parentAccountId: accountId })
  const { priceBookId, priceVersionId, ruleIds } = await buildPriceBook(tenantId, [{ feeKind: 'usage', price: '1', meter: 'traffic.sent' }])
  const contractId = await buildContract(tenantId, { accountId, priceBookId })
  return { accountId, departmentId, contractId, priceVersionId, priceRuleId: ruleIds[0] ?? '' }
}

const eur = (minor: bigint) => money(minor, 'EUR')
const panel = <T>(work: Parameters<typeof inPanel<T>>[2]) => inPanel(tenantId, [buyer.accountId, buyer.departmentId], work)
const office = <T>(work: Parameters<typeof asOffice<T>>[1]) => asOffice(tenantId, work)

const monthly = (facts: Partial<NewBudget> = {}): NewBudget => ({
  accountId: buyer.accountId,
  parentId: null,
  name: 'Cloud',
  span: { period: 'month' },
  amount: eur(10_000n),
  thresholds: [50, 80, 100],
  tellsForecast: false,
  allowsOver: false,
  hardStop: 'none',
  ...facts,
})

async function budgetOf(facts: Partial<NewBudget> = {}): Promise<string> {
  const added = await panel((ctx) => addBudget(ctx, monthly(facts)))
  if (!added.ok) throw new Error(added.error)
  return added.value
}

function use(amount: string, facts: { accountId?: string; day?: string } = {}) {
  const { departmentId: _department, ...refs } = buyer
  const day = facts.day ?? '2026-06-03'
  return buildCharges(tenantId, [
    { ...refs, payerAccountId: buyer.accountId, billingPeriod: `${day.slice(0, 7)}-01`, day, amount, ...facts },
  ])
}

const refresh = () => refreshBudgets(tenantId, { accountId: buyer.accountId })
const standingOf = (budgetId: string) =>
  panel(({ db }) => db.budgetStanding.findFirst({ where: { budgetId }, select: { spentMinor: true, forecastMinor: true } }))
const stepsOf = async (budgetId: string) =>
  (await panel(({ db }) => db.budgetAlert.findMany({ where: { budgetId }, select: { step: true }, orderBy: { id: 'asc' }, take: 20 }))).map(
    ({ step }) => step,
  )

describe('a budget', () => {
  test('counts what the account and its departments were charged this month, invoiced or not, and looks ahead', async () => {
    const budgetId = await budgetOf()
    await use('12.50')
    await use('7.50', { accountId: buyer.departmentId })
    await use('99.00', { day: '2026-05-03' })
    await refresh()
    expect(await standingOf(budgetId)).toEqual({ spentMinor: 2_000n, forecastMinor: 6_000n })
  })

  test('tells of each step once in a month, and anew in the next', async () => {
    const budgetId = await budgetOf({ tellsForecast: true })
    await use('55.00')
    expect(await refresh()).toBe(2)
    expect(await refresh()).toBe(0)
    await use('50.00')
    expect(await refresh()).toBe(2)
    expect(await stepsOf(budgetId)).toEqual(['50', 'forecast', '80', '100'])
    setClock(fixedClock('2026-07-10T22:00:00Z'))
    await use('51.00', { day: '2026-07-02' })
    expect(await refresh()).toBe(2)
  })

  test('is nobody else’s: another buyer neither sees nor changes it', async () => {
    const budgetId = await budgetOf()
    const change = { ...monthly(), amount: eur(1n) }
    expect(await inPanel(tenantId, [buyer.departmentId], (ctx) => changeBudget(ctx, budgetId, change))).toEqual({
      ok: false,
      error: 'budget-not-found',
    })
  })

  test('is in the currency its account is charged in', async () => {
    expect(await panel((ctx) => addBudget(ctx, monthly({ amount: money(100n, 'CHF') })))).toEqual({ ok: false, error: 'wrong-currency' })
  })
})

describe('a budget that stops', () => {
  test('blocks orders when it is used up, until it is raised', async () => {
    const budgetId = await budgetOf({ hardStop: 'block-orders' })
    await use('99.99')
    await refresh()
    expect(await office((ctx) => isBlocked(ctx, buyer.accountId))).toBe(false)
    await use('0.01')
    await refresh()
    expect(await office((ctx) => isBlocked(ctx, buyer.accountId))).toBe(true)
    await panel((ctx) => changeBudget(ctx, budgetId, { ...monthly({ hardStop: 'block-orders' }), amount: eur(20_000n) }))
    await refresh()
    expect(await office((ctx) => isBlocked(ctx, buyer.accountId))).toBe(false)
  })

  test('lets go when the next month begins, and when it is ended', async () => {
    const budgetId = await budgetOf({ hardStop: 'suspend-services' })
    await use('100.00')
    await refresh()
    const blocked = () => office((ctx) => isBlocked(ctx, buyer.accountId))
    expect(await blocked()).toBe(true)
    setClock(fixedClock('2026-06-30T22:00:00Z'))
    await refresh()
    expect(await blocked()).toBe(false)
    await use('100.00', { day: '2026-07-02' })
    await refresh()
    expect(await blocked()).toBe(true)
    await panel((ctx) => endBudget(ctx, budgetId))
    await refresh()
    expect(await blocked()).toBe(false)
  })
})

describe('shares of a budget', () => {
  const share = (parentId: string, minor: bigint) =>
    panel((ctx) => addBudget(ctx, monthly({ accountId: buyer.departmentId, parentId, amount: eur(minor) })))

  test('never add up to more than it, also when two are made at once', async () => {
    const parentId = await budgetOf()
    const made = await Promise.all([share(parentId, 6_000n), share(parentId, 6_000n)])
    expect(made.map(({ ok }) => ok).sort()).toEqual([false, true])
    expect(await share(parentId, 4_001n)).toEqual({ ok: false, error: 'more-than-parent' })
    expect((await share(parentId, 4_000n)).ok).toBe(true)
    expect(await panel((ctx) => changeBudget(ctx, parentId, { ...monthly(), amount: eur(9_999n) }))).toEqual({
      ok: false,
      error: 'less-than-shares',
    })
  })

  test('may be more where the owner allows it', async () => {
    const parentId = await budgetOf({ allowsOver: true })
    expect((await share(parentId, 60_000n)).ok).toBe(true)
  })
})

describe('an alert', () => {
  const noticesOf = () =>
    office(({ db }) => db.notice.findMany({ where: { accountId: buyer.accountId }, orderBy: { id: 'asc' }, take: 10 }))

  async function mailed(): Promise<Mail[]> {
    const sent: Mail[] = []
    const mailer = { send: async (mail: Mail) => ({ messageId: String(sent.push(mail)) }) }
    for (const { id } of await noticesOf()) await mailNotice(processOf(tenantId, { ...noticePorts(), mailer }), id)
    return sent
  }

  test('goes to the account’s own address in its language, once', async () => {
    const budgetId = await budgetOf()
    await use('50.00')
    await refresh()
    const [mail, ...more] = await mailed()
    expect(more).toEqual([])
    expect(mail?.subject).toBe('50 % des Budgets „Cloud“ sind ausgegeben')
    expect(mail?.text).toContain(`/panel/budgets/${budgetId}`)
    expect(await mailed()).toEqual([])
  })

  test('reaches whom the account chose, by the ways it chose', async () => {
    const choice = { mails: ['ida@mail.example', 'bo@mail.example'], isShown: false, isPosted: false }
    await panel((ctx) => saveChoice(ctx, buyer.accountId, 'spend', choice))
    await budgetOf()
    await use('50.00')
    await refresh()
    expect((await mailed()).flatMap(({ to }) => to.map(({ address }) => address))).toEqual(choice.mails)
    expect((await noticesOf()).map(({ isShown }) => isShown)).toEqual([false])
  })
})
