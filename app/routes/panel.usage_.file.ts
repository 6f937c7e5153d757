import type { LoaderFunctionArgs } from '@remix-run/node'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { mostWritten, readUsageChoices, readUsagePicture } from '#app/reports/usage-explorer/query.server.ts'
import { usageFile } from '#app/web/answers/usage-file.server.ts'
import { usageOf } from '#app/web/desks/usage-request.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { readerOf } from '#app/web/request/reader.server.ts'

/** What the usage page shows, as a CSV file. */
export async function loader({ request }: LoaderFunctionArgs) {
  const reader = await readerOf(request)
  const page = await asCustomer(request, 'usage:read', async (ctx) => {
    const asked = usageOf(filterOf(request), { ...reader, today: localDateOf(ctx.now, reader.zone) })
    const tagKey = asked.tagKey ?? (await readUsageChoices(ctx)).keys[0]
    return { asked: { ...asked, tagKey }, usage: await readUsagePicture(ctx, { ...asked, tagKey, most: mostWritten }) }
  })
  return usageFile(page.asked, page.usage)
}
