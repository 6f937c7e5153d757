import { readFile } from 'node:fs/promises'
import type pg from 'pg'
import { inTenant } from '#app/db/context.server.ts'
import { customerPermissions } from '#app/domain/tenancy/permissions.ts'
import { addApiKey } from '#app/services/access/api-keys.server.ts'
import type { Place } from './crawl.ts'
import { readable, type Visitor } from './visitor.ts'

/** Who reads: a person of the seller's customer. */
export type Reader = { readonly tenantId: string; readonly userId: string; readonly accountId: string }

/** Of a list, so many objects are opened. */
const ofAList = 3
const root = '/api/v1'

/** The person of this address at a seller. @throws when there is none. */
export async function readerCalled(admin: pg.Client, tenantId: string, email: string): Promise<Reader> {
  const { rows } = await admin.query<Reader>(
    `select u.tenant_id as "tenantId", u.id as "userId", m.account_id as "accountId" from users u
       join memberships m on m.tenant_id = u.tenant_id and m.user_id = u.id where u.tenant_id = $1 and u.email = $2`,
    [tenantId, email],
  )
  const [reader] = rows
  if (!reader) throw new Error(`readerCalled: nobody is called ${email}`)
  return reader
}

/** What a program of the customer's gets: every address of the interface that can be read, refusals included. */
export async function* apiPlaces(visitor: Visitor, reader: Reader): AsyncGenerator<Place> {
  const bearer = await keyOf(reader)
  const ids = new Map<string, readonly string[]>()
  for (const template of await readPaths()) {
    for (const path of pathsOf(template, ids)) {
      const answer = await visitor.ask({ path: root + path, bearer })
      yield { name: `api ${path}`, text: readable(answer) }
      if (template === path && answer.status === 200) ids.set(path, idsIn(answer.body))
    }
  }
  for (const path of ['/account', '/openapi.json', '/servers/srv_none']) {
    yield { name: `api ${path}, no key`, text: readable(await visitor.ask({ path: root + path })) }
    yield { name: `api ${path}, as a form`, text: readable(await visitor.ask({ path: root + path, method: 'POST', bearer, form: {} })) }
  }
}

/** Addresses that are read, lists before what is in them. */
async function readPaths(): Promise<string[]> {
  const { paths } = JSON.parse(await readFile('docs/openapi.json', 'utf8')) as { paths: Record<string, object> }
  const read = Object.entries(paths).flatMap(([path, methods]) => ('get' in methods ? [path] : []))
  return read.toSorted((a, b) => a.split('/').length - b.split('/').length)
}

/** The addresses of a template: itself, or one for each of the first objects of the list its parameter is from. */
function pathsOf(template: string, ids: ReadonlyMap<string, readonly string[]>): string[] {
  const [list = '', rest] = template.split(/\/\{\w+\}/)
  if (rest === undefined) return [template]
  return (ids.get(list) ?? []).slice(0, ofAList).map((id) => `${list}/${id}${rest}`)
}

function idsIn(body: Buffer): string[] {
  const { data } = JSON.parse(body.toString()) as { readonly data?: unknown }
  return Array.isArray(data) ? data.flatMap(({ id }: { id?: string }) => (id ? [id] : [])) : []
}

async function keyOf({ tenantId, userId, accountId }: Reader): Promise<string> {
  const input = { userId, accountId, rights: { isOwner: true, permissions: [] }, name: 'Reader', networks: '', expiresAt: null }
  const added = await inTenant(tenantId, (ctx) => addApiKey(ctx, { ...input, permissions: customerPermissions }))
  if (!added.ok) throw new Error(`keyOf: ${added.error}`)
  return added.value.secret
}
