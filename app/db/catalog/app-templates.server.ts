import { type AppTier, type TemplateState, tiersOf } from '#app/domain/apps/app-template.ts'
import type { TenantContext } from '../context.server.ts'
import type { Prisma } from '../generated/client.ts'
import { newId } from '../ids.server.ts'

/** An application as staff composed it. Name and description by language. */
export type AppTemplateRow = {
  readonly id: string
  readonly code: string
  readonly name: Readonly<Record<string, string>>
  readonly description: Readonly<Record<string, string>>
  readonly tiers: readonly AppTier[]
  readonly state: TemplateState
}

const columns = { id: true, code: true, name: true, description: true, tiers: true, state: true } as const
type Kept = { readonly name: unknown; readonly description: unknown; readonly tiers: unknown; readonly state: string }

function toTemplate<T extends Kept>(row: T) {
  const { name, description, tiers, state } = row
  const words = { name: name as Record<string, string>, description: description as Record<string, string> }
  return { ...row, ...words, tiers: tiersOf(tiers), state: state as TemplateState }
}

/** A template by its id; null when the scope has none such. */
export async function findTemplate({ db, tenantId }: TenantContext, id: string): Promise<AppTemplateRow | null> {
  const row = await db.appTemplate.findUnique({ where: { tenantId_id: { tenantId, id } }, select: columns })
  return row && toTemplate(row)
}

/** A template by its code; null when the scope has none such. */
export async function findTemplateByCode({ db, tenantId }: TenantContext, code: string): Promise<AppTemplateRow | null> {
  const row = await db.appTemplate.findUnique({ where: { tenantId_code: { tenantId, code } }, select: columns })
  return row && toTemplate(row)
}

/** Templates in the order they are listed, those of `state` alone where it is given. */
export async function listTemplates({ db, tenantId }: TenantContext, state?: TemplateState): Promise<AppTemplateRow[]> {
  const rows = await db.appTemplate.findMany({
    where: { tenantId, ...(state ? { state } : {}) },
    select: columns,
    orderBy: [{ position: 'asc' }, { code: 'asc' }],
    take: 100,
  })
  return rows.map(toTemplate)
}

/** Adds a hidden template without tiers after all others; null when its code is taken. */
export async function insertTemplate(
  { db, tenantId, now }: TenantContext,
  { code, name }: Pick<AppTemplateRow, 'code' | 'name'>,
): Promise<string | null> {
  const id = newId()
  const position = await db.appTemplate.count({ where: { tenantId } })
  const facts = { code, name: { ...name }, description: {}, tiers: [], state: 'hidden', position, createdAt: now, changedAt: now }
  const { count } = await db.appTemplate.createMany({ data: [{ tenantId, id, ...facts }], skipDuplicates: true })
  return count === 1 ? id : null
}

export type TemplateChange = Partial<Omit<AppTemplateRow, 'id' | 'code'>>

/** Changes what is named of a template. */
export async function updateTemplate({ db, tenantId, now }: TenantContext, id: string, change: TemplateChange): Promise<void> {
  const { name, description, tiers, state } = change
  await db.appTemplate.updateMany({
    where: { tenantId, id },
    data: {
      ...(name ? { name: { ...name } } : {}),
      ...(description ? { description: { ...description } } : {}),
      ...(tiers ? { tiers: tiers as unknown as Prisma.InputJsonArray } : {}),
      ...(state ? { state } : {}),
      changedAt: now,
    },
  })
}

/** Holds a template until the transaction ends, so that changes of its tiers follow each other; null when there is none. */
export async function lockTemplate(ctx: TenantContext, id: string): Promise<AppTemplateRow | null> {
  await ctx.db.$executeRaw`select 1 from app_templates where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid for no key update`
  return findTemplate(ctx, id)
}
