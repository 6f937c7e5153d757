import { data, redirect } from '@remix-run/node'
import { clock } from '#app/config/clock.server.ts'
import { allowConsole } from '#app/services/clouds/allow-console.server.ts'
import { serverRef } from '#app/services/clouds/server-ref.server.ts'
import { asCustomer } from '../request/as-customer.server.ts'
import { orNotFound } from '../request/refuse.server.ts'
import { cloudWith, type DeedAnswer } from './cloud-desk.server.ts'

/** Opens a server's console: goes to the page that uses the ticket up. */
export async function openConsole(request: Request, serverId: string) {
  const { driver } = await cloudWith(request, 'console')
  const allowed = await asCustomer(request, 'server:write', (ctx) => allowConsole(ctx, serverId))
  if (!allowed.ok) return data<DeedAnswer>({ problem: allowed.error }, { status: 409 })
  const opened = orNotFound(await driver.parts.console?.open(allowed.value))
  return redirect(`/panel/servers/${serverId}/console/${opened.ticket}`)
}

/** What a server's screen shows, once for each ticket; null for one that is used up, too old, or of another server. */
export async function consoleLines(request: Request, { serverId, ticket }: { readonly serverId: string; readonly ticket: string }) {
  const { driver } = await cloudWith(request, 'console')
  const ref = orNotFound(await asCustomer(request, 'server:write', (ctx) => serverRef(ctx, serverId)))
  const screen = await driver.parts.console?.show(ticket)
  return screen?.serverRef === ref ? screen.lines : null
}

const metricSpans = { day: { hours: 24, stepMinutes: 30 }, week: { hours: 168, stepMinutes: 240 } } as const
type MetricSpan = keyof typeof metricSpans

/** What a server did over the last day or week; null while the cloud does not answer. */
export async function serverMetrics(request: Request, { serverId, span }: { readonly serverId: string; readonly span: MetricSpan }) {
  const { driver } = await cloudWith(request, 'metrics')
  const ref = orNotFound(await asCustomer(request, 'server:read', (ctx) => serverRef(ctx, serverId)))
  const { hours, stepMinutes } = metricSpans[span]
  const stepMs = stepMinutes * 60_000
  const to = new Date(Math.floor(clock.now().getTime() / stepMs) * stepMs)
  const from = new Date(to.getTime() - hours * 3_600_000)
  try {
    return (await driver.parts.metrics?.(ref, { from, to, stepMinutes })) ?? null
  } catch {
    // Graphs are no reason for a page to fail: it says that the cloud does not answer.
    return null
  }
}
