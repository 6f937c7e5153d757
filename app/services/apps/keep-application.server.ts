import { findTemplate, findTemplateByCode } from '#app/db/app-templates.server.ts'
import { insertApplication, insertPieces, lockApplication } from '#app/db/applications.server.ts'
import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { type ApplicationProblem, checkComposition, isApplicationName } from '#app/domain/apps/composition.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { ApplicationWish, OrderLine } from '../orders/order-choice.ts'
import { countsOf } from './standing-pieces.server.ts'

export type AdmitApplicationInput = {
  readonly accountId: string
  readonly wish: ApplicationWish
  readonly lines: readonly OrderLine[]
}

/** What an order becomes part of: an application that is there, or one that is kept with it. */
export type AdmittedApplication = { readonly accountId: string } & (
  | { readonly id: string }
  | { readonly id: null; readonly templateId: string; readonly name: string; readonly location: string }
)

/** Whether the lines of an order are what the template of their application allows. One that is there is held until the transaction ends. */
export async function admitApplication(
  ctx: TenantContext,
  { accountId, wish, lines }: AdmitApplicationInput,
): Promise<Result<AdmittedApplication, ApplicationProblem | 'malformed-name'>> {
  if ('applicationId' in wish) return admitMore(ctx, { accountId, lines, applicationId: wish.applicationId })
  const { name } = wish
  if (!isApplicationName(name)) return err('malformed-name')
  const template = await findTemplateByCode(ctx, wish.templateCode)
  if (template?.state !== 'published') return err('application-not-offered')
  const checked = checkComposition(template.tiers, lines, null)
  if (!checked.ok) return checked
  return ok({ accountId, id: null, templateId: template.id, name, location: lines[0]?.locationCode ?? '' })
}

type MoreServers = { readonly accountId: string; readonly applicationId: string; readonly lines: readonly OrderLine[] }

async function admitMore(
  ctx: TenantContext,
  { accountId, applicationId, lines }: MoreServers,
): Promise<Result<AdmittedApplication, ApplicationProblem>> {
  const application = await lockApplication(ctx, applicationId)
  const template = application && (await findTemplate(ctx, application.templateId))
  const isThere = application?.accountId === accountId && lines.every(({ locationCode }) => locationCode === application.location)
  if (!template || !isThere) return err('application-not-offered')
  const checked = checkComposition(template.tiers, lines, await countsOf(ctx, applicationId))
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
