import type { LoaderFunctionArgs } from '@remix-run/node'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { mostWritten, readUsageAccount, readUsageChoices, readUsagePicture } from '#app/reports/usage-explorer/query.server.ts'
import { usageFile } from '#app/web/answers/usage-file.server.ts'
import { usageOf } from '#app/web/desks/usage-request.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { readerOf } from '#app/web/request/reader.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

/** What the usage page of an account shows, as a CSV file. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const accountId = orNotFound(isUuid(params.accountId) ? params.accountId : null)
  const reader = await readerOf(request)
  const page = await asStaff(request, 'usage:read', async (ctx) => {
    const { accountIds } = orNotFound(await readUsageAccount(ctx, accountId))
    const asked = usageOf(filterOf(request), { ...reader, today: localDateOf(ctx.now, reader.zone) })
    const tagKey = asked.tagKey ?? (await readUsageChoices(ctx, accountIds)).keys[0]
    return { asked: { ...asked, tagKey }, usage: await readUsagePicture(ctx, { ...asked, tagKey, accountIds, most: mostWritten }) }
  })
  return usageFile(page.asked, page.usage)
}
