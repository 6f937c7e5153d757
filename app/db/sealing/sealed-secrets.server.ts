import type { TenantContext } from '../context.server.ts'

/** Tables that keep sealed secrets; a secret is bound to `<table>/<id>`. */

export type SealedTable =
  | 'cloud_connections'
  | 'webhook_endpoints'
  | 'gateway_accounts'
  | 'mail_domains'
  | 'authenticators'
  | 'identity_providers'
export type SealedRow = {
  readonly table: SealedTable
  readonly id: string
  readonly ciphertext: Uint8Array
  readonly previous: Uint8Array | null
}

const batch = 100

/**
 * Rows of the tenant whose secret another key than `keyId` has sealed, locked, at most 100 of each table. The secret that a webhook
 * endpoint signs with beside its new one has no key of its own on the row: it is sealed with whatever was the key then, and goes along.
 */
export async function lockSealedByOthers(ctx: TenantContext, keyId: string): Promise<SealedRow[]> {
  const { db, tenantId } = ctx
  return [
    ...(await db.$queryRaw<SealedRow[]>`
      select 'cloud_connections' as "table", id, secret_ciphertext as ciphertext, null::bytea as previous from cloud_connections
      where tenant_id = ${tenantId}::uuid and secret_ciphertext is not null and secret_key_id <> ${keyId} order by id limit ${batch} for update`),
    ...(await db.$queryRaw<SealedRow[]>`
      select 'webhook_endpoints' as "table", id, secret_ciphertext as ciphertext,
        case when previous_secret_until > ${ctx.now} then previous_secret_ciphertext end as previous from webhook_endpoints
      where tenant_id = ${tenantId}::uuid and secret_key_id <> ${keyId} order by id limit ${batch} for update`),
    ...(await db.$queryRaw<SealedRow[]>`
      select 'gateway_accounts' as "table", id, secret_ciphertext as ciphertext, null::bytea as previous from gateway_accounts
      where tenant_id = ${tenantId}::uuid and secret_key_id <> ${keyId} order by id limit ${batch} for update`),
    ...(await db.$queryRaw<SealedRow[]>`
      select 'mail_domains' as "table", id, secret_ciphertext as ciphertext, null::bytea as previous from mail_domains
      where tenant_id = ${tenantId}::uuid and secret_key_id <> ${keyId} order by id limit ${batch} for update`),
    ...(await db.$queryRaw<SealedRow[]>`
      select 'identity_providers' as "table", id, secret_ciphertext as ciphertext, null::bytea as previous from identity_providers
      where tenant_id = ${tenantId}::uuid and secret_ciphertext is not null and secret_key_id <> ${keyId} order by id limit ${batch} for update`),
    ...(await db.$queryRaw<SealedRow[]>`
      select 'authenticators' as "table", id, secret_ciphertext as ciphertext, null::bytea as previous from authenticators
      where tenant_id = ${tenantId}::uuid and secret_key_id <> ${keyId} order by id limit ${batch} for update`),
  ]
}

/** How many secrets of the tenant another key than `keyId` has sealed. */
export async function countSealedByOthers(ctx: TenantContext, keyId: string): Promise<number> {
  const { db, tenantId } = ctx
  const [row] = await db.$queryRaw<{ secrets: number }[]>`
    select ((select count(*) from cloud_connections where tenant_id = ${tenantId}::uuid and secret_ciphertext is not null and secret_key_id <> ${keyId})
      + (select count(*) from webhook_endpoints where tenant_id = ${tenantId}::uuid and secret_key_id <> ${keyId})
      + (select count(*) from gateway_accounts where tenant_id = ${tenantId}::uuid and secret_key_id <> ${keyId})
      + (select count(*) from mail_domains where tenant_id = ${tenantId}::uuid and secret_key_id <> ${keyId})
      + (select count(*) from identity_providers where tenant_id = ${tenantId}::uuid and secret_ciphertext is not null and secret_key_id <> ${keyId})
      + (select count(*) from authenticators where tenant_id = ${tenantId}::uuid and secret_key_id <> ${keyId}))::int as secrets`
  return row?.secrets ?? 0
}

export type NewlySealed = {
  readonly table: SealedTable
  readonly id: string
  readonly ciphertext: Uint8Array<ArrayBuffer>
  readonly previous: Uint8Array<ArrayBuffer> | null
  readonly keyId: string
}

/** Puts a secret that was sealed anew in place of the one of the same row. */
export async function replaceSealed(ctx: TenantContext, { table, id, ciphertext, previous, keyId }: NewlySealed): Promise<void> {
  const where = { tenantId: ctx.tenantId, id }
  const data = { secretCiphertext: ciphertext, secretKeyId: keyId }
  if (table === 'cloud_connections') await ctx.db.cloudConnection.updateMany({ where, data })
  if (table === 'gateway_accounts') await ctx.db.gatewayAccount.updateMany({ where, data })
  if (table === 'mail_domains') await ctx.db.mailDomain.updateMany({ where, data })
  if (table === 'identity_providers') await ctx.db.identityProvider.updateMany({ where, data })
  if (table === 'authenticators') await ctx.db.authenticator.updateMany({ where, data })
  if (table === 'webhook_endpoints')
    await ctx.db.webhookEndpoint.updateMany({ where, data: { ...data, previousSecretCiphertext: previous } })
}
