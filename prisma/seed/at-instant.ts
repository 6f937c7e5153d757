import { setClock } from '#app/config/clock.server.ts'

/** Does `work` as if it were done from `instant` on: the clock of this process starts there and goes on as fast as it does now. Then the one it had returns. */
export async function atInstant<T>(instant: Date, work: () => Promise<T>): Promise<T> {
  const begun = Date.now()
  const before = setClock({ now: () => new Date(instant.getTime() + Date.now() - begun) })
  try {
    return await work()
  } finally {
    setClock(before)
  }
}
