import { asOffice } from '#tests/support/builders.ts'
import type { LogEntry } from '#tests/support/stripe-emulator/ledger.ts'

export type Comparison = {
  readonly attempts: number
  readonly payments: number
  /** In cents: what the gateway took, what was recorded, and what the ledger says the gateway holds. */
  readonly capturedThere: bigint
  readonly capturedHere: bigint
  readonly inLedger: bigint
  readonly different: readonly string[]
  readonly doubled: readonly string[]
  readonly unknown: readonly string[]
}

type Row = {
  readonly id: string
  readonly state: string
  readonly isOpen: boolean
  readonly targetId: string
  readonly paid: bigint
  readonly payments: number
}

/** The gateway's own log beside ours, attempt by attempt. */
export async function compareBooks(tenantId: string, log: readonly LogEntry[]): Promise<Comparison> {
  const [rows, inLedger] = await asOffice(tenantId, async ({ db }) => [
    await db.$queryRaw<Row[]>`
      select a.id, a.state, a.finished_at is null as "isOpen", t.target_id as "targetId",
        coalesce(sum(p.amount_minor), 0)::bigint as paid, count(p.id)::int as payments
      from payment_attempts a
      join payment_attempt_targets t on t.tenant_id = a.tenant_id and t.attempt_id = a.id
      left join payments p on p.tenant_id = a.tenant_id and p.source_key = 'attempt:' || a.id
      where a.tenant_id = ${tenantId}::uuid group by a.tenant_id, a.id, t.target_id`,
    await db.$queryRaw<{ minor: bigint }[]>`
      select coalesce(sum(p.amount_minor), 0)::bigint as minor from ledger_postings p
      join ledger_accounts a on a.tenant_id = p.tenant_id and a.id = p.ledger_account_id
      where p.tenant_id = ${tenantId}::uuid and a.code = 'clearing.stripe'`,
  ])
  const captured = log.filter(({ what }) => what === 'captured')
  const there = new Map<string, { times: number; units: bigint }>()
  for (const { attempt, units } of captured) {
    const known = there.get(attempt) ?? { times: 0, units: 0n }
    there.set(attempt, { times: known.times + 1, units: known.units + BigInt(units) })
  }
  const paidTargets = new Map<string, number>()
  for (const { id, targetId } of rows) if (there.has(id)) paidTargets.set(targetId, (paidTargets.get(targetId) ?? 0) + 1)
  const known = new Set(rows.map(({ id }) => id))
  const capturedThere = sumOf([...there.values()].map(({ units }) => units))
  const capturedHere = sumOf(rows.map(({ paid }) => paid))
  const total = inLedger[0]?.minor ?? 0n
  return {
    attempts: rows.length,
    payments: rows.reduce((count, row) => count + row.payments, 0),
    capturedThere,
    capturedHere,
    inLedger: total,
    different: [
      ...rows.filter(({ id, paid }) => paid !== (there.get(id)?.units ?? 0n)).map(({ id, state, paid }) => `${id} ${state} ${paid}`),
      ...[...there.keys()].filter((id) => !known.has(id)),
      ...(total === capturedHere ? [] : [`the ledger says ${total}`]),
    ],
    doubled: [
      ...[...there].filter(([, { times }]) => times > 1).map(([id]) => id),
      ...[...paidTargets].filter(([, times]) => times > 1).map(([id]) => id),
      ...rows.filter(({ payments }) => payments > 1).map(({ id }) => id),
    ],
    unknown: rows.filter(({ isOpen }) => isOpen).map(({ id, state }) => `${id} ${state}`),
  }
}

function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n)
}
