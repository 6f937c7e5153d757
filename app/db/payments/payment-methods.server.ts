import type { SavedMethod } from '#app/domain/payment-attempt/gateway-facts.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { Prisma } from '../generated/client.ts'
import { newId } from '../ids.server.ts'
import { indexesOf, openField, sealField } from '../sealing/sealed-fields.server.ts'

/** A saved way to pay of a buyer. */
export type PaymentMethodRow = {
  readonly id: string
  readonly accountId: string
  readonly gatewayAccountId: string
  readonly kind: SavedMethod['kind']
  readonly customerRef: string
  readonly methodRef: string
  readonly label: string
  readonly lastDigits: string | null
  readonly expiresOn: LocalDate | null
  readonly isDefault: boolean
}

const columns = Prisma.sql`m.id, m.account_id as "accountId", m.gateway_account_id as "gatewayAccountId", m.kind, m.customer_ref as "customerRef",
  m.method_ref as "methodRef", m.label, m.last_digits as "lastDigits", m.expires_on::text as "expiresOn", m.is_default as "isDefault"`

const methodsAtMost = 50

/** The gateway's names are sealed at rest. */
function opened(ctx: TenantContext, row: PaymentMethodRow): PaymentMethodRow {
  return {
    ...row,
    customerRef: openField(ctx, 'payment_methods.customer_ref', row.id, row.customerRef),
    methodRef: openField(ctx, 'payment_methods.method_ref', row.id, row.methodRef),
  }
}

/** Saved ways to pay of a buyer, the default first, then the newest; at most 50. */
export async function listPaymentMethods(ctx: TenantContext, accountId: string): Promise<PaymentMethodRow[]> {
  const rows = await ctx.db.$queryRaw<PaymentMethodRow[]>`
    select ${columns} from payment_methods m
    where m.tenant_id = ${ctx.tenantId}::uuid and m.account_id = ${accountId}::uuid and m.state = 'active'
    order by m.is_default desc, m.id desc limit ${methodsAtMost}`
  return rows.map((row) => opened(ctx, row))
}

/** One saved way to pay that is not removed; undefined when the scope holds none. */
export async function findPaymentMethod(ctx: TenantContext, id: string): Promise<PaymentMethodRow | undefined> {
  const [row] = await ctx.db.$queryRaw<PaymentMethodRow[]>`
    select ${columns} from payment_methods m where m.tenant_id = ${ctx.tenantId}::uuid and m.id = ${id}::uuid and m.state = 'active'`
  return row && opened(ctx, row)
}

/** The gateway's name of a payer, once it has one. */
export async function customerRefOf(ctx: TenantContext, owner: { accountId: string; gatewayAccountId: string }): Promise<string | null> {
  const [row] = await ctx.db.$queryRaw<{ id: string; ref: string }[]>`
    select id, customer_ref as ref from payment_methods where tenant_id = ${ctx.tenantId}::uuid and account_id = ${owner.accountId}::uuid
      and gateway_account_id = ${owner.gatewayAccountId}::uuid order by id desc limit 1`
  return row ? openField(ctx, 'payment_methods.customer_ref', row.id, row.ref) : null
}

export type KeptMethod = { readonly accountId: string; readonly gatewayAccountId: string; readonly method: SavedMethod }

/** Keeps a way to pay; told again, it learns what is new of it. The first one of a buyer is its default. Returns its id. */
export async function keepPaymentMethod(ctx: TenantContext, { accountId, gatewayAccountId, method }: KeptMethod): Promise<string> {
  const id =
    (await learnOfMethod(ctx, { accountId, gatewayAccountId, method })) ??
    (await insertMethod(ctx, { accountId, gatewayAccountId, method }))
  await ctx.db.$executeRaw`
    update payment_methods m set is_default = true
    where m.tenant_id = ${ctx.tenantId}::uuid and m.id = ${id}::uuid and m.state = 'active' and not exists (
      select 1 from payment_methods d where d.tenant_id = m.tenant_id and d.account_id = m.account_id and d.is_default and d.state = 'active')`
  return id
}

/** Renews a way to pay that is kept, by whichever key its name was sealed. Its id; undefined when it is new. */
async function learnOfMethod(ctx: TenantContext, { accountId, gatewayAccountId, method }: KeptMethod): Promise<string | undefined> {
  const indexes = indexesOf(ctx, 'payment_methods.method_ref', method.ref)
  const [row] = await ctx.db.$queryRaw<{ id: string }[]>`
    update payment_methods set label = ${method.label}, last_digits = ${method.lastDigits}, expires_on = ${method.expiresOn}::date,
      fingerprint = coalesce(${method.fingerprint ?? null}, fingerprint)
    where tenant_id = ${ctx.tenantId}::uuid and gateway_account_id = ${gatewayAccountId}::uuid and account_id = ${accountId}::uuid
      and (method_ref_index = any (${indexes}::text[]) or method_ref = ${method.ref})
    returning id`
  return row?.id
}

async function insertMethod(ctx: TenantContext, { accountId, gatewayAccountId, method }: KeptMethod): Promise<string> {
  const id = newId()
  const customerRef = sealField(ctx, 'payment_methods.customer_ref', id, method.customerRef)
  const methodRef = sealField(ctx, 'payment_methods.method_ref', id, method.ref)
  const [index] = indexesOf(ctx, 'payment_methods.method_ref', method.ref)
  // Told twice at the same instant it is kept once: the first row stays.
  const [row] = await ctx.db.$queryRaw<{ id: string }[]>`
    insert into payment_methods (tenant_id, id, account_id, gateway_account_id, kind, customer_ref, method_ref, method_ref_index, label,
      last_digits, expires_on, fingerprint, is_default, state, created_by, created_at)
    values (${ctx.tenantId}::uuid, ${id}::uuid, ${accountId}::uuid, ${gatewayAccountId}::uuid, ${method.kind}, ${customerRef},
      ${methodRef}, ${index}, ${method.label}, ${method.lastDigits}, ${method.expiresOn}::date, ${method.fingerprint ?? null}, false, 'active',
      ${actorName(ctx.actor)}, ${ctx.now})
    on conflict (tenant_id, gateway_account_id, method_ref_index, account_id) do update set label = excluded.label returning id`
  return row?.id ?? id
}

/** Makes a way to pay the one its buyer's debts are collected by. */
export async function makeDefaultMethod(ctx: TenantContext, { id, accountId }: Pick<PaymentMethodRow, 'id' | 'accountId'>): Promise<void> {
  await ctx.db.paymentMethod.updateMany({ where: { tenantId: ctx.tenantId, accountId, isDefault: true }, data: { isDefault: false } })
  await ctx.db.paymentMethod.updateMany({ where: { tenantId: ctx.tenantId, id, accountId, state: 'active' }, data: { isDefault: true } })
}

/** Forgets a way to pay: it is charged no more. False when it was forgotten before. */
export async function markMethodRemoved(ctx: TenantContext, id: string): Promise<boolean> {
  const data = { state: 'removed', isDefault: false, removedAt: ctx.now }
  return (await ctx.db.paymentMethod.updateMany({ where: { tenantId: ctx.tenantId, id, state: 'active' }, data })).count === 1
}

/** Saved ways to pay of a gateway's name, of whichever buyers; at most 50. */
export async function methodsNamed(
  ctx: TenantContext,
  { gatewayAccountId, methodRef }: Pick<PaymentMethodRow, 'gatewayAccountId' | 'methodRef'>,
): Promise<PaymentMethodRow[]> {
  const indexes = indexesOf(ctx, 'payment_methods.method_ref', methodRef)
  const rows = await ctx.db.$queryRaw<PaymentMethodRow[]>`
    select ${columns} from payment_methods m
    where m.tenant_id = ${ctx.tenantId}::uuid and m.gateway_account_id = ${gatewayAccountId}::uuid
      and (m.method_ref_index = any (${indexes}::text[]) or m.method_ref = ${methodRef}) and m.state = 'active'
    order by m.id limit ${methodsAtMost}`
  return rows.map((row) => opened(ctx, row))
}

/** What a way to pay is called, also one that was forgotten; undefined when there is none. */
export async function readMethodName(
  ctx: TenantContext,
  id: string,
): Promise<Pick<PaymentMethodRow, 'label' | 'lastDigits' | 'expiresOn'> | undefined> {
  const [row] = await ctx.db.$queryRaw<Pick<PaymentMethodRow, 'label' | 'lastDigits' | 'expiresOn'>[]>`
    select m.label, m.last_digits as "lastDigits", m.expires_on::text as "expiresOn" from payment_methods m
    where m.tenant_id = ${ctx.tenantId}::uuid and m.id = ${id}::uuid`
  return row
}

/** Learns what is new of a way to pay; its owner is told anew before it ends. False when nothing is, or it was forgotten. */
export async function renewMethod(
  ctx: TenantContext,
  id: string,
  { label, lastDigits, expiresOn }: Pick<SavedMethod, 'label' | 'lastDigits' | 'expiresOn'>,
): Promise<boolean> {
  const renewed = await ctx.db.$executeRaw`
    update payment_methods set label = ${label}, last_digits = ${lastDigits}, expires_on = ${expiresOn}::date,
      expiry_noticed_on = case when expires_on is not distinct from ${expiresOn}::date then expiry_noticed_on end
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid and state = 'active'
      and (label, last_digits, expires_on) is distinct from (${label}, ${lastDigits}::text, ${expiresOn}::date)`
  return renewed === 1
}
