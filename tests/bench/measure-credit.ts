import { v7 } from 'uuid'
import { money } from '#app/domain/money/money.ts'
import { reserveCredit } from '#app/services/credit/reserve-credit.server.ts'
import { asOffice, buildAccount, buildContract, buildPriceBook, buildTenant } from '#tests/support/builders.ts'

type Buyer = { readonly accountId: string; readonly contractId: string; readonly positionId: string }
export type Speed = { readonly perSecond: number; readonly p50Ms: number; readonly p99Ms: number }

/** Decisions beside the bare conditional update of the same rows, by the same number of workers. */
export type CreditSpeed = { readonly accounts: number; readonly decisions: Speed; readonly bareUpdates: Speed; readonly ratio: number }

export type CreditLoad = { readonly accounts: number; readonly decisions: number; readonly workers: number }

/** A seller whose buyers have room for everything that is asked. */
export async function measureCredit({ accounts, decisions, workers }: CreditLoad): Promise<CreditSpeed> {
  const tenantId = await buildTenant({ slug: `credit-${v7()}` })
  const buyers = await plantBuyers(tenantId, accounts)
  const buyerOf = (turn: number) => buyers[(turn * 7919) % buyers.length] as Buyer
  const bare = (turn: number) =>
    asOffice(
      tenantId,
      ({ db }) => db.$executeRaw`update credit_positions set reserved_minor = reserved_minor + 1
        where tenant_id = ${tenantId}::uuid and id = ${buyerOf(turn).positionId}::uuid and reserved_minor + 1 <= base_limit_minor`,
    )
  const decide = (turn: number) => {
    const { contractId, accountId } = buyerOf(turn)
    const input = { contractId, accountId, source: { kind: 'order', id: v7() }, amount: money(1n, 'EUR'), heldUntil: null } as const
    return asOffice(tenantId, (ctx) => reserveCredit(ctx, input))
  }
  await inTurns(bare, { count: 200, workers })
  await inTurns(decide, { count: 200, workers })
  // Before and after: what else the machine does meets both.
  const first = await inTurns(bare, { count: decisions / 2, workers })
  const taken = await inTurns(decide, { count: decisions, workers })
  const second = await inTurns(bare, { count: decisions / 2, workers })
  const [decided, updated] = [speedOf([taken]), speedOf([first, second])]
  return { accounts, decisions: decided, bareUpdates: updated, ratio: Math.round((decided.perSecond / updated.perSecond) * 100) / 100 }
}

/** The first buyer is built like any other, the rest are copies of it. */
async function plantBuyers(tenantId: string, accounts: number): Promise<Buyer[]> {
  const { priceBookId } = await buildPriceBook(tenantId, [])
  const accountId = await buildAccount(tenantId)
  const contractId = await buildContract(tenantId, { accountId, priceBookId, creditLimitMinor: 1_000_000_000n })
  return asOffice(tenantId, async ({ db }) => {
    const account = await db.account.findFirstOrThrow({ where: { tenantId, id: accountId } })
    const contract = await db.contract.findFirstOrThrow({ where: { tenantId, id: contractId } })
    const others = Array.from({ length: accounts - 1 }, () => v7())
    await db.account.createMany({ data: others.map((id) => ({ ...account, id })) })
    await db.contract.createMany({ data: others.map((id) => ({ ...contract, id: v7(), accountId: id })) })
    const positions = await db.creditPosition.findMany({
      where: { tenantId },
      select: { id: true, accountId: true, contractId: true },
      orderBy: { id: 'asc' },
    })
    return positions.map(({ id, ...buyer }) => ({ ...buyer, positionId: id }))
  })
}

type Run = { readonly seconds: number; readonly milliseconds: readonly number[] }

/** Runs `work` so many times, by workers that each do one after the other. */
async function inTurns(work: (turn: number) => Promise<unknown>, { count, workers }: { count: number; workers: number }): Promise<Run> {
  const milliseconds: number[] = []
  let turn = 0
  const started = performance.now()
  const worker = async () => {
    while (turn < count) {
      const own = turn++
      const from = performance.now()
      await work(own)
      milliseconds.push(performance.now() - from)
    }
  }
  await Promise.all(Array.from({ length: workers }, worker))
  return { seconds: (performance.now() - started) / 1000, milliseconds }
}

function speedOf(runs: readonly Run[]): Speed {
  const all = runs.flatMap(({ milliseconds }) => milliseconds).toSorted((a, b) => a - b)
  const seconds = runs.reduce((sum, run) => sum + run.seconds, 0)
  const at = (share: number) => Math.round((all[Math.min(all.length - 1, Math.floor(all.length * share))] ?? 0) * 10) / 10
  return { perSecond: Math.round(all.length / seconds), p50Ms: at(0.5), p99Ms: at(0.99) }
}
