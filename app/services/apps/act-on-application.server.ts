import { audit } from '#app/db/audit.server.ts'
import { sourceOf } from '#app/db/cloud/application-source.server.ts'
import { type ApplicationPieceRow, lockApplication } from '#app/db/cloud/applications.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type RequestServerActionError, requestServerAction } from '../servers/request-server-action.server.ts'
import { standingPieces } from './standing-pieces.server.ts'

export type ActOnApplicationInput = {
  readonly applicationId: string
  readonly action: 'start' | 'stop' | 'destroy'
  /** The name, typed again: only for `destroy`. */
  readonly confirmedName?: string | undefined
  readonly userName: string | null
}

export type ActOnApplicationError =
  | 'application-not-found'
  | 'application-busy'
  | 'nothing-to-do'
  | 'name-not-confirmed'
  | RequestServerActionError

/** The state a server must be in for what is asked of all of them. */
const actedOn = { start: ['stopped'], stop: ['running'], destroy: ['running', 'stopped', 'failed'] } as const

/**
 * Starts, stops or removes an application: asks the same of each of its servers, or of none where one of them refuses. One that is there
 * already is left as it is; nothing is removed while a piece is still being ordered or worked on.
 */
export async function actOnApplication(ctx: TenantContext, input: ActOnApplicationInput): Promise<Result<null, ActOnApplicationError>> {
  const { applicationId, action } = input
  const application = await lockApplication(ctx, applicationId)
  if (!application) return err('application-not-found')
  if (action === 'destroy' && input.confirmedName?.trim() !== application.name) return err('name-not-confirmed')
  const pieces = await standingPieces(ctx, applicationId)
  const isBusy = pieces.some(({ order, pendingAction }) => pendingAction !== null || (action === 'destroy' && order !== 'active'))
  if (isBusy) return err('application-busy')
  const servers = pieces.filter(({ server }) => (actedOn[action] as readonly (string | null)[]).includes(server))
  if (servers.length === 0) return err('nothing-to-do')
  for (const piece of servers) {
    const asked = await askServer(ctx, piece, input)
    if (!asked.ok) return asked
  }
  const detail = { name: application.name, servers: servers.length }
  await audit(ctx, { action: `application.${action}`, subjectKind: 'application', subjectId: applicationId, detail })
  return ok(null)
}

function askServer(
  ctx: TenantContext,
  { serverId, serverName }: ApplicationPieceRow,
  { action, userName }: Pick<ActOnApplicationInput, 'action' | 'userName'>,
) {
  return requestServerAction(ctx, { resourceId: serverId ?? '', action, confirmedName: serverName ?? '', userName })
}

export type RemovePieceInput = { readonly applicationId: string; readonly serverId: string; readonly userName: string | null }

/** Takes one server out of an application, as long as its tier keeps the fewest that it is to have. */
export async function removePiece(
  ctx: TenantContext,
  { applicationId, serverId, userName }: RemovePieceInput,
): Promise<Result<null, 'application-not-found' | 'too-few-left' | RequestServerActionError>> {
  const application = await lockApplication(ctx, applicationId)
  const source = application && (await sourceOf(ctx, application))
  const pieces = source ? await standingPieces(ctx, applicationId) : []
  const piece = pieces.find((each) => each.serverId === serverId)
  if (!source || !piece) return err('application-not-found')
  const least = source.tiers.find(({ code }) => code === piece.tier)?.least ?? 0
  if (pieces.filter(({ tier }) => tier === piece.tier).length <= least) return err('too-few-left')
  const asked = await askServer(ctx, piece, { action: 'destroy', userName })
  return asked.ok ? ok(null) : asked
}
