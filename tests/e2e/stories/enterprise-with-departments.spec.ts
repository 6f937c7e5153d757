import { orderForm, pay, toCheckout, untilRunning } from './support/order.ts'
import { companyFrom, expectFigures, figuresIn } from './support/pages.ts'
import { expect, type Page, type Stage, test } from './support/stage.ts'

const hanse = 'Hanse Maschinenbau AG'
const administrator = { as: 'karin@hanse.example' }
const sales = { as: 'mara@meridian.example' }

test('departments order within one limit and their own, and one invoice of 580.84 has a section for each', async ({ stage }) => {
  await stage.begin('2026-06-01T05:00:00Z')
  const { enterprise, research, selling, it } = await hanseWithDepartments(stage)
  const office = await stage.open('meridian', sales)
  await limitOf(office, enterprise, '420.00')
  for (const [accountId, planCode, names] of [
    [research, 'compute-l', ['rd-1', 'rd-2', 'rd-3']],
    [selling, 'web-2', ['sales-1']],
    [it, 'web-1', ['it-1', 'it-2']],
  ] as const)
    for (const name of names)
      expect(await stage.ask('order', { seller: 'meridian', accountId, planCode, name, locationCode: 'fra-1' })).toBe('active')

  await available(office, enterprise, '9,489.13')
  await available(office, research, '34.44')
  await stage.travel('2026-06-16T07:00:00Z')
  const user = await stage.open('meridian', { as: 'olaf@hanse-rd.example' })
  await refused(user)
  await raiseLimit(office, research)
  await orderForm(user, 'compute-l')
  await toCheckout(user, 'rd-4')
  await pay(user, 'later')
  await untilRunning(user)
  await available(office, research, '150.18')
  await available(office, enterprise, '9,424.87')
  await seesItsOwnAlone(stage)

  await stage.travel('2026-06-30T12:00:00Z')
  await stage.ask('send', [
    { server: 'it-1', days: { '2026-06-10': 140 } },
    { server: 'it-2', days: { '2026-06-11': 60 } },
  ])
  await stage.travel('2026-07-01T06:30:00Z')
  await office.goto(`/office/accounts/${enterprise}`)
  await office.locator('#invoices').getByRole('link', { name: /^MG-/ }).first().click()
  await expect(office.getByRole('heading', { level: 1 })).toContainText('MG-2026-')
  const parts = ['378.00', '71.10', '39.00', '4.80', '488.10', '92.74', '580.84']
  await expectFigures(office, parts)
  const panel = await stage.open('meridian', administrator)
  await panel.goto('/panel/showbacks')
  // Net and with tax: the three come to the total of the invoice.
  await expect.poll(async () => (await figuresIn(panel)).sort()).toEqual(['378.00', '39.00', '449.82', '46.41', '71.10', '84.61'])
  expect(await stage.ask('broken', null)).toEqual([])
})

/** Hanse buys at 10 % off fees, in arrears, without setup fees; three departments with a person each. */
async function hanseWithDepartments(stage: Stage) {
  const common = { seller: 'meridian', ...companyFrom('Bremen') }
  const terms = { creditLimitMinor: 1_000_000n }
  const own = { kind: 'enterprise', name: hanse, email: 'rechnung@hanse.example', contract: { priceBookCode: 'hanse', terms } } as const
  const enterprise = await stage.ask('customer', { ...common, ...own })
  const department = (name: string, key: string) =>
    stage.ask('customer', { ...common, name, email: `${key}@hanse.example`, parentAccountId: enterprise })
  const ids = { research: await department('R&D', 'rd'), selling: await department('Sales', 'sales'), it: await department('IT', 'it') }
  const member = (accountId: string, email: string, name: string) =>
    stage.ask('person', { seller: 'meridian', accountId, email, name, profile: 'customer-owner' })
  await member(enterprise, administrator.as, 'Karin Petersen')
  await member(ids.research, 'olaf@hanse-rd.example', 'Olaf Jansen')
  await member(ids.selling, 'silke@hanse-sales.example', 'Silke Harms')
  return { enterprise, ...ids }
}

/** A limit of its own for R&D, which comes first by name. */
async function limitOf(office: Page, enterprise: string, limit: string): Promise<void> {
  await office.goto(`/office/accounts/${enterprise}/credit`)
  await office.locator('[name=departmentId]').selectOption({ label: 'R&D' })
  await office.locator('[name=departmentLimit]').fill(limit)
  await office.locator('[name=departmentReason]').fill('Budget of June')
  await office.locator('form:has([name=departmentId]) button').click()
  await expect(office.getByRole('link', { name: 'R&D' }).first()).toBeVisible()
}

async function raiseLimit(office: Page, research: string): Promise<void> {
  await office.goto(`/office/accounts/${research}/credit`)
  await office.locator('[name=limit]').fill('600.00')
  await office.locator('[name=limitReason]').fill('A fourth machine')
  await office.getByRole('button', { name: 'Set limit' }).click()
  await expect(office.locator('#limits')).toContainText('A fourth machine')
}

async function available(office: Page, accountId: string, amount: string): Promise<void> {
  await expect(async () => {
    await office.goto(`/office/accounts/${accountId}/credit`)
    expect((await figuresIn(office, '#credit')).at(-1)).toBe(amount)
  }).toPass()
}

/** 15 of 30 days of one more are 64.26, and R&D has room for 34.44, though the enterprise has plenty. */
async function refused(user: Page): Promise<void> {
  await orderForm(user, 'compute-l')
  await toCheckout(user, 'rd-4')
  await expect(user.locator('main')).toContainText('64.26')
  await expect(user.locator('#way-later')).toBeDisabled()
  await expect(user.locator('main')).toContainText('34.44')
}

async function seesItsOwnAlone(stage: Stage): Promise<void> {
  const user = await stage.open('meridian', { as: 'silke@hanse-sales.example', refusals: [404] })
  await user.goto('/panel/servers')
  await expect(user.getByRole('link', { name: 'sales-1', exact: true })).toBeVisible()
  await expect(user.locator('main')).not.toContainText(/rd-\d|it-\d/)
  const research = await stage.open('meridian', { as: 'olaf@hanse-rd.example' })
  await research.goto('/panel/servers')
  const server = (await research.getByRole('link', { name: 'rd-1', exact: true }).getAttribute('href')) ?? ''
  expect((await user.goto(server))?.status()).toBe(404)
}
