import { audit } from '#app/db/audit.server.ts'
import { sourceOf } from '#app/db/cloud/application-source.server.ts'
import { type ApplicationRow, insertApplication, insertPieces, lockApplication } from '#app/db/cloud/applications.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { type ApplicationProblem, checkComposition, isApplicationName } from '#app/domain/apps/composition.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { ApplicationWish, OrderLine } from '../orders/order-choice.ts'
import { orderedApp } from './ordered-app.server.ts'
import { countsOf } from './standing-pieces.server.ts'

export type AdmitApplicationInput = {
  readonly accountId: string
  readonly wish: ApplicationWish
  readonly lines: readonly OrderLine[]
}

/** What an order becomes part of: an application that is there, or one that is kept with it. */
export type AdmittedApplication = { readonly accountId: string } & (
  | { readonly id: string }
  | ({ readonly id: null } & Pick<ApplicationRow, 'templateId' | 'composed' | 'name' | 'location'>)
)

/** Whether the lines of an order are what the template or the design of their application allows. One that is there is held until the transaction ends. */
export async function admitApplication(
  ctx: TenantContext,
  { accountId, wish, lines }: AdmitApplicationInput,
): Promise<Result<AdmittedApplication, ApplicationProblem | 'malformed-name'>> {
  if ('applicationId' in wish) return admitMore(ctx, { accountId, lines, applicationId: wish.applicationId })
  const { name } = wish
  if (!isApplicationName(name)) return err('malformed-name')
  const app = await orderedApp(ctx, { code: wish.templateCode, accountId })
  const isInNetwork = lines.every(({ networkId = null }) => networkId === app?.networkId)
  if (!app || !isInNetwork) return err('application-not-offered')
  const checked = checkComposition(app.tiers, lines, null)
  if (!checked.ok) return checked
  const { templateId, composed } = app
  return ok({ accountId, id: null, templateId, composed, name, location: lines[0]?.locationCode ?? '' })
}

type MoreServers = { readonly accountId: string; readonly applicationId: string; readonly lines: readonly OrderLine[] }

async function admitMore(
  ctx: TenantContext,
  { accountId, applicationId, lines }: MoreServers,
): Promise<Result<AdmittedApplication, ApplicationProblem>> {
  const application = await lockApplication(ctx, applicationId)
  const source = application && (await sourceOf(ctx, application))
  const isThere = application?.accountId === accountId && lines.every(({ locationCode }) => locationCode === application.location)
  if (!source || !isThere) return err('application-not-offered')
  const checked = checkComposition(source.tiers, lines, await countsOf(ctx, applicationId))
  return checked.ok ? ok({ accountId, id: applicationId }) : checked
}

/** Keeps which orders are pieces of an application that was admitted, and the application itself where it is new. */
export async function keepApplication(
  ctx: TenantContext,
  admitted: AdmittedApplication,
  pieces: readonly { readonly orderId: string; readonly tier: string }[],
): Promise<void> {
  const { accountId } = admitted
  const applicationId = admitted.id ?? (await addApplication(ctx, admitted))
  await insertPieces(ctx, { applicationId, accountId, pieces })
}

async function addApplication(ctx: TenantContext, { id: _id, ...facts }: AdmittedApplication & { id: null }): Promise<string> {
  const id = await insertApplication(ctx, facts)
  await audit(ctx, { action: 'application.ordered', subjectKind: 'application', subjectId: id, detail: { name: facts.name } })
  return id
}
