import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { badSetting } from '#app/config/configuration-error.server.ts'
import type { Place } from './place.server.ts'
import { commandLine, isAlive } from './processes.server.ts'

/*
 * Several processes may use one embedded server: the demo, a command line beside it. Each holds a lease, a file named by its
 * process id. The keeper, a small shell loop, outlives them all and stops the server once no leaseholder is alive, so a
 * process killed with SIGKILL leaves nothing behind.
 */

const lockTimeoutMs = 120_000

/** Runs `work` while no other process places, starts or stops the server of the folder `base`. */
export async function withLock<T>(base: string, work: () => Promise<T>): Promise<T> {
  const lock = join(base, 'lock')
  const deadline = performance.now() + lockTimeoutMs
  while (!tryLock(lock)) {
    if (performance.now() > deadline) {
      throw badSetting('LIVERY_DATA_DIR', `(${base}) is held by process ${readlinkSync(lock)}, which does not finish its start`)
    }
    await delay(50)
  }
  try {
    return await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

// A symbolic link appears together with its content, so a lock always names its holder.
function tryLock(lock: string): boolean {
  try {
    symlinkSync(String(process.pid), lock)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const holder = Number(attempt(() => readlinkSync(lock)))
  if (holder > 0 && !isAlive(holder)) rmSync(lock, { force: true })
  return false
}

/** Notes that this process uses the server, and makes sure that a keeper watches over it. */
export function takeLease(place: Place): void {
  writeFileSync(join(place.base, 'leases', String(process.pid)), '')
  startKeeper(place)
}

/** Gives this process's lease back. */
export function returnLease(place: Place): void {
  rmSync(join(place.base, 'leases', String(process.pid)), { force: true })
}

/** Whether any living process uses the server. */
export function isLeased(place: Place): boolean {
  return readdirSync(join(place.base, 'leases')).some((name) => isAlive(Number(name)))
}

const keeperScript = `
base=$1 pidfile=$2 temporary=$3
echo $$ > "$base/keeper"
leased() {
  for lease in "$base"/leases/*; do
    [ -e "$lease" ] || continue
    kill -0 "\${lease##*/}" 2>/dev/null && return 0
    rm -f "$lease"
  done
  return 1
}
while read -r server < "$pidfile"; do
  sleep 0.4
  leased && continue
  ln -sn $$ "$base/lock" 2>/dev/null || { kill -0 "$(readlink "$base/lock")" 2>/dev/null || rm -f "$base/lock"; continue; }
  if leased; then rm -f "$base/lock"; continue; fi
  kill -INT "$server" 2>/dev/null
  patience=200
  while [ -e "$pidfile" ] && kill -0 "$server" 2>/dev/null && [ $patience -gt 0 ]; do sleep 0.1; patience=$((patience - 1)); done
  [ $patience -gt 0 ] || kill -QUIT "$server" 2>/dev/null
  rm -f "$base/keeper" "$base/lock"
  break
done
# The folder was removed under a running server.
[ -e "$base" ] || kill -INT "$server" 2>/dev/null
[ -n "$temporary" ] && ! leased && rm -rf "$base" "$temporary"
exit 0
`

function startKeeper(place: Place): void {
  if (keeperOf(place)) return
  const temporary = place.temporary ? dirname(place.data) : ''
  const pidFile = join(place.data, 'postmaster.pid')
  spawn('/bin/sh', ['-c', keeperScript, 'livery-keeper', place.base, pidFile, temporary], {
    cwd: '/',
    detached: true,
    stdio: 'ignore',
  }).unref()
}

/** Ends the keeper of a server that has stopped. */
export function dismissKeeper(place: Place): void {
  const keeper = keeperOf(place)
  if (keeper) process.kill(keeper, 'SIGTERM')
}

function keeperOf(place: Place): number | undefined {
  const keeper = Number(attempt(() => readFileSync(join(place.base, 'keeper'), 'utf8')))
  return keeper > 0 && commandLine(keeper).includes(place.base) ? keeper : undefined
}

function attempt(read: () => string): string | undefined {
  try {
    return read()
  } catch {
    return undefined // The file is gone or not there yet: both mean nobody.
  }
}
