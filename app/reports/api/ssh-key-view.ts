import { toPublicId } from '#app/domain/shared/ids.ts'
import type { ShownSshKey } from '../members/ssh-keys.server.ts'

/** A public key, as the API writes it. */
export function sshKeyView({ id, name, kind, bits, fingerprint, createdAt }: ShownSshKey) {
  return { id: toPublicId('ssh-key', id), name, kind, bits, fingerprint, created_at: createdAt.toISOString() }
}
