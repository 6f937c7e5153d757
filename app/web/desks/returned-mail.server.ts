import { createHash, timingSafeEqual } from 'node:crypto'
import { clock } from '#app/config/clock.server.ts'
import { environment } from '#app/config/env.server.ts'
import { isSignedBy } from '#app/config/webhook-signature.server.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { bounceReaders, inTenant, type TenantContext } from '#app/wiring.server.ts'
import { bodyWithin } from '../request/body-within.server.ts'
import { orNotFound, refuse } from '../request/refuse.server.ts'
import { tenantOf } from '../request/tenant-of.server.ts'

type ReturnedMail = Awaited<ReturnType<(typeof bounceReaders)['returned']['read']>>[number]

/** Mail that came back carries the first one with its files; more than this is none of ours. */
const largestMessage = 10_000_000

/**
 * Runs `work` with the mail that a mail system hands in as returned, for the seller of the host. The door is closed, with 404, until its
 * secret is set. @throws 403 for a caller who does not know the secret, 413 for a message of unlikely size.
 */
export async function asMailSystem<T>(
  request: Request,
  door: string | undefined,
  work: (ctx: TenantContext, returned: readonly ReturnedMail[]) => Promise<T>,
): Promise<T> {
  const returned = await returnedMailIn(request, door)
  const { tenantId } = await tenantOf(request)
  return inTenant(tenantId, (ctx) => work(ctx, returned), { actor: systemActor('mail system') })
}

async function returnedMailIn(request: Request, door: string | undefined): Promise<readonly ReturnedMail[]> {
  const { MAIL_BOUNCE_SECRET: bearer, RESEND_WEBHOOK_SECRET: signing } = environment()
  const key = orNotFound(door === 'returned' || door === 'resend' ? door : null)
  const secret = orNotFound(key === 'returned' ? bearer : signing)
  if (key === 'returned' && !isBearer(request, secret)) throw refuse(403, 'no-permission')
  const body = await bodyWithin(request, largestMessage)
  if (key === 'resend' && !isFromResend(request, body, secret)) throw refuse(403, 'no-permission')
  return bounceReaders[key].read(body)
}

/** Whether a caller shows `secret`. */
export function isBearer(request: Request, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(request.headers.get('authorization') ?? ''), digest(`Bearer ${secret}`))
}

function isFromResend(request: Request, body: Uint8Array, secret: string): boolean {
  const id = request.headers.get('svix-id') ?? ''
  const timestamp = Number(request.headers.get('svix-timestamp') ?? Number.NaN)
  const message = { id, timestamp, body: Buffer.from(body).toString('utf8') }
  return isSignedBy(message, { header: request.headers.get('svix-signature') ?? '', secret, now: clock.now() })
}
