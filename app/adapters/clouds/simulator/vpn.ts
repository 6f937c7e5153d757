import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { CloudParts, CloudRefusal, ThingAnswer, VpnUser } from '#app/ports/cloud-driver.ts'
import type { addressPool } from './address-pool.ts'
import { dataAt, type KeptVpn, type ThingData } from './thing-file.ts'
import type { ThingBench, thingOperations } from './things.ts'

type Bench = ThingBench & { readonly addresses: ReturnType<typeof addressPool> }
type Change = (vpn: KeptVpn) => Promise<Result<KeptVpn | null, CloudRefusal>>

const derive = promisify<string, string, number, Buffer>(scrypt)
const hashBytes = 32

/** `secret` as the simulated cloud keeps it: a salted hash, so that nobody reads it in its files. */
async function hashOf(secret: string): Promise<string> {
  const salt = randomBytes(16).toString('base64url')
  return `${salt}:${(await derive(secret, salt, hashBytes)).toString('base64url')}`
}

/** Whether `secret` is the one that was kept as `hash`. */
export async function isSecretOf(hash: string, secret: string): Promise<boolean> {
  const [salt = '', digest = ''] = hash.split(':')
  return timingSafeEqual(await derive(secret, salt, hashBytes), Buffer.from(digest, 'base64url'))
}

/** Ways into the networks of the simulated cloud. Nobody comes in anywhere: it knows who may, and from when to when. */
export function simulatedVpn({ files, addresses, now }: Bench, operations: ReturnType<typeof thingOperations>): CloudParts['vpn'] {
  const { change } = operations

  /** Changes a VPN that is open; null leaves it as it is. */
  function within(operation: string, ref: string, by: Change): ThingAnswer {
    return change(operation, ref, async ({ vpn }) => {
      if (!vpn) return 'wrong-state'
      const changed = await by(vpn)
      if (!changed.ok) return changed.error
      return changed.value && { vpn: changed.value }
    })
  }

  async function opened(ref: string, { vpn, range }: ThingData, sharedKey: string): Promise<ThingData | CloudRefusal | null> {
    if (vpn) return (await isSecretOf(vpn.keyHash, sharedKey)) ? null : 'wrong-state'
    if (range === undefined) return 'wrong-state'
    const address = await addresses.claim(ref)
    return address === undefined ? 'no-capacity' : { vpn: { address, keyHash: await hashOf(sharedKey), users: [] } }
  }

  return {
    open: (ref, sharedKey) => change('open-vpn', ref, (data) => opened(ref, data, sharedKey)),
    setKey: (ref, sharedKey) =>
      within('renew-vpn-key', ref, async (vpn) =>
        ok((await isSecretOf(vpn.keyHash, sharedKey)) ? null : { ...vpn, keyHash: await hashOf(sharedKey) }),
      ),
    async close(ref) {
      const held = await vpnOf(ref)
      const closed = await change('close-vpn', ref, async ({ vpn }) => (vpn ? { vpn: null } : null))
      if (closed.ok && held) await addresses.release(held.address, ref)
      return closed
    },
    addUser: (ref, user) =>
      within('add-vpn-user', ref, async (vpn) => {
        const known = vpn.users.find(({ name }) => name === user.name)
        if (known) return (await isSecretOf(known.passwordHash, user.password)) ? ok(null) : err('in-use')
        return ok({ ...vpn, users: [...vpn.users, await keptUser(user)] })
      }),
    setPassword: (ref, user) =>
      within('renew-vpn-password', ref, async (vpn) => {
        const known = vpn.users.find(({ name }) => name === user.name)
        if (!known) return err('not-there')
        if (await isSecretOf(known.passwordHash, user.password)) return ok(null)
        const changed = await keptUser(user)
        return ok({ ...vpn, users: vpn.users.map((kept) => (kept === known ? changed : kept)) })
      }),
    removeUser: (ref, name) =>
      within('revoke-vpn-user', ref, async (vpn) => {
        const users = vpn.users.filter((kept) => kept.name !== name)
        return ok(users.length === vpn.users.length ? null : { ...vpn, users })
      }),
    users: async (ref) => ((await vpnOf(ref))?.users ?? []).map(({ name }) => name),
  }

  async function vpnOf(ref: string): Promise<KeptVpn | null> {
    const story = await files.read(ref)
    return (story && dataAt(story, now().getTime()).vpn) ?? null
  }
}

async function keptUser({ name, password }: VpnUser): Promise<KeptVpn['users'][number]> {
  return { name, passwordHash: await hashOf(password) }
}
