import { fromPublicId, type PublicKind } from '#app/domain/shared/ids.ts'
import { applicationLines } from '#app/services/apps/application-lines.server.ts'
import { type OrderLine, textProblem } from '#app/services/orders/order-choice.ts'
import type { TenantContext } from '#app/wiring.server.ts'
import { type Refused, refused } from './answer.server.ts'
import type { Items } from './order-schemas.ts'
import type { FieldProblem } from './problems.server.ts'

type Item = Items[number]
const isRefused = (result: readonly OrderLine[] | Refused): result is Refused => 'ok' in result

/** What the items of a body order, every tier of an application as a line; what of them makes no sense is told by its place. */
export async function linesOfItems(
  ctx: TenantContext,
  { items, accountId }: { readonly items: Items; readonly accountId: string },
): Promise<readonly OrderLine[] | Refused> {
  const lines: OrderLine[] = []
  for (const [place, item] of items.entries()) {
    const own = await linesOfItem(ctx, item, { accountId, pointer: `/items/${place}` })
    if (isRefused(own)) return own
    lines.push(...own)
  }
  return lines
}

type Placed = { readonly accountId: string; readonly pointer: string }

async function linesOfItem(ctx: TenantContext, item: Item, { accountId, pointer }: Placed): Promise<readonly OrderLine[] | Refused> {
  const ids = idsOf(item)
  const wrong = [...ids.wrong, ...textsOf(item)].map(({ pointer: field, code }) => ({ pointer: `${pointer}/${field}`, code }))
  if (wrong.length > 0) return refused('invalid-request', wrong)
  const { location: locationCode, ssh_key: sshKey } = item
  const access = { locationCode, sshKey, sshKeyId: ids.sshKeyId, projectId: ids.projectId }
  if (item.type === 'product') {
    const { product: planCode, quantity, options: optionCodes, units, note } = item
    const imageCode = ids.imageId ?? item.image
    return [{ ...access, planCode, quantity, optionCodes, units, note, imageCode, networkId: ids.networkId, name: item.name }]
  }
  const tiers = item.tiers.map(({ tier, product: planCode, count }) => ({ tier, planCode, count }))
  const lines = await applicationLines(ctx, { ...access, accountId, code: item.application, name: item.name ?? '', tiers })
  return lines.ok ? lines.value : refused(lines.error)
}

/** The ids in an item, and which of them are the ids of nothing such. */
function idsOf(item: Item) {
  const wrong: FieldProblem[] = []
  const read = (kind: PublicKind, field: string, text: string | undefined) => {
    const id = text === undefined ? undefined : fromPublicId(kind, text)
    if (text !== undefined && !id) wrong.push({ pointer: field, code: 'invalid' })
    return id
  }
  const image = item.type === 'product' && item.image?.startsWith('img_') ? item.image : undefined
  return {
    sshKeyId: read('ssh-key', 'ssh_key_id', item.ssh_key_id),
    projectId: read('project', 'project_id', item.project_id),
    networkId: read('network', 'network_id', item.type === 'product' ? item.network_id : undefined),
    imageId: read('image', 'image', image),
    wrong,
  }
}

function textsOf({ name, ssh_key: sshKey }: Item): FieldProblem[] {
  const problem = textProblem({ name, sshKey })
  return problem ? [{ pointer: problem === 'malformed-name' ? 'name' : 'ssh_key', code: problem }] : []
}
