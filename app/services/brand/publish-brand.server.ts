import { dropBrandDraft, findBrandDraft, findBrandVersion } from '#app/db/sellers/brands.server.ts'
import { err, type Result } from '#app/domain/shared/result.ts'
import type { TenantProcess } from '../tenant-process.server.ts'
import type { BrandPorts } from './brand-ports.ts'
import { drawCard, keptLogo, publishContent } from './publish-content.server.ts'

export type PublishBrandError = 'nothing-to-publish' | 'not-legible' | 'changed-meanwhile' | 'published-meanwhile'

/** Makes the draft what the seller wears. Refused while a pair of its colours falls short of WCAG AA. Returns the version's number. */
export async function publishBrand(process: TenantProcess<BrandPorts>, revision: number): Promise<Result<number, PublishBrandError>> {
  const draft = await process.inTenant((ctx) => findBrandDraft(ctx))
  if (!draft) return err('nothing-to-publish')
  if (draft.revision !== revision) return err('changed-meanwhile')
  const { content } = draft
  if (!process.ports.isLegible(content.look)) return err('not-legible')

  const card = await drawCard(process.ports, { content, logo: await keptLogo(process.tenantId, content) })
  return process.inTenant(async (ctx): Promise<Result<number, PublishBrandError>> => {
    if (!(await dropBrandDraft(ctx, revision))) return err('changed-meanwhile')
    return publishContent(ctx, { content, card, restoredFrom: null })
  })
}

export type RollBackError = 'version-not-found' | 'published-meanwhile'

/** Brings back what was worn under `number`, as a new version; a draft stays a draft. Returns the new number. */
export async function rollBackBrand(process: TenantProcess<BrandPorts>, number: number): Promise<Result<number, RollBackError>> {
  const version = await process.inTenant((ctx) => findBrandVersion(ctx, number))
  if (!version) return err('version-not-found')
  const { content } = version
  const card = await drawCard(process.ports, { content, logo: await keptLogo(process.tenantId, content) })
  return process.inTenant((ctx) => publishContent(ctx, { content, card, restoredFrom: number }))
}
