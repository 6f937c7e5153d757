import { fromPublicId } from '#app/domain/shared/ids.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

/** What a table of usage names, by the text it is named with. */
export type NamedOwners = {
  readonly resources: ReadonlyMap<string, { readonly ref: string; readonly name: string }>
  readonly accounts: ReadonlySet<string>
}

export type NamesOfOwners = { readonly cloudRef: string; readonly resources: readonly string[]; readonly accounts: readonly string[] }

/**
 * The resources among `resources`, by their id in the cloud or by their public id, and the accounts among `accounts`, by public id. A
 * resource of another cloud keeps its public id as ref: its id over there says nothing in this one.
 */
export async function readNamedOwners(ctx: TenantContext, { cloudRef, resources, accounts }: NamesOfOwners): Promise<NamedOwners> {
  const { db, tenantId } = ctx
  const texts = [...new Set(resources)]
  const byId = new Map(texts.flatMap((text) => pair(fromPublicId('resource', text), text)))
  const rows = await db.$queryRaw<{ id: string; ref: string; name: string; isHere: boolean }[]>`
    select id, external_id as ref, name, cloud_ref = ${cloudRef}::uuid as "isHere" from resources
    where tenant_id = ${tenantId}::uuid
      and (cloud_ref = ${cloudRef}::uuid and external_id = any (${texts}::text[]) or id = any (${[...byId.keys()]}::uuid[]))`
  const named = rows.flatMap(({ id, ref, name, isHere }) => {
    const publicId = byId.get(id)
    const byPublicId = publicId ? [[publicId, { ref: isHere ? ref : publicId, name }] as const] : []
    return isHere ? [[ref, { ref, name }] as const, ...byPublicId] : byPublicId
  })
  return { resources: new Map(named), accounts: await readNamedAccounts(ctx, accounts) }
}

/** Which of `texts` are public ids of accounts of the tenant. */
export async function readNamedAccounts({ db, tenantId }: TenantContext, texts: readonly string[]): Promise<Set<string>> {
  const byId = new Map([...new Set(texts)].flatMap((text) => pair(fromPublicId('account', text), text)))
  if (byId.size === 0) return new Set()
  const rows = await db.$queryRaw<{ id: string }[]>`
    select id from accounts where tenant_id = ${tenantId}::uuid and id = any (${[...byId.keys()]}::uuid[])`
  return new Set(rows.flatMap(({ id }) => byId.get(id) ?? []))
}

/** The connection of the tenant that only takes files, made now when there is none. */
export async function ensureFileConnection({ db, tenantId, now }: TenantContext): Promise<string> {
  await db.$executeRaw`
    insert into cloud_connections (tenant_id, id, name, adapter, endpoint, billed_server_meter, created_at)
    select ${tenantId}::uuid, ${newId()}::uuid, 'Files', 'file', 'file:', 'running', ${now}
    where not exists (select 1 from cloud_connections c where c.tenant_id = ${tenantId}::uuid and c.adapter = 'file')
    on conflict do nothing`
  const [row] = await db.$queryRaw<{ id: string }[]>`
    select id from cloud_connections where tenant_id = ${tenantId}::uuid order by adapter = 'file' desc, created_at limit 1`
  return row?.id as string
}

function pair(id: string | undefined, text: string): [string, string][] {
  return id ? [[id, text]] : []
}
