import type { LoaderFunctionArgs } from '@remix-run/node'
import { fileOfAccountData } from '#app/services/account-data/request-account-data.server.ts'
import { keptFile } from '#app/web/answers/file-responses.server.ts'
import { ownerOf } from '#app/web/desks/close-account.server.ts'
import { asSeller } from '#app/web/request/as-seller.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

/** The data of the account, for the owner who asked for it and nobody else. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { accountId, userId } = await ownerOf(request)
  const id = orNotFound(isUuid(params.dataExportId) ? params.dataExportId : null)
  const key = orNotFound(await asSeller(request, (ctx) => fileOfAccountData(ctx, { id, accountId, userId })))
  return keptFile(key, 'account-data.zip')
}
