import { afterEach, beforeAll, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { membershipsOf } from '#app/db/people/people.server.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import { closingPorts } from '#app/jobs/closing-ports.server.ts'
import { addDesign } from '#app/services/apps/keep-design.server.ts'
import { closeAccount, reopenAccount, saveClosingSettings } from '#app/services/closing/close-account.server.ts'
import { goOnWithClosings } from '#app/services/closing/go-on-with-closings.server.ts'
import { type ClosingMail, mailClosing } from '#app/services/closing/mail-closing.server.ts'
import { effectOf } from '#app/services/holds/effect-of.server.ts'
import { addMember } from '#app/services/people/add-member.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { register } from '#tests/integration/auth/store-people.ts'
import { buildCloud, buildServer, stateAt, work } from '#tests/support/suspendable.ts'
import { growTenant } from '#tests/support/tree.ts'

let tenantId: string
let cloudRef: string
beforeAll(async () => {
  tenantId = await growTenant('ahorn')
  cloudRef = await buildCloud(tenantId)
})
afterEach(() => setClock())

const office = <R>(deed: Parameters<typeof inTenant<R>>[1]) => inTenant(tenantId, deed)
const goOn = () => goOnWithClosings(processOf(tenantId, {}))
const close = (accountId: string, typedNumber = toPublicId('account', accountId)) =>
  office((ctx) => closeAccount(ctx, { accountId, typedNumber, reason: 'Done' }))

/** The news that jobs are asked to mail about an account, in order. */
async function news(accountId: string): Promise<string[]> {
  const closings = await office(({ db }) => db.accountClosing.findMany({ where: { accountId }, select: { id: true } }))
  const events = await office(({ db }) => db.outboxEvent.findMany({ where: { name: 'account/closing.told' }, orderBy: { id: 'asc' } }))
  return events
    .map(({ data }) => data as { closingId: string; news: string })
    .filter(({ closingId }) => closings.some(({ id }) => id === closingId))
    .map((data) => data.news)
}

async function customer(email: string) {
  const person = await register(tenantId, email, { kind: 'business', companyName: 'Ende KG', vatId: 'ATU13585627' })
  const { ids } = await buildServer(cloudRef, `web-${email}`, [{ tenantId, accountId: person.accountId }])
  return { ...person, serverId: ids[0] ?? '' }
}

test('an account ends: servers at once, access after the grace, names when the law allows; books stay', async () => {
  setClock(fixedClock('2026-06-01T10:00:00Z'))
  const { accountId, userId, serverId } = await customer('ende@kunde.example')
  const other = await register(tenantId, 'both@kunde.example')
  await office((ctx) =>
    addMember(ctx, { email: 'both@kunde.example', name: 'Both', language: 'de', accountId, profile: 'customer-billing' }),
  )
  await office((ctx) => addDesign(ctx, { accountId, name: 'Shop of Mr Ende', language: 'en' }))
  expect(await close(accountId, 'cus_1')).toEqual({ ok: false, error: 'number-wrong' })
  expect((await close(accountId)).ok).toBe(true)
  expect(await close(accountId)).toEqual({ ok: false, error: 'already-closing' })
  expect(await office((ctx) => effectOf(ctx, accountId))).toBe('block-orders')
  await work([tenantId])
  expect(await stateAt(tenantId, serverId)).toBe('deleted')
  expect(await office((ctx) => membershipsOf(ctx, userId))).toHaveLength(1)

  setClock(fixedClock('2026-06-28T12:00:00Z'))
  await goOn()
  await goOn()
  setClock(fixedClock('2026-07-01T10:00:01Z'))
  await goOn()
  await goOn()
  expect(await news(accountId)).toEqual(['asked', 'soon', 'closed'])
  const account = () => office(({ db }) => db.account.findFirstOrThrow({ where: { id: accountId } }))
  expect(await account()).toMatchObject({ status: 'closed', name: 'Ende KG', vatId: 'ATU13585627' })
  expect(await office((ctx) => membershipsOf(ctx, userId))).toEqual([])
  const person = await office(({ db }) => db.user.findFirstOrThrow({ where: { id: userId } }))
  expect(person).toMatchObject({ name: '–', passwordHash: null, disabledAt: expect.any(Date) })
  expect(person.email).toBe(`erased-${userId}@erased.invalid`)
  const memberships = await office((ctx) => membershipsOf(ctx, other.userId))
  expect(memberships.map((membership) => membership.accountId)).toEqual([other.accountId])

  setClock(fixedClock('2036-12-30T12:00:00Z'))
  await goOn()
  expect((await account()).name).toBe('Ende KG')
  const designs = () => office(({ db }) => db.appDesign.count({ where: { accountId } }))
  expect(await designs()).toBe(1)
  setClock(fixedClock('2036-12-31T12:00:00Z'))
  await goOn()
  expect(await account()).toMatchObject({ name: '–', vatId: null, addressLines: [], status: 'closed' })
  expect(await designs()).toBe(0)
  expect(await office(({ db }) => db.contract.count({ where: { accountId } }))).toBe(1)
})

test('within the grace staff open it again; the seller says how long that is', async () => {
  setClock(fixedClock('2026-06-01T10:00:00Z'))
  await office((ctx) => saveClosingSettings(ctx, { graceDays: 5, retentionDays: 365 }))
  const { accountId, userId } = await customer('doch@kunde.example')
  expect((await close(accountId)).ok).toBe(true)
  const reopen = () => office((ctx) => reopenAccount(ctx, accountId))
  expect((await reopen()).ok).toBe(true)
  expect(await reopen()).toEqual({ ok: false, error: 'not-closing' })
  expect(await office((ctx) => effectOf(ctx, accountId))).toBeNull()
  setClock(fixedClock('2026-06-20T10:00:00Z'))
  await goOn()
  expect(await office((ctx) => membershipsOf(ctx, userId))).toHaveLength(1)
  expect(await news(accountId)).toEqual(['asked', 'reopened'])

  const [closing] = await office(({ db }) => db.accountClosing.findMany({ where: { accountId } }))
  const sent: string[] = []
  const mailer = {
    send: async ({ key, text }: { key: string; text: string }) => void sent.push(`${key.split(':').at(-1)} ${text.includes('Ende KG')}`),
  }
  const ports = { ...closingPorts(), mailer } as unknown as { mailer: never; compose(mail: ClosingMail): Promise<never> }
  await mailClosing(processOf(tenantId, ports), { closingId: closing?.id ?? '', news: 'asked' })
  expect(sent).toEqual(['doch@kunde.example true'])
})

test('a reseller’s account is not closed by a button', async () => {
  const childTenantId = await growTenant('unterhalb', tenantId)
  const { id } = await office(({ db }) => db.account.findFirstOrThrow({ where: { childTenantId } }))
  expect(await close(id)).toEqual({ ok: false, error: 'is-reseller' })
})
