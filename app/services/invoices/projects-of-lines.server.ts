import { accountsByProject, sumByProject } from '#app/db/charges/line-projects.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { type ProjectShare, shareLines } from '#app/domain/invoice/project-shares.ts'
import type { BillingDraft } from '../billing/draft-invoice.server.ts'
import type { IssuedLines } from './issue-invoice.ts'

type Issued = { readonly drafted: BillingDraft; readonly lines: IssuedLines }

/**
 * What of each line belongs to which project, by the ids of the lines: of those invoices whose payers want them so. Call it while the charges
 * are still open.
 */
export async function projectsOfLines(
  ctx: TenantContext,
  issued: readonly Issued[],
): Promise<ReadonlyMap<string, readonly ProjectShare[]>> {
  const wanting = await accountsByProject(
    ctx,
    issued.map(({ drafted }) => drafted.contract.accountId),
  )
  const told = issued.filter(({ drafted }) => wanting.has(drafted.contract.accountId))
  const sums = await sumByProject(
    ctx,
    told.map(({ drafted }) => drafted.reach),
  )
  return new Map(told.flatMap(({ drafted, lines }) => [...shareLines(lines, sums.get(drafted.contract.id) ?? new Map())]))
}
