import { AsyncLocalStorage } from 'node:async_hooks'
import { clock } from '#app/config/clock.server.ts'
import { type Actor, systemActor } from '#app/domain/shared/actor.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { appClient, systemClient } from './client.server.ts'
import type { Prisma } from './generated/client.ts'
import { isRetriable } from './retriable.server.ts'

/** A handle inside one transaction of one tenant. */
export type Database = Prisma.TransactionClient

/** Who is looking: a seller's back office, a buyer's panel, a visitor of the store, or the sign-in itself. */
export type Scope = 'office' | 'panel' | 'store' | 'auth'

/** What a transactional use case gets: one tenant, one transaction, one instant. No network. */
export type TenantContext = {
  readonly db: Database
  readonly tenantId: string
  readonly actor: Actor
  readonly now: Date
  readonly scope: Scope
}

export type ContextOptions = { readonly actor?: Actor }
/** `projectIds`: what a limited member may see of the accounts; everything when null. */
export type PanelOptions = ContextOptions & { readonly projectIds?: readonly string[] | null }

type Opening = {
  readonly tenantId: string
  readonly scope: Scope
  readonly accountIds: readonly string[]
  readonly projectIds?: readonly string[] | null
  readonly actor: Actor
}

const open = new AsyncLocalStorage<string>()
const attempts = 5

/** Carries a refused result out of the transaction, so that it rolls back. */
class Refusal extends Error {
  constructor(readonly result: unknown) {
    super('rolled back')
  }
}

/**
 * Runs `work` in one transaction that sees the rows of `tenantId` only, with the rights of the seller's office.
 * A result with `ok: false` rolls back and is returned; serialization failures and deadlocks repeat the whole
 * transaction, at most five times. Inside another one it throws: the inner would be a second transaction.
 */
export function inTenant<T>(tenantId: string, work: (ctx: TenantContext) => Promise<T>, options: ContextOptions = {}): Promise<T> {
  return run({ tenantId, scope: 'office', accountIds: [], actor: options.actor ?? systemActor('livery') }, work)
}

/** The same for a buyer: only rows of `accountIds` (the member's accounts and their departments) exist, and of those what `projectIds` hold now. */
export function inPanel<T>(
  tenantId: string,
  accountIds: readonly string[],
  work: (ctx: TenantContext) => Promise<T>,
  { actor = systemActor('livery'), projectIds = null }: PanelOptions = {},
): Promise<T> {
  return run({ tenantId, scope: 'panel', accountIds, projectIds, actor }, work)
}

/** The same for a visitor of the tenant's store: what is published, and nothing of any account. */
export function inStore<T>(tenantId: string, work: (ctx: TenantContext) => Promise<T>, options: ContextOptions = {}): Promise<T> {
  return run({ tenantId, scope: 'store', accountIds: [], actor: options.actor ?? systemActor('livery') }, work)
}

/** The same for app/auth: people, memberships and sessions of the tenant, and nothing else of it. */
export function inAuth<T>(tenantId: string, work: (ctx: TenantContext) => Promise<T>, options: ContextOptions = {}): Promise<T> {
  return run({ tenantId, scope: 'auth', accountIds: [], actor: options.actor ?? systemActor('livery') }, work)
}

/** Reads across tenants as livery_system, whose policies name the few tables it may see. `reason` stands in the database's log. */
export function asSystem<T>(reason: string, work: (db: Database) => Promise<T>): Promise<T> {
  invariant(reason.length > 3, 'asSystem: a reason is needed')
  return systemClient().$transaction(async (db) => {
    await db.$executeRaw`select set_config('application_name', ${`livery: ${reason}`.slice(0, 63)}, true), set_config('TimeZone', 'UTC', true)`
    return work(db)
  })
}

async function run<T>(opening: Opening, work: (ctx: TenantContext) => Promise<T>): Promise<T> {
  invariant(open.getStore() === undefined, `a transaction for tenant ${open.getStore()} is open already`)
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await open.run(opening.tenantId, () => transact(opening, work))
    } catch (failure) {
      if (failure instanceof Refusal) return failure.result as T
      if (attempt >= attempts || !isRetriable(failure)) throw failure
      await new Promise((resolve) => setTimeout(resolve, 2 ** attempt * 5 * (0.5 + Math.random())))
    }
  }
}

function transact<T>(opening: Opening, work: (ctx: TenantContext) => Promise<T>): Promise<T> {
  const { tenantId, scope, actor } = opening
  // The client writes and reads instants without an offset: in a server's own time zone they would be others.
  return appClient().$transaction(async (db) => {
    await db.$executeRaw`
      select set_config('app.tenant_id', ${tenantId}, true), set_config('app.scope', ${scope}, true),
             set_config('app.account_ids', ${`{${opening.accountIds.join(',')}}`}, true), set_config('TimeZone', 'UTC', true)`
    if (opening.projectIds) await limitTo(db, tenantId, opening.projectIds)
    const result = await work({ db, tenantId, actor, now: clock.now(), scope })
    if (isRefused(result)) throw new Refusal(result)
    return result
  })
}

/** What stands in `projectIds` now, and nothing else of the accounts: policies compare rows with these settings, so they are read once. */
async function limitTo(db: Database, tenantId: string, projectIds: readonly string[]): Promise<void> {
  const projects = `{${projectIds.join(',')}}`
  // Before the limit holds: of an application it takes all servers to know whether they are in the projects.
  await db.$executeRaw`
    with servers as (
      select p.application_id, r.state <> 'deleted' as stands, exists (
        select from project_resources i where i.tenant_id = r.tenant_id and i.resource_id = r.id and i.ends_at is null
          and i.project_id = any (${projects}::uuid[])) as is_in
      from application_pieces p
      join orders o on o.tenant_id = p.tenant_id and o.id = p.order_id
      join resources r on r.tenant_id = o.tenant_id and r.id = o.resource_id
      where p.tenant_id = ${tenantId}::uuid
    ), whole as (
      select application_id from servers group by 1 having bool_or(is_in) and bool_and(is_in or not stands)
    )
    select set_config('app.application_ids', coalesce(array_agg(application_id)::text, '{}'), true) from whole`
  await db.$executeRaw`select set_config('app.project_ids', ${projects}, true)`
  await db.$executeRaw`
    select set_config('app.resource_ids', coalesce(array_agg(p.resource_id)::text, '{}'), true),
      set_config('app.budget_ids', coalesce((select array_agg(b.id)::text from budgets b where b.tenant_id = ${tenantId}::uuid), '{}'), true)
    from project_resources p where p.tenant_id = ${tenantId}::uuid and p.ends_at is null`
  await db.$executeRaw`
    select set_config('app.subscription_ids', coalesce(array_agg(r.subscription_id) filter (where r.subscription_id is not null), '{}')::text, true)
    from resources r where r.tenant_id = ${tenantId}::uuid`
}

function isRefused(result: unknown): boolean {
  return typeof result === 'object' && result !== null && 'ok' in result && result.ok === false
}
