import { randomBytes } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import pg from 'pg'
import { badSetting } from '#app/config/configuration-error.server.ts'
import { rolePassword } from '#app/config/env.server.ts'
import { makeFolder } from './embedded/folders.server.ts'
import { dismissKeeper, isLeased, returnLease, takeLease, withLock } from './embedded/leases.server.ts'
import { lastingBase, type Place, placeAt, temporaryBase } from './embedded/place.server.ts'
import { initialise, type Postmaster, running, start, stop, superuser } from './embedded/postmaster.server.ts'

export type EmbeddedPostgres = {
  /** URL of the database `livery` for the superuser. */
  url: string
  port: number
  /** The secret of the installation, made at the first start. */
  secret: string
  /** Another process had started the server already. */
  isShared: boolean
  /** Ends this process's use. The last user to go stops the server. Safe to repeat. */
  stop(): Promise<void>
}

/** `dataDir` keeps its data; an ephemeral server lives in the temporary folder, fast and gone when it stops. */
export type EmbeddedOptions = { dataDir: string; ephemeral?: false } | { ephemeral: true }

/**
 * Starts PostgreSQL from its npm package on a free port of the loopback address, or joins the one that already runs for the
 * same folder. It stops when the last process using it stops, however that one ends.
 * @throws ConfigurationError when the folder cannot be written or holds another version's data.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const isEphemeral = options.ephemeral === true
  const base = isEphemeral ? await temporaryBase() : await lastingBase(options.dataDir)
  const secret = isEphemeral ? newSecret() : await installationSecret(options.dataDir)
  const password = rolePassword(superuser, secret)

  return withLock(base, async () => {
    const place = await placeAt(base, isEphemeral)
    const found = await usable(place)
    const postmaster = found ?? (await startFresh(place, password))
    const url = urlOf(postmaster.port, password, 'livery')
    try {
      await ensureDatabase(urlOf(postmaster.port, password, 'postgres'))
    } catch (error) {
      if (!isLeased(place)) await stop(place)
      if ((error as { code?: string }).code !== '28P01') throw error
      throw badSetting(
        'LIVERY_DATA_DIR',
        `holds a database made with another ${secretFile(place.base)}: restore that file or move the folder away`,
      )
    }
    takeLease(place)
    return { url, port: postmaster.port, secret, isShared: found !== undefined, stop: () => leave(place) }
  })
}

/** The secret in `<dataDir>/secret`, made when missing; only its owner can read it. */
export async function installationSecret(dataDir: string): Promise<string> {
  const file = join(resolve(dataDir), 'secret')
  try {
    await makeFolder(dirname(file))
    // `wx` lets one of two first starts win; both then read the winner's secret.
    await writeFile(file, `${newSecret()}\n`, { mode: 0o600, flag: 'wx' }).catch(ignoreExisting)
    return (await readFile(file, 'utf8')).trim()
  } catch (error) {
    throw badSetting('LIVERY_DATA_DIR', `(${dataDir}) cannot be used: ${(error as Error).message}`, error)
  }
}

// A server nobody holds a lease on belonged to a killed process and may be on its way out: it is stopped, not joined.
async function usable(place: Place): Promise<Postmaster | undefined> {
  const found = running(place)
  if (found?.ready && isLeased(place)) return found
  if (found) await stop(place)
  return undefined
}

async function startFresh(place: Place, password: string): Promise<Postmaster> {
  await initialise(place, password)
  return start(place)
}

async function leave(place: Place): Promise<void> {
  returnLease(place)
  if (place.temporary) {
    await stop(place)
    dismissKeeper(place)
    await rm(place.base, { recursive: true, force: true })
    await rm(dirname(place.data), { recursive: true, force: true })
    return
  }
  await withLock(place.base, async () => {
    if (isLeased(place)) return
    await stop(place)
    dismissKeeper(place)
  })
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rowCount } = await client.query(`select from pg_database where datname = 'livery'`)
    if (rowCount === 0) await client.query('create database livery')
  } finally {
    await client.end()
  }
}

function urlOf(port: number, password: string, database: string): string {
  return `postgresql://${superuser}:${password}@127.0.0.1:${port}/${database}`
}

function secretFile(base: string): string {
  return join(dirname(base), 'secret')
}

function newSecret(): string {
  return randomBytes(32).toString('hex')
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}
