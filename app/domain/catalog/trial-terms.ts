import { z } from 'zod'

/** Whether a buyer may try a product once, or again when a trial is over. */
export const trialUses = ['again', 'once'] as const

const most = z.number().int().min(1).nullish().catch(null)
const TrialSpec = z.object({
  trialDays: most,
  trialServers: most,
  trialVcpus: most,
  trialDiskGib: most,
  trialTrafficGb: most,
  trialUse: z.enum(trialUses).nullish().catch(null),
})

/** What a trial is counted in: servers and their sizes that run in trial now, and what they have sent. */
export const trialMeasures = ['servers', 'vcpus', 'diskGib', 'trafficGb'] as const
export type TrialMeasure = (typeof trialMeasures)[number]

/** What a seller lets a buyer have of a product in trial at most; null for no limit. */
export type TrialTerms = { readonly isOnce: boolean; readonly limits: Readonly<Record<TrialMeasure, number | null>> }

/** What a product's spec says of its trial; null for a product without one. Anything unreadable counts as nothing said. */
export function trialOf(spec: unknown): TrialTerms | null {
  const { data } = TrialSpec.safeParse(spec)
  if (!data?.trialDays) return null
  const { trialServers, trialVcpus, trialDiskGib, trialTrafficGb, trialUse } = data
  return {
    isOnce: trialUse === 'once',
    limits: {
      servers: trialServers ?? null,
      vcpus: trialVcpus ?? null,
      diskGib: trialDiskGib ?? null,
      trafficGb: trialTrafficGb ?? null,
    },
  }
}

/** What a buyer has in trial. Traffic may be a fraction: whole gigabytes decide. */
export type TrialUsed = Readonly<Record<TrialMeasure, number>>

/** The size of one more server in trial; nothing of what builds none. */
export type TrialAsked = { readonly vcpus: number; readonly diskGib: number } | null

/** Why one more may not begin in trial: the buyer had one before, or it goes beyond a limit. Null when it may. */
export function trialProblem(
  { isOnce, limits }: TrialTerms,
  { used, hadBefore }: { readonly used: TrialUsed; readonly hadBefore: boolean },
  asked: TrialAsked,
): 'trial-used' | 'trial-limit' | null {
  if (isOnce && hadBefore) return 'trial-used'
  const after: TrialUsed = {
    servers: used.servers + 1,
    vcpus: used.vcpus + (asked?.vcpus ?? 0),
    diskGib: used.diskGib + (asked?.diskGib ?? 0),
    // What is used up leaves nothing for another one.
    trafficGb: used.trafficGb + 1,
  }
  const isBeyond = trialMeasures.some((measure) => after[measure] > (limits[measure] ?? Number.POSITIVE_INFINITY))
  return isBeyond ? 'trial-limit' : null
}
