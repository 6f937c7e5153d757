import autocannon from 'autocannon'

export type Load = { readonly requestsPerSecond: number; readonly p95Ms: number }
export type LoadOptions = {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly seconds?: number
  /** Instead of seconds: until that many were answered. */
  readonly requests?: number
}

/** Answers a second with 50 connections, and the time within which 95 of 100 came. @throws when one of them is not a success. */
export function load({ url, headers = {}, seconds = 8, requests }: LoadOptions): Promise<Load> {
  const times: number[] = []
  return new Promise((resolve, reject) => {
    const run = autocannon(
      { url, headers, connections: 50, ...(requests ? { amount: requests } : { duration: seconds }) },
      (failure, result) => {
        if (failure) return reject(failure)
        if (result.non2xx > 0 || result.errors > 0) return reject(new Error(`${url}: ${result.non2xx} refusals, ${result.errors} errors`))
        const sorted = times.sort((a, b) => a - b)
        resolve({
          requestsPerSecond: result.requests.total / result.duration,
          p95Ms: Math.round(sorted[Math.floor(sorted.length * 0.95)] ?? 0),
        })
      },
    )
    run.on('response', (_client, _status, _bytes, milliseconds) => times.push(milliseconds))
  })
}
