import { z } from 'zod'
import { parseSshKey } from '#app/domain/cloud/ssh-key.ts'
import { nothing, reading } from './endpoint.ts'

const SshKey = z.object({
  id: z.string().meta({ description: 'An id that begins with ssh_.' }),
  name: z.string(),
  kind: z.string().meta({ description: 'The algorithm, as the key begins.' }),
  bits: z.int(),
  fingerprint: z.string().meta({ description: 'As ssh-keygen tells it, SHA256:….' }),
  created_at: z.iso.datetime().meta({ description: 'An instant, UTC.' }),
})

/** A public key of OpenSSH; what is wrong with another text is told by its code. */
const publicKey = z
  .string('required')
  .max(20_000, 'malformed-ssh-key')
  .superRefine((text, refinement) => {
    const key = parseSshKey(text)
    if (!key.ok) refinement.addIssue({ code: 'custom', message: key.error })
  })

const own = { permission: 'order:write', query: nothing } as const

/** What programs do with the public keys of the person they act for. */
export const sshKeyEndpoints = {
  sshKeys: {
    ...reading,
    ...own,
    path: '/ssh-keys',
    summary: 'The public keys of the person the key acts for, by name',
    answer: z.object({ data: z.array(SshKey) }),
  },
  sshKeyAdd: {
    ...own,
    method: 'post',
    path: '/ssh-keys',
    summary: 'Keeps a public key for new servers; without a name it is called as noted in the key',
    body: z.strictObject({ name: z.string('invalid').trim().max(80, 'too-long').default(''), public_key: publicKey }),
    answer: SshKey,
    status: 200,
  },
  sshKeyRemove: {
    ...own,
    method: 'delete',
    path: '/ssh-keys/{ssh_key_id}',
    summary: 'Removes a key; servers that have it keep it',
    body: null,
    answer: SshKey,
    status: 200,
  },
} as const
