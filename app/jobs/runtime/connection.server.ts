import pg from 'pg'

/** What a statement needs: the pool, or the one connection of a transaction. */
export type Queryable = Pick<pg.ClientBase, 'query'>
export type Pool = pg.Pool

const serializationFailure = '40001'
const deadlockDetected = '40P01'
const maxTries = 5

/**
 * Connections as role livery_jobs. A connection that the server drops is replaced at the next use, and `onError` is told its reason; what
 * happens to connections once the pool is ending is nobody's concern.
 */
export function openPool(databaseUrl: string, max: number, onError: (error: Error) => void = () => undefined): Pool {
  const pool = new pg.Pool({ connectionString: databaseUrl, max, application_name: 'livery-jobs' })
  pool.on('error', ({ message, name }) => {
    if (!pool.ending) onError({ message, name })
  })
  return pool
}

/** One transaction; tried again, at most five times, when the server asks for it. */
export async function inTransaction<T>(pool: Pool, work: (db: Queryable) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await transact(pool, work)
    } catch (error) {
      const code = (error as { code?: string }).code
      if (tries >= maxTries || (code !== serializationFailure && code !== deadlockDetected)) throw error
    }
  }
}

async function transact<T>(pool: Pool, work: (db: Queryable) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch((rollbackError: Error) => {
      broken = rollbackError
    })
    throw error
  } finally {
    client.release(broken)
  }
}
