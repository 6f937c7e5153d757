import { unzipSync } from 'fflate'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inPanel, inTenant } from '#app/db/context.server.ts'
import { accountDataEntries } from '#app/jobs/account-data.server.ts'
import { readAskedData } from '#app/reports/account-data/people.server.ts'
import { readDataHistory } from '#app/reports/account-profile/history.server.ts'
import { addSshKey } from '#app/services/access/ssh-keys.server.ts'
import { fileOfAccountData, finishAccountData, requestAccountData } from '#app/services/account-data/request-account-data.server.ts'
import { changeAccountData } from '#app/services/accounts/change-account-data.server.ts'
import { addDesign } from '#app/services/apps/keep-design.server.ts'
import { addMember } from '#app/services/people/add-member.server.ts'
import { zipStream } from '#app/wiring.server.ts'
import { register } from '#tests/integration/auth/store-people.ts'
import { sshKeys } from '#tests/support/ssh-keys.ts'
import { growTenant } from '#tests/support/tree.ts'
import { asked as openTicketOf } from '../tickets/desk.ts'

let tenantId: string
beforeAll(async () => {
  tenantId = await growTenant('ahorn')
})
afterEach(() => setClock())

const office = <T>(work: Parameters<typeof inTenant<T>>[1], actor?: Parameters<typeof inTenant>[2]) => inTenant(tenantId, work, actor)
const facts = { kind: 'business', companyName: 'Linde e.U.', vatId: 'ATU13585627' } as const

test('company data is changed by both sides, and both see what it was; staff stay unnamed to the customer', async () => {
  const { accountId, userId } = await register(tenantId, 'linde@kunde.example', facts)
  const { id: membershipId } = await office(({ db }) => db.membership.findFirstOrThrow({ where: { userId } }))
  const data = {
    accountId,
    email: 'buero@linde.example',
    language: 'de',
    country: 'AT',
    addressLines: ['Gasse 1', '1010 Wien'],
    vatId: null,
  }
  const change = (name: string, vatId: string | null, actor: { userId: string; membershipId?: string }) =>
    office((ctx) => changeAccountData(ctx, { ...data, name, vatId }), { actor: { kind: 'user', ...actor } })
  expect((await change('Linde GmbH', 'ATU13585627', { userId, membershipId })).ok).toBe(true)
  expect((await change('Linde GmbH', 'ATU13585627', { userId, membershipId })).ok).toBe(true)
  const staff = await office((ctx) => addMember(ctx, { email: 'sam@ahorn.example', name: 'Sam Staff', language: 'de', profile: 'finance' }))
  if (!staff.ok) throw new Error(staff.error)
  expect((await change('Linde GmbH', 'ATU1', { userId: staff.value.userId })).ok).toBe(true)

  const account = await office(({ db }) => db.account.findFirstOrThrow({ where: { id: accountId } }))
  expect(account).toMatchObject({ name: 'Linde GmbH', email: 'buero@linde.example', vatIdStatus: 'invalid' })
  const history = (namesSeller: boolean) => office((ctx) => readDataHistory(ctx, { accountId, namesSeller }))
  expect(await history(false)).toMatchObject([
    { by: null, isBySeller: true, changes: [{ field: 'vatId', before: 'ATU13585627', after: 'ATU1' }] },
    { by: 'Lena Bauer', isBySeller: false, changes: [{ field: 'name', before: 'Linde e.U.', after: 'Linde GmbH' }, { field: 'email' }] },
  ])
  expect((await history(true))[0]).toMatchObject({ by: 'Sam Staff' })
})

test('an owner takes the data of the account along in one file, for seven days and nobody else', async () => {
  setClock(fixedClock('2026-06-01T10:00:00Z'))
  const owner = await register(tenantId, 'data@kunde.example', facts)
  const other = await register(tenantId, 'second@kunde.example')
  const keep = (who: typeof owner, text: string, name: string) =>
    inPanel(tenantId, [who.accountId], (ctx) => addSshKey(ctx, { ...who, name, text }))
  await keep(owner, sshKeys.ed25519.text, 'Laptop')
  await keep(other, sshKeys.rsa.text, 'Elsewhere')
  for (const who of [owner, other])
    await inPanel(tenantId, [who.accountId], (ctx) => addDesign(ctx, { accountId: who.accountId, name: 'Shop', language: 'en' }))
  const log = { name: 'kern.log', kind: 'text' } as const
  for (const [who, said] of [
    [owner, 'own'],
    [other, 'strange'],
  ] as const)
    await openTicketOf(tenantId, { ...who, name: 'Lena Bauer' }, { files: [{ ...log, content: new TextEncoder().encode(said) }] })
  const asked = await office((ctx) => requestAccountData(ctx, owner))
  if (!asked.ok) throw new Error(asked.error)
  const { dataExportId } = asked.value
  expect(await office((ctx) => requestAccountData(ctx, owner))).toEqual({ ok: false, error: 'asked-just-now' })

  const of = await office((ctx) => readAskedData(ctx, dataExportId))
  if (!of) throw new Error('not asked')
  const zip = await new Response(zipStream(accountDataEntries({ tenantId, asked: of, at: new Date('2026-06-01T10:00:00Z') }))).arrayBuffer()
  const files = unzipSync(new Uint8Array(zip))
  const lists = ['servers.jsonl', 'orders.jsonl', 'tickets.jsonl', 'usage.jsonl', 'invoices.jsonl']
  const [sent = '', ...rest] = Object.keys(files).filter((name) => name.startsWith('tickets/'))
  expect(Object.keys(files)).toEqual(['accounts.json', 'people.json', 'ssh-keys.json', 'designs.json', ...lists.toSpliced(3, 0, sent)])
  expect(rest, 'nothing of the other account').toEqual([])
  const text = (name: string) => new TextDecoder().decode(files[name])
  expect([sent, text(sent)]).toEqual([expect.stringMatching(/^tickets\/1\/.*\/kern\.log$/), 'own'])
  expect(JSON.parse(text('accounts.json'))).toMatchObject([{ name: 'Linde e.U.', vatId: 'ATU13585627' }])
  expect(JSON.parse(text('people.json'))).toMatchObject([{ email: 'data@kunde.example', profile: 'customer-owner' }])
  expect(text('people.json')).not.toContain('second@kunde.example')
  const { fingerprint, text: publicKey } = sshKeys.ed25519
  expect(JSON.parse(text('ssh-keys.json'))).toEqual([
    { email: 'data@kunde.example', account: 'Linde e.U.', name: 'Laptop', fingerprint, publicKey, since: '2026-06-01T10:00:00.000Z' },
  ])

  expect(JSON.parse(text('designs.json'))).toEqual([{ accountId: owner.accountId, name: 'Shop', tiers: [] }])

  await office((ctx) => finishAccountData(ctx, dataExportId, { fileKey: 'account-data/a.zip', sha256: 'hash', sizeBytes: 9 }))
  const fetch = (who: { userId: string; accountId: string }) => office((ctx) => fileOfAccountData(ctx, { ...who, id: dataExportId }))
  expect(await fetch(owner)).toBe('account-data/a.zip')
  expect(await fetch(other)).toBeNull()
  expect(await fetch({ ...owner, userId: other.userId })).toBeNull()
  setClock(fixedClock('2026-06-08T10:00:00Z'))
  expect(await fetch(owner)).toBeNull()

  const member = await office(({ db }) => db.securityProfile.findFirstOrThrow({ where: { name: 'customer-member' } }))
  await office(({ db }) => db.membership.updateMany({ where: { userId: owner.userId }, data: { securityProfileId: member.id } }))
  expect(await office((ctx) => readAskedData(ctx, dataExportId))).toBeNull()
})
