/** Says something on the way; the one line of the result goes elsewhere. */
export type Note = (text: string) => void

/** The result of `work` and how long it took. */
export async function timed<T>(work: () => Promise<T>): Promise<{ seconds: number; result: T }> {
  const start = process.hrtime.bigint()
  const result = await work()
  return { seconds: Number(process.hrtime.bigint() - start) / 1e9, result }
}

/** The most memory this process has held so far, in MB. */
export function peakMb(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024)
}
