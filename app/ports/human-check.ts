/** A task that costs a browser a moment of work, as its page gets it; plain JSON. */
export type HumanTask = string

/** A solved task: the digest by which it is remembered as spent, and until when that matters. */
export type SolvedTask = { readonly digest: string; readonly expiresAt: Date }

/** What slows those down who open accounts by the thousand. Nothing is asked of the person, and nobody outside of us. */
export type HumanCheck = {
  /** A new task that may be solved until ten minutes after `now`. */
  task(now: Date): Promise<HumanTask>
  /** What an answer proves at `now`; null for one that is wrong, forged, too late or none of ours. */
  solved(answer: string, now: Date): Promise<SolvedTask | null>
}
