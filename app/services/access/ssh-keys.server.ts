import { createHash } from 'node:crypto'
import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { countSshKeys, deleteSshKey, findSshKey, insertSshKey, type KeyHolder } from '#app/db/people/ssh-keys.server.ts'
import { parseSshKey, type SshKey, type SshKeyProblem } from '#app/domain/cloud/ssh-key.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

/** At most so many keys of a person in an account. */
const mostKeys = 50
const longestName = 80

export type AddSshKeyInput = KeyHolder & {
  /** What its holder calls it; empty for what stands in the key. */
  readonly name: string
  readonly text: string
}
export type AddSshKeyError = SshKeyProblem | 'ssh-key-known' | 'too-many-ssh-keys'

/** Keeps a public key for its holder's orders. Returns its id. */
export async function addSshKey(ctx: TenantContext, input: AddSshKeyInput): Promise<Result<{ id: string }, AddSshKeyError>> {
  const { accountId, userId } = input
  const key = parseSshKey(input.text)
  if (!key.ok) return key
  if ((await countSshKeys(ctx, { accountId, userId })) >= mostKeys) return err('too-many-ssh-keys')
  const { kind, bits, text: publicKey, comment, blob } = key.value
  const name = (input.name || comment || kind).slice(0, longestName)
  const fingerprint = fingerprintOf(blob)
  const id = await insertSshKey(ctx, { accountId, userId, name, kind, bits, fingerprint, publicKey })
  if (!id) return err('ssh-key-known')
  await audit(ctx, { action: 'ssh-key.added', subjectKind: 'ssh-key', subjectId: id, detail: { accountId, name, fingerprint } })
  return ok({ id })
}

/** Takes a key of the holder's away. Servers that were built with it keep it. */
export async function removeSshKey(
  ctx: TenantContext,
  { id, accountId, userId }: KeyHolder & { readonly id: string },
): Promise<Result<void, 'ssh-key-not-found'>> {
  const key = await findSshKey(ctx, { id, accountId, userId })
  if (!key || !(await deleteSshKey(ctx, { id, accountId, userId }))) return err('ssh-key-not-found')
  const { name, fingerprint } = key
  await audit(ctx, { action: 'ssh-key.removed', subjectKind: 'ssh-key', subjectId: id, detail: { accountId, name, fingerprint } })
  return ok(undefined)
}

/** As `ssh-keygen -l` tells it. */
function fingerprintOf(blob: SshKey['blob']): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`
}
