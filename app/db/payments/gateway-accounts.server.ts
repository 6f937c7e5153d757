import type { GatewayName } from '#app/domain/payment-attempt/gateway-facts.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { TenantContext } from '../context.server.ts'
import type { Prisma } from '../generated/client.ts'
import { openField, sealField } from '../sealing/sealed-fields.server.ts'

/** An account of the seller with a payment gateway, its secrets sealed. */
export type GatewayAccountRow = {
  readonly id: string
  readonly gateway: GatewayName
  readonly name: string
  readonly mode: 'live' | 'test'
  readonly state: 'active' | 'off'
  readonly externalId: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly secretCiphertext: Uint8Array
}

const columns = {
  id: true,
  gateway: true,
  name: true,
  mode: true,
  state: true,
  externalId: true,
  settings: true,
  secretCiphertext: true,
} as const

const accountsAtMost = 50

/** The seller's name at the gateway is sealed at rest. */
function opened<Row extends Pick<GatewayAccountRow, 'id' | 'externalId'>>(ctx: TenantContext, row: Row): Row {
  return { ...row, externalId: openField(ctx, 'gateway_accounts.external_id', row.id, row.externalId) }
}

/** Accounts of the seller, in the order they were opened; of one gateway, or only those in use, when asked. */
export async function listGatewayAccounts(
  ctx: TenantContext,
  filter: { readonly gateway?: GatewayName; readonly state?: 'active' } = {},
): Promise<GatewayAccountRow[]> {
  const where = { tenantId: ctx.tenantId, ...filter }
  const orderBy = [{ createdAt: 'asc' }, { id: 'asc' }] as const
  const rows = await ctx.db.gatewayAccount.findMany({ where, select: columns, orderBy: [...orderBy], take: accountsAtMost })
  return rows.map((row) => opened(ctx, row) as GatewayAccountRow)
}

/** One account of the seller; null when it has none of that id. */
export async function findGatewayAccount(ctx: TenantContext, id: string): Promise<GatewayAccountRow | null> {
  const where = { tenantId_id: { tenantId: ctx.tenantId, id } }
  const row = await ctx.db.gatewayAccount.findUnique({ where, select: columns })
  return row && (opened(ctx, row) as GatewayAccountRow)
}

export type NewGatewayAccount = Omit<GatewayAccountRow, 'settings' | 'secretCiphertext' | 'state'> & {
  readonly settings: Prisma.InputJsonObject
  readonly secret: { readonly ciphertext: Uint8Array<ArrayBuffer>; readonly keyId: string }
}

/** Saves an account that is in use from now on; false when there is one of that id. */
export async function insertGatewayAccount(ctx: TenantContext, { secret, ...account }: NewGatewayAccount): Promise<boolean> {
  const externalId = sealField(ctx, 'gateway_accounts.external_id', account.id, account.externalId)
  const sealed = { externalId, secretCiphertext: secret.ciphertext, secretKeyId: secret.keyId }
  const times = { createdBy: actorName(ctx.actor), createdAt: ctx.now, changedAt: ctx.now }
  const data = [{ tenantId: ctx.tenantId, ...account, state: 'active', ...sealed, ...times }]
  return (await ctx.db.gatewayAccount.createMany({ data, skipDuplicates: true })).count === 1
}

export type GatewayAccountChange = Partial<Pick<NewGatewayAccount, 'name' | 'settings' | 'secret'>> & { readonly state?: 'active' | 'off' }

/** Changes what is given of an account; the rest stays. */
export async function updateGatewayAccount(ctx: TenantContext, id: string, { secret, ...change }: GatewayAccountChange): Promise<void> {
  const sealed = secret ? { secretCiphertext: secret.ciphertext, secretKeyId: secret.keyId } : {}
  await ctx.db.gatewayAccount.updateMany({ where: { tenantId: ctx.tenantId, id }, data: { ...change, ...sealed, changedAt: ctx.now } })
}
