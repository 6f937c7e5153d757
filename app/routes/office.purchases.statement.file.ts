import type { LoaderFunctionArgs } from '@remix-run/node'
import { parentStatement } from '#app/web/statements/parent-statement.server.ts'
import { statementFile } from '#app/web/statements/statement-file.server.ts'

/** The statement with the parent as PDF or CSV. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { read, parties } = await parentStatement(request)
  return statementFile(request, read, parties)
}
