import type { LoaderFunctionArgs } from '@remix-run/node'
import { ownStatement } from '#app/web/statements/own-statement.server.ts'
import { statementFile } from '#app/web/statements/statement-file.server.ts'

/** The reader's own statement as PDF or CSV. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { read, parties } = await ownStatement(request)
  return statementFile(request, read, parties)
}
