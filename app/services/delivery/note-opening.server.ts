import type { TenantContext } from '#app/db/context.server.ts'
import { noteLinkOpened } from '#app/db/documents/mail-deliveries.server.ts'
import { hashOfToken } from '#app/db/people/one-time-tokens.server.ts'

/** Counts, at the delivery whose link holds this secret, that its document was fetched; a secret that was never sent counts nothing. */
export async function noteOpening(ctx: TenantContext, token: string): Promise<true> {
  await noteLinkOpened(ctx, hashOfToken(token))
  return true
}
