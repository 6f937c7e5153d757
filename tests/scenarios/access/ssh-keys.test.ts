import { beforeAll, expect, test } from 'vitest'
import { inPanel, inTenant } from '#app/db/context.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { listSshKeys } from '#app/reports/members/ssh-keys.server.ts'
import * as keysRoute from '#app/routes/api.v1.ssh-keys._index.ts'
import * as keyRoute from '#app/routes/api.v1.ssh-keys.$keyId.ts'
import { addApiKey } from '#app/services/access/api-keys.server.ts'
import { removeMember } from '#app/services/access/change-member.server.ts'
import { addSshKey, removeSshKey } from '#app/services/access/ssh-keys.server.ts'
import { register } from '#tests/integration/auth/store-people.ts'
import { oldKey, sshKeys } from '#tests/support/ssh-keys.ts'
import { growTenant } from '#tests/support/tree.ts'

let tenantId: string
let anna: { userId: string; accountId: string }
let emil: { userId: string; accountId: string }
beforeAll(async () => {
  tenantId = await growTenant('schluessel')
  anna = await register(tenantId, 'anna@kunde.example')
  emil = await register(tenantId, 'emil@kunde.example')
})

const add = (holder: typeof anna, text: string, name = '') =>
  inPanel(tenantId, [holder.accountId], (ctx) => addSshKey(ctx, { ...holder, name, text }))
const keysOf = (holder: typeof anna) => inPanel(tenantId, [holder.accountId], (ctx) => listSshKeys(ctx, holder))

test('a key is kept once for each person, with the fingerprint that ssh-keygen tells', async () => {
  expect((await add(anna, sshKeys.ed25519.text)).ok).toBe(true)
  expect((await add(anna, sshKeys.rsa.text, 'Work')).ok).toBe(true)
  expect(await add(anna, `${sshKeys.ed25519.text} again`, 'Twice')).toEqual({ ok: false, error: 'ssh-key-known' })
  expect((await keysOf(anna)).map(({ name, kind, bits, fingerprint }) => ({ name, kind, bits, fingerprint }))).toEqual([
    { name: 'Work', kind: 'ssh-rsa', bits: 2_048, fingerprint: sshKeys.rsa.fingerprint },
    { name: 'anna@laptop', kind: 'ssh-ed25519', bits: 256, fingerprint: sshKeys.ed25519.fingerprint },
  ])
  expect((await add(emil, sshKeys.ed25519.text)).ok).toBe(true)
})

test('what is no public key leaves nothing behind', async () => {
  const before = await keysOf(emil)
  expect(await add(emil, '-----BEGIN OPENSSH PRIVATE KEY-----\nabc')).toEqual({ ok: false, error: 'private-ssh-key' })
  expect(await add(emil, oldKey)).toEqual({ ok: false, error: 'ssh-key-kind' })
  expect(await add(emil, 'ssh-ed25519 AAAA')).toEqual({ ok: false, error: 'malformed-ssh-key' })
  expect(await keysOf(emil)).toEqual(before)
})

test('nobody takes away the key of somebody else, not even in the same account', async () => {
  const [key] = await keysOf(anna)
  const id = key?.id ?? ''
  const colleague = { userId: emil.userId, accountId: anna.accountId }
  const removeAs = (holder: typeof anna) => inPanel(tenantId, [holder.accountId], (ctx) => removeSshKey(ctx, { ...holder, id }))
  expect(await keysOf(colleague)).toEqual([])
  expect(await removeAs(colleague)).toEqual({ ok: false, error: 'ssh-key-not-found' })
  expect(await removeAs(emil)).toEqual({ ok: false, error: 'ssh-key-not-found' })
  expect((await removeAs(anna)).ok).toBe(true)
  expect((await keysOf(anna)).map(({ name }) => name)).toEqual(['anna@laptop'])
  const noted = await inTenant(tenantId, ({ db }) =>
    db.auditEntry.findMany({ where: { subjectId: id }, select: { action: true }, orderBy: { at: 'asc' } }),
  )
  expect(noted.map(({ action }) => action)).toEqual(['ssh-key.added', 'ssh-key.removed'])
})

test('whoever leaves an account leaves no key there, and keeps those of other accounts', async () => {
  const atWork = { userId: emil.userId, accountId: anna.accountId }
  const membershipId = await inTenant(tenantId, async ({ db, now }) => {
    const profile = await db.securityProfile.findFirstOrThrow({ where: { tenantId, name: 'customer-member' } })
    const id = newId()
    await db.membership.createMany({ data: [{ tenantId, id, ...atWork, securityProfileId: profile.id, createdAt: now }] })
    return id
  })
  expect((await add(atWork, sshKeys.ecdsa.text)).ok).toBe(true)
  const manager = {
    userId: anna.userId,
    accountId: anna.accountId,
    accountIds: [anna.accountId],
    rights: { isOwner: true, permissions: [] },
  }
  expect((await inTenant(tenantId, (ctx) => removeMember(ctx, { manager, membershipId }))).ok).toBe(true)
  expect(await keysOf(atWork)).toEqual([])
  expect((await keysOf(emil)).map(({ fingerprint }) => fingerprint)).toEqual([sshKeys.ed25519.fingerprint])
})

test('a program keeps, lists and removes the keys of the person it acts for, as far as that person may order', async () => {
  const secretOf = async (permissions: readonly string[]) => {
    const holder = { ...emil, rights: { isOwner: true, permissions: [] }, name: 'Deploy', networks: '', expiresAt: null }
    const made = await inTenant(tenantId, (ctx) => addApiKey(ctx, { ...holder, permissions }))
    return made.ok ? made.value.secret : ''
  }
  const ask = async (route: unknown, secret: string, sent: { method?: string; body?: object; keyId?: string } = {}) => {
    const { method = 'GET', body, keyId } = sent
    const headers = new Headers({ host: 'schluessel.localhost', authorization: `Bearer ${secret}` })
    if (body) headers.set('Content-Type', 'application/json')
    const url = `http://schluessel.localhost/api/v1/ssh-keys${keyId ? `/${keyId}` : ''}`
    const request = new Request(url, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
    const answer = await (route as (args: object) => Promise<Response>)({ request, params: { keyId }, context: {} })
    return (await answer.json()) as { code?: string; errors?: object[]; id?: string; data?: { id: string; fingerprint: string }[] }
  }
  expect((await ask(keysRoute.loader, await secretOf(['server:read']))).code).toBe('permission-missing')
  const secret = await secretOf(['order:write'])
  const add = (text: string) => ask(keysRoute.action, secret, { method: 'POST', body: { public_key: text } })
  expect((await add('-----BEGIN OPENSSH PRIVATE KEY-----')).errors).toEqual([{ pointer: '/public_key', code: 'private-ssh-key' }])
  expect((await add(sshKeys.ed25519.text)).code).toBe('ssh-key-known')
  const added = await add(sshKeys.rsa.text)
  expect(added).toMatchObject({ id: expect.stringMatching(/^ssh_/), name: 'anna@laptop', kind: 'ssh-rsa', bits: 2_048 })
  expect((await ask(keysRoute.loader, secret)).data?.map(({ fingerprint }) => fingerprint)).toEqual([
    sshKeys.ed25519.fingerprint,
    sshKeys.rsa.fingerprint,
  ])
  const remove = () => ask(keyRoute.action, secret, { method: 'DELETE', keyId: added.id ?? '' })
  expect((await remove()).id).toBe(added.id)
  expect((await remove()).code).toBe('not-found')
})
