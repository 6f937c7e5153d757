import type { LoaderFunctionArgs } from '@remix-run/node'
import { readiness } from '#app/wiring.server.ts'

/** 200 while the database answers with the right role, the schema is current and the queue is alive; 503 else, and from SIGTERM on. */
export async function loader({ context }: LoaderFunctionArgs) {
  const problems = context.isDraining ? ['draining'] : await readiness()
  return Response.json({ ready: problems.length === 0, problems }, { status: problems.length === 0 ? 200 : 503, headers: { 'Cache-Control': 'no-store' } })
}
