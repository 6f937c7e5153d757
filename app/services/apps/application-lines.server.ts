import { findTemplateByCode } from '#app/db/app-templates.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { compose } from '#app/domain/apps/composition.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { ApplicationWish, OrderLine } from '../orders/order-choice.ts'

export type ApplicationLinesInput = Pick<OrderLine, 'locationCode' | 'sshKey' | 'sshKeyId' | 'projectId'> & {
  readonly code: string
  readonly name: string
  /** What is left out is the tier's first size and its least number of servers. */
  readonly tiers: readonly { readonly tier: string; readonly planCode?: string | undefined; readonly count?: number | undefined }[]
}

/** The lines of an order that a new application is, one for each tier of its template. */
export async function applicationLines(
  ctx: TenantContext,
  { code, name, tiers: chosen, ...access }: ApplicationLinesInput,
): Promise<Result<readonly OrderLine[], 'application-not-offered' | 'tier-count'>> {
  const template = await findTemplateByCode(ctx, code)
  const areKnown = chosen.every(({ tier }) => template?.tiers.some((each) => each.code === tier))
  if (template?.state !== 'published' || !areKnown) return err('application-not-offered')
  const choices = chosen.map(({ tier, planCode, count }) => [tier, { plan: planCode, count: count?.toString() }] as const)
  const { tiers, problems } = compose(template.tiers, Object.fromEntries(choices))
  const [wrong] = problems
  if (wrong) return err(wrong.problem === 'tier-count' ? 'tier-count' : 'application-not-offered')
  const application: ApplicationWish = { templateCode: code, name }
  return ok(
    tiers.map(({ tier, planCode, count }) => ({
      ...access,
      ...{ planCode, imageCode: tier.imageCode, quantity: count, name: `${name}-${tier.code}`, tier: tier.code, application },
    })),
  )
}
