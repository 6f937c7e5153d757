import type { LoaderFunctionArgs } from '@remix-run/node'
import { readKeptExport } from '#app/reports/exports/list.server.ts'
import { keptFile } from '#app/web/answers/file-responses.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

/** A file that was prepared, as long as it is kept. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const id = orNotFound(isUuid(params.exportId) ? params.exportId : null)
  const { fileKey, filename } = orNotFound(await asStaff(request, 'ledger:read', (ctx) => readKeptExport(ctx, id)))
  return keptFile(fileKey, filename)
}
