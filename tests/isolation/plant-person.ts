import { sealSecret } from '#app/config/secret-box.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { insertEmailChange } from '#app/db/people/email-changes.server.ts'
import { insertPasskey } from '#app/db/people/passkeys.server.ts'
import { savePicture } from '#app/db/people/profiles.server.ts'
import { insertAuthenticator, replaceRecoveryCodes } from '#app/db/people/second-factors.server.ts'
import { openStep } from '#app/db/people/sign-in-steps.server.ts'

/** A second factor, a passkey, a waiting step, a wanted address and a picture of one person. */
export async function plantPerson(tenantId: string, userId: string): Promise<void> {
  const id = newId()
  await inTenant(tenantId, async (ctx) => {
    await insertAuthenticator(ctx, { id, userId, secret: sealSecret('key', `authenticators/${id}`) })
    await replaceRecoveryCodes(ctx, userId, ['0'.repeat(64)])
    const key = { publicKey: new Uint8Array([1]), counter: 0n, transports: ['internal'] }
    await insertPasskey(ctx, { userId, host: 'store.localhost', credentialId: `canary-${userId}`, name: 'Laptop', ...key })
    await openStep(ctx, { token: newId(), purpose: 'second-step', host: 'store.localhost', userId, challenge: null })
    await insertEmailChange(ctx, { userId, formerEmail: 'old@example.test', newEmail: 'new@example.test' })
    await savePicture(ctx, userId, { name: `${'0'.repeat(32)}.webp`, content: new Uint8Array([1]) })
  })
}
