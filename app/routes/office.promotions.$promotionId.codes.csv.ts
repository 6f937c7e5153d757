import type { LoaderFunctionArgs } from '@remix-run/node'
import { csvOfCodes } from '#app/reports/promotions/codes.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

/** Every code of a promotion as a file, read and sent page by page. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const promotionId = orNotFound(isUuid(params.promotionId) ? params.promotionId : null)
  const pageAfter = (afterId: string | null) => asStaff(request, 'promotion:read', (ctx) => csvOfCodes(ctx, { promotionId, afterId }))
  const first = await pageAfter(null)
  const encoder = new TextEncoder()
  let next = first
  const body = new ReadableStream<Uint8Array>({
    start: (stream) => stream.enqueue(encoder.encode('code,state,redeemed,limit\r\n')),
    async pull(stream) {
      stream.enqueue(encoder.encode(next.text))
      if (next.lastId === null) return stream.close()
      next = await pageAfter(next.lastId)
    },
  })
  return new Response(body, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="promo-codes.csv"',
      'Cache-Control': 'no-store',
    },
  })
}
