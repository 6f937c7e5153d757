import { listPayouts } from '#app/db/settlement/payouts.server.ts'
import { inParent, type ParentAccount } from '../purchases/in-parent.server.ts'
import { readTermsPage, type ToldTerms } from '../settlement/read-terms.server.ts'
import { type MadePayout, madeOf } from './read-payouts.server.ts'

export type OwnSettlement = {
  readonly history: readonly ToldTerms[]
  readonly now: ToldTerms | null
  readonly payouts: readonly MadePayout[]
  /** Terms that wait for this reseller's consent. */
  readonly asked: string | null
  readonly isIssuedByParent: boolean
}

/** The reseller's own edge, read in its parent as the buyer it is there. */
export function readOwnSettlement(parent: ParentAccount): Promise<OwnSettlement> {
  return inParent(parent, async (ctx) => {
    const page = await readTermsPage(ctx, parent.accountId)
    const history = page?.history ?? []
    return {
      history,
      now: page?.now ?? null,
      payouts: (await listPayouts(ctx, { accountId: parent.accountId })).map(madeOf),
      asked: history.find(({ waitsFor }) => waitsFor === 'child')?.id ?? null,
      isIssuedByParent: page?.settings.issuer === 'parent',
    }
  })
}
