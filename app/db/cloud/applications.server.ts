import type { PieceStanding } from '#app/domain/apps/application-state.ts'
import { type Composed, composedOf } from '#app/domain/apps/design.ts'
import { FirewallRule } from '#app/domain/cloud/firewall.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

export type ApplicationRow = {
  readonly id: string
  readonly accountId: string
  /** What it is made of: a template of the seller's, or what a design of its owner's was. */
  readonly templateId: string | null
  readonly composed: Composed | null
  readonly name: string
  readonly location: string
  readonly createdAt: Date
}

const columns = { id: true, accountId: true, templateId: true, composed: true, name: true, location: true, createdAt: true } as const

/** An application in scope; null when there is none such. */
export async function findApplication({ db, tenantId }: TenantContext, id: string): Promise<ApplicationRow | null> {
  const row = await db.application.findUnique({ where: { tenantId_id: { tenantId, id } }, select: columns })
  return row && { ...row, composed: composedOf(row.composed) }
}

/** An application in scope, held until the transaction ends, so that whoever counts its pieces counts all; null when there is none such. */
export async function lockApplication(ctx: TenantContext, id: string): Promise<ApplicationRow | null> {
  await ctx.db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`application:${ctx.tenantId}:${id}`}, 0))`
  return findApplication(ctx, id)
}

/** Keeps a new application. Returns its id. */
export async function insertApplication(
  { db, tenantId, now }: TenantContext,
  { composed, ...application }: Omit<ApplicationRow, 'id' | 'createdAt'>,
): Promise<string> {
  const id = newId()
  await db.application.createMany({ data: [{ tenantId, id, ...application, ...(composed ? { composed } : {}), createdAt: now }] })
  return id
}

export type NewPieces = {
  readonly applicationId: string
  readonly accountId: string
  readonly pieces: readonly { readonly orderId: string; readonly tier: string }[]
}

/** Notes orders as pieces of an application. */
export async function insertPieces({ db, tenantId, now }: TenantContext, { pieces, ...of }: NewPieces): Promise<void> {
  await db.applicationPiece.createMany({ data: pieces.map((piece) => ({ tenantId, id: newId(), ...of, ...piece, addedAt: now })) })
}

/** A piece of an application with its order and its server. */
export type ApplicationPieceRow = PieceStanding & {
  readonly id: string
  readonly applicationId: string
  readonly tier: string
  readonly orderId: string
  readonly input: { readonly name?: string; readonly sshKey?: string; readonly projectId?: string; readonly networkId?: string }
  readonly planCode: string | null
  readonly planName: Readonly<Record<string, string>> | null
  readonly serverId: string | null
  readonly serverName: string | null
  readonly address: string | null
  readonly pendingAction: string | null
  readonly cloudRef: string | null
  readonly image: string | null
  readonly firewall: readonly FirewallRule[]
  readonly rules: readonly FirewallRule[]
}

/** The pieces of applications in scope, in the order they were added. */
export async function piecesOfApplications(ctx: TenantContext, ids: readonly string[]): Promise<ApplicationPieceRow[]> {
  const rows = await ctx.db.$queryRaw<(Omit<ApplicationPieceRow, 'firewall' | 'rules'> & { firewall: unknown; rules: unknown })[]>`
    select p.id, p.application_id as "applicationId", p.tier, p.order_id as "orderId", p.rules, o.state as "order", o.input, d.code as "planCode",
      d.name as "planName", r.id as "serverId", r.name as "serverName", r.state as server, r.address, r.pending_action as "pendingAction",
      r.cloud_ref as "cloudRef", r.spec ->> 'image' as image, coalesce(r.spec -> 'firewall', '[]') as firewall
    from application_pieces p
    join orders o on o.tenant_id = p.tenant_id and o.id = p.order_id
    left join products d on d.tenant_id = o.tenant_id and d.id = o.product_id
    left join resources r on r.tenant_id = o.tenant_id and r.id = o.resource_id
    where p.tenant_id = ${ctx.tenantId}::uuid and p.application_id = any (${[...ids]}::uuid[])
    order by p.id limit 5000`
  return rows.map((row) => ({ ...row, firewall: FirewallRule.array().parse(row.firewall), rules: FirewallRule.array().parse(row.rules) }))
}

/** The application that an order, or the server of one, is a piece of; null for anything else. */
export async function applicationOf(
  ctx: TenantContext,
  { orderId, resourceId }: { readonly orderId?: string; readonly resourceId?: string },
): Promise<{ readonly id: string; readonly name: string } | null> {
  const [row] = await ctx.db.$queryRaw<{ id: string; name: string }[]>`
    select a.id, a.name from application_pieces p
    join applications a on a.tenant_id = p.tenant_id and a.id = p.application_id
    join orders o on o.tenant_id = p.tenant_id and o.id = p.order_id
    where p.tenant_id = ${ctx.tenantId}::uuid and (o.id = ${orderId ?? null}::uuid or o.resource_id = ${resourceId ?? null}::uuid) limit 1`
  return row ?? null
}

/** Keeps what the firewall of a piece's server was told last. */
export async function noteRules({ db, tenantId }: TenantContext, id: string, rules: readonly FirewallRule[]): Promise<void> {
  await db.applicationPiece.updateMany({ where: { tenantId, id }, data: { rules: rules.map((rule) => ({ ...rule })) } })
}
