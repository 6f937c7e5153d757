import type { TenantContext } from '#app/db/context.server.ts'
import { compose } from '#app/domain/apps/composition.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { ApplicationWish, OrderLine } from '../orders/order-choice.ts'
import { orderedApp } from './ordered-app.server.ts'

export type ApplicationLinesInput = Pick<OrderLine, 'locationCode' | 'sshKey' | 'sshKeyId' | 'projectId'> & {
  readonly accountId: string
  /** Of a template, or of a design of the account's. */
  readonly code: string
  readonly name: string
  /** What is left out is the tier's first size and its least number of servers. */
  readonly tiers: readonly { readonly tier: string; readonly planCode?: string | undefined; readonly count?: number | undefined }[]
}

/** The lines of an order that a new application is, one for each tier of its template or design. */
export async function applicationLines(
  ctx: TenantContext,
  { accountId, code, name, tiers: chosen, ...access }: ApplicationLinesInput,
): Promise<Result<readonly OrderLine[], 'application-not-offered' | 'tier-count'>> {
  const app = await orderedApp(ctx, { code, accountId })
  const areKnown = chosen.every(({ tier }) => app?.tiers.some((each) => each.code === tier))
  if (!app || !areKnown) return err('application-not-offered')
  const choices = chosen.map(({ tier, planCode, count }) => [tier, { plan: planCode, count: count?.toString() }] as const)
  const { tiers, problems } = compose(app.tiers, Object.fromEntries(choices))
  const [wrong] = problems
  if (wrong) return err(wrong.problem === 'tier-count' ? 'tier-count' : 'application-not-offered')
  const application: ApplicationWish = { templateCode: code, name }
  return ok(
    tiers.map(({ tier, planCode, count }) => ({
      ...access,
      ...(app.networkId === null ? {} : { networkId: app.networkId }),
      planCode,
      imageCode: tier.imageCode,
      quantity: count,
      name: `${name}-${tier.code}`,
      tier: tier.code,
      application,
    })),
  )
}
