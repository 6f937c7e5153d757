import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, chown, cp, mkdtemp, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { badSetting } from '#app/config/configuration-error.server.ts'
import { nativeFolder } from './binaries.server.ts'
import { makeFolder } from './folders.server.ts'

/** The operating system's user that PostgreSQL runs as. Undefined: the user of this process. */
export type OsUser = { uid: number; gid: number }

/** Where one embedded PostgreSQL lives. */
export type Place = {
  /** Leases, lock and log: readable by whoever started it. */
  base: string
  /** PostgreSQL's own data folder. */
  data: string
  /** Folder with `initdb` and `postgres`. */
  bin: string
  user: OsUser | undefined
  /** Removed with everything in it when the server stops. */
  temporary: boolean
}

/** The folder below `dataDir` for leases, lock and log. @throws ConfigurationError when it cannot be written. */
export async function lastingBase(dataDir: string): Promise<string> {
  const base = join(resolve(dataDir), 'postgres')
  try {
    await makeFolder(join(base, 'leases'))
    const probe = join(base, `.writable-${process.pid}`)
    await writeFile(probe, '')
    await rm(probe)
  } catch (error) {
    throw badSetting('LIVERY_DATA_DIR', `(${dataDir}) cannot be written: ${(error as Error).message}`, error)
  }
  return realpath(base)
}

/** The same in the temporary folder, gone when the server stops. */
export async function temporaryBase(): Promise<string> {
  const base = await mkdtemp(join(await realpath(tmpdir()), 'livery-postgres-'))
  await chmod(base, 0o755)
  await makeFolder(join(base, 'leases'))
  return base
}

/** Where the server of `base` lives. The first answer is kept, so it is asked for under the lock. */
export async function placeAt(base: string, temporary: boolean): Promise<Place> {
  const user = await databaseUser(base)
  const home = user ? await reachableHome(base, user) : base
  const bin = join(await reachableNative(home, user), 'bin')
  return { base, data: join(home, 'data'), bin, user, temporary }
}

// PostgreSQL refuses to run as root, so root hands it to the owner of an existing data folder, else to `postgres`, else to
// `nobody`. No account is created: that would change a machine for a demo.
async function databaseUser(base: string): Promise<OsUser | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const owner = await stat(join(base, 'data')).catch(() => undefined)
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }

  const accounts = new Map((await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => [line.split(':')[0], line.split(':')]))
  const account = accounts.get('postgres') ?? accounts.get('nobody')
  if (!account) throw badSetting('DATABASE_URL', 'is not set, and the embedded PostgreSQL needs a user "postgres" or "nobody" to run as')
  return { uid: Number(account[2]), gid: Number(account[3]) }
}

// A checkout below a private folder (mode 700) is out of the other user's reach: the data then lives in a folder of its own,
// and the file `location` remembers where.
async function reachableHome(base: string, user: OsUser): Promise<string> {
  const pointer = join(base, 'location')
  const remembered = (await readFile(pointer, 'utf8').catch(() => '')).trim()
  if (remembered && existsSync(remembered)) return remembered
  if (canEnter(base, user)) return base
  if (existsSync(join(base, 'data', 'PG_VERSION'))) {
    throw badSetting('LIVERY_DATA_DIR', `(${dirname(base)}) holds a database that its user (uid ${user.uid}) can no longer reach`)
  }
  const parent = ['/var/tmp', tmpdir(), '/tmp'].find((folder) => existsSync(folder) && canEnter(folder, user))
  if (!parent) throw badSetting('LIVERY_DATA_DIR', `must be a folder that the user with uid ${user.uid} can reach`)
  const home = await mkdtemp(join(parent, 'livery-postgres-'))
  await chmod(home, 0o755)
  await writeFile(pointer, `${home}\n`)
  return home
}

async function reachableNative(home: string, user: OsUser | undefined): Promise<string> {
  const native = await nativeFolder()
  if (!user || runs(join(native, 'bin', 'postgres'), user)) return native

  const { version } = JSON.parse(await readFile(join(dirname(native), 'package.json'), 'utf8')) as { version: string }
  const copy = join(home, `native-${version}`)
  if (existsSync(copy)) return copy
  const unfinished = join(home, `.${basename(copy)}-${process.pid}`)
  await cp(native, unfinished, { recursive: true, verbatimSymlinks: true })
  const readable = spawnSync('chmod', ['-R', 'a+rX', unfinished])
  if (readable.status !== 0) throw new Error(`chmod ${unfinished}: ${readable.stderr}`)
  await rename(unfinished, copy)
  return copy
}

function canEnter(folder: string, user: OsUser): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...user, cwd: '/', stdio: 'ignore' }).status === 0
}

function runs(program: string, user: OsUser): boolean {
  return spawnSync(program, ['--version'], { ...user, cwd: '/', stdio: 'ignore' }).status === 0
}

/** Makes `folder` the property of the database's user. */
export async function giveTo(user: OsUser | undefined, folder: string): Promise<void> {
  if (user) await chown(folder, user.uid, user.gid)
}
