import { sourceOf } from '#app/db/cloud/application-source.server.ts'
import { findApplication, piecesOfApplications } from '#app/db/cloud/applications.server.ts'
import { serverNames } from '#app/db/cloud/resources.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { nextName } from '#app/domain/catalog/next-name.ts'
import type { OrderLine } from '../orders/order-choice.ts'

export type TierAsked = {
  readonly applicationId: string
  readonly tier: string
  /** The size; that of the tier's last server unless said. */
  readonly planCode?: string | undefined
}

/**
 * One more server of a tier as a line of an order, like those before it: where they stand, in their project and network, with their key
 * and the tier's present image. Null where the scope has no such application or tier.
 */
export async function nextServer(ctx: TenantContext, { applicationId, tier: code, planCode }: TierAsked): Promise<OrderLine | null> {
  const application = await findApplication(ctx, applicationId)
  const source = application && (await sourceOf(ctx, application))
  const tier = source?.tiers.find((each) => each.code === code)
  if (!application || !tier) return null
  const pieces = await piecesOfApplications(ctx, [applicationId])
  const last = pieces.findLast((piece) => piece.tier === code) ?? pieces.at(-1)
  const usual = tier.planCodes.find((each) => each === last?.planCode) ?? tier.planCodes[0] ?? ''
  const { sshKey, projectId, networkId } = last?.input ?? {}
  const taken = [...(await serverNames(ctx, application.accountId)), ...pieces.flatMap(({ input }) => input.name ?? [])]
  return {
    planCode: planCode ?? usual,
    locationCode: application.location,
    imageCode: tier.imageCode,
    tier: code,
    name: nextName(`${application.name}-${code}`, taken),
    ...(sshKey ? { sshKey } : {}),
    ...(projectId ? { projectId } : {}),
    ...(networkId ? { networkId } : {}),
  }
}
