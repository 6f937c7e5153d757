import { data } from '@remix-run/node'
import { z } from 'zod'
import { addSshKey, removeSshKey } from '#app/services/access/ssh-keys.server.ts'
import { asCustomer } from '../request/as-customer.server.ts'
import { uuid } from '../request/form-fields.ts'
import { parseForm } from '../request/parse-form.server.ts'
import { redirectWithToast } from '../request/redirects.server.ts'
import { refuse } from '../request/refuse.server.ts'

const path = '/panel/ssh-keys'
const RemoveForm = z.object({ keyId: uuid })
const NewKey = z.object({
  name: z.string().trim().max(80, 'too-long').default(''),
  publicKey: z.string('required').trim().min(1, 'required').max(20_000, 'malformed-ssh-key'),
})

/** Takes a key of the reader's away, or keeps another one. What was refused as private is not sent back. */
export async function sshKeyDeed(request: Request) {
  const removal = await parseForm(request.clone(), RemoveForm)
  if (removal.ok) {
    const removed = await asCustomer(request, 'order:write', (ctx, { accountId, session }) =>
      removeSshKey(ctx, { id: removal.value.keyId, accountId, userId: session.user.id }),
    )
    if (!removed.ok) throw refuse(404, 'not-found')
    return redirectWithToast(request, path, 'saved')
  }
  const form = await parseForm(request, NewKey)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { name, publicKey } = form.value
  const added = await asCustomer(request, 'order:write', (ctx, { accountId, session }) =>
    addSshKey(ctx, { accountId, userId: session.user.id, name, text: publicKey }),
  )
  if (added.ok) return redirectWithToast(request, path, 'saved')
  const values = added.error === 'private-ssh-key' ? { name } : { name, publicKey }
  return data({ fields: { publicKey: added.error }, values: values as Record<string, string> }, { status: 422 })
}

/** Keeps the keys that a customer typed with an order. One that is there already, or too many, is no reason to trouble the order. */
export async function keepTypedKeys(request: Request, texts: readonly string[]): Promise<void> {
  for (const text of new Set(texts)) {
    await asCustomer(request, 'order:write', (ctx, { accountId, session }) =>
      addSshKey(ctx, { accountId, userId: session.user.id, name: '', text }),
    )
  }
}
