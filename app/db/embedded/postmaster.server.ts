import { execFile, spawn } from 'node:child_process'
import { existsSync, openSync, readFileSync } from 'node:fs'
import { mkdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { badSetting } from '#app/config/configuration-error.server.ts'
import { giveTo, type Place } from './place.server.ts'
import { commandLine } from './processes.server.ts'

const run = promisify(execFile)
const startTimeoutMs = 90_000
const stopTimeoutMs = 20_000
const majorVersion = '18'

/** A server process that uses a place. */
export type Postmaster = { pid: number; port: number; ready: boolean }

const lastingSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  timezone: 'UTC',
  log_timezone: 'UTC',
  jit: 'off',
}

// A temporary server may lose its data with the machine, so it never waits for a disk.
const temporarySettings = {
  ...lastingSettings,
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  autovacuum_naptime: '10min',
}

/** The name of the superuser of an embedded server. */
export const superuser = 'postgres'

/** Makes the data folder when there is none. Safe to repeat after a killed attempt. */
export async function initialise(place: Place, password: string): Promise<void> {
  if (existsSync(place.data)) return refuseOtherVersion(place)

  const unfinished = `${place.data}.new`
  const passwordFile = `${place.data}.password`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { mode: 0o700 })
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
  await giveTo(place.user, unfinished)
  await giveTo(place.user, passwordFile)
  try {
    // Not synced to disk: a machine that stops in these seconds leaves an empty database to throw away.
    const options = [
      '--no-sync',
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ]
    await run(join(place.bin, 'initdb'), [`--pgdata=${unfinished}`, `--username=${superuser}`, `--pwfile=${passwordFile}`, ...options], {
      ...place.user,
      cwd: '/',
      env: serverEnvironment(),
    })
  } finally {
    await rm(passwordFile, { force: true })
  }
  await rename(unfinished, place.data)
}

async function refuseOtherVersion(place: Place): Promise<void> {
  const version = (await readFile(join(place.data, 'PG_VERSION'), 'utf8')).trim()
  if (version === majorVersion) return
  throw badSetting('LIVERY_DATA_DIR', `holds a database of PostgreSQL ${version}; this release runs ${majorVersion}. Move the folder away.`)
}

/** Starts a server on a free port and waits until it answers. */
export async function start(place: Place): Promise<Postmaster> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await startOn(place, await freePort())
    if (typeof outcome !== 'string') return outcome
    if (attempt === 3 || !/address already in use/i.test(outcome)) throw new Error(`The embedded PostgreSQL did not start:\n${outcome}`)
  }
}

async function startOn(place: Place, port: number): Promise<Postmaster | string> {
  const log = logFile(place)
  await writeFile(log, '', { flag: 'a' })
  await truncate(log)
  await rm(join(place.data, 'postmaster.pid'), { force: true })
  const settings = Object.entries(place.temporary ? temporarySettings : lastingSettings).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  const output = openSync(log, 'a')
  const child = spawn(join(place.bin, 'postgres'), ['-D', place.data, '-p', String(port), ...settings], {
    ...place.user,
    cwd: '/',
    env: serverEnvironment(),
    // A session of its own: Ctrl-C reaches the product first, which closes its connections before the server stops.
    detached: true,
    stdio: ['ignore', output, output],
  })
  let ended: string | undefined
  child.once('exit', (code, signal) => {
    ended = `exit ${code ?? signal}`
  })
  child.once('error', (error) => {
    ended = error.message
  })
  child.unref()

  const deadline = performance.now() + startTimeoutMs
  while (performance.now() < deadline) {
    if (ended) return `${ended}\n${readFileSync(log, 'utf8').split('\n').slice(-12).join('\n')}`
    const postmaster = readPidFile(place)
    if (postmaster?.ready && postmaster.pid === child.pid) return postmaster
    await delay(20)
  }
  child.kill('SIGQUIT')
  return `not ready after ${startTimeoutMs / 1000} s\n${readFileSync(log, 'utf8').slice(-2000)}`
}

/** The live server of a place; a pid file left behind by a killed one does not count. */
export function running(place: Place): Postmaster | undefined {
  const postmaster = readPidFile(place)
  return postmaster && commandLine(postmaster.pid).includes(place.data) ? postmaster : undefined
}

/** Stops the server of a place, if one runs, and waits until it is gone. Open sessions are ended. */
export async function stop(place: Place): Promise<void> {
  const postmaster = running(place)
  if (!postmaster) return
  process.kill(postmaster.pid, 'SIGINT')
  const deadline = performance.now() + stopTimeoutMs
  while (running(place)) {
    if (performance.now() > deadline) process.kill(postmaster.pid, 'SIGQUIT')
    await delay(20)
  }
}

/** What the server of a place wrote since its start. */
export function logFile(place: Place): string {
  return join(place.base, 'log')
}

function readPidFile(place: Place): Postmaster | undefined {
  try {
    const lines = readFileSync(join(place.data, 'postmaster.pid'), 'utf8').split('\n')
    const pid = Number(lines[0])
    return pid > 0 ? { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' } : undefined
  } catch {
    return undefined // No pid file: no server.
  }
}

// Nothing of the caller's environment may steer the server: PG* variables and locales would.
function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC', NODE_ENV: 'production' }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise((done) => server.close(done))
  if (address === null || typeof address === 'string') throw new Error('a listening socket has no port')
  return address.port
}
