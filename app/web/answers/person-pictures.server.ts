import { keepPicture, pictureShownTo, removePicture } from '#app/services/people/keep-picture.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { brandPorts, inTenant } from '#app/wiring.server.ts'
import { orNotFound } from '../request/refuse.server.ts'
import { actorOf, sessionOf } from '../request/session.server.ts'
import { tenantOf } from '../request/tenant-of.server.ts'
import { self } from '../sign-in/own-sign-in.server.ts'

/** The picture of a person as an answer: for signed-in readers who may see it, in a sandbox, kept by their own browser alone. @throws 404 else. */
export async function personPicture(request: Request, name: string): Promise<Response> {
  const [{ tenantId }, session] = [await tenantOf(request), await sessionOf(request)]
  const isNamed = /^[0-9a-f]{32}\.webp$/.test(name)
  const seen = session && isNamed ? await inTenant(tenantId, (ctx) => pictureShownTo(ctx, { viewerId: session.user.id, name })) : null
  const content = orNotFound(seen)
  return new Response(new Uint8Array(content), {
    headers: {
      'Content-Type': 'image/webp',
      'Content-Length': String(content.byteLength),
      'Cache-Control': 'private, max-age=86400, immutable',
      'Content-Security-Policy': "sandbox; default-src 'none'",
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Resource-Policy': 'same-origin',
    },
  })
}

/** Makes the reader's picture anew from the file a form brought; undefined when it brought none, else what is wrong with it or null. */
export async function keepOwnPicture(request: Request, file: FormDataEntryValue | null) {
  if (!(file instanceof File) || file.size === 0) return undefined
  const { session, person } = await self(request)
  const process = processOf(person.tenantId, brandPorts(), actorOf(session))
  const kept = await keepPicture(process, { userId: person.userId, upload: new Uint8Array(await file.arrayBuffer()) })
  return kept.ok ? null : kept.error
}

/** Takes the reader's picture away. */
export async function removeOwnPicture(request: Request): Promise<void> {
  const { session, person } = await self(request)
  await inTenant(person.tenantId, (ctx) => removePicture(ctx, person.userId), { actor: actorOf(session) })
}
