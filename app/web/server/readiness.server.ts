import { readiness } from '#app/wiring.server.ts'

/** 200 while this process can serve, else 503 with the names of what is missing; from SIGTERM on always 503. */
export async function readinessResponse(isDraining: boolean): Promise<Response> {
  const problems = isDraining ? ['draining'] : await readiness()
  const isReady = problems.length === 0
  return Response.json({ ready: isReady, problems }, { status: isReady ? 200 : 503, headers: { 'Cache-Control': 'no-store' } })
}
