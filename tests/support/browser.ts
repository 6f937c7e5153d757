import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { chromium, type LaunchOptions } from '@playwright/test'

const systemBrowser = '/usr/bin/chromium'

const quiet = [
  // Every store's host leads to this machine, whatever the resolver says about *.localhost.
  '--host-resolver-rules=MAP *.localhost 127.0.0.1, MAP localhost 127.0.0.1',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--no-pings',
]

/**
 * How to start the headless Chromium of this machine: Playwright's own if it is installed, else the system's, else the one of the
 * npm package. `LIVERY_BROWSER=package` asks for the last one.
 */
export async function browserLaunch(): Promise<LaunchOptions> {
  // Chromium's sandbox does not start for root.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const wanted = process.env.LIVERY_BROWSER
  if (wanted !== 'package') {
    if (existsSync(chromium.executablePath())) return { args: [...quiet, ...sandbox] }
    if (existsSync(systemBrowser)) return { executablePath: systemBrowser, args: [...quiet, ...sandbox] }
  }
  const executablePath = await packagedBrowser()
  const args = [...quiet, '--no-sandbox', '--no-zygote', '--font-render-hinting=none']
  return { executablePath, args, env: await fontEnvironment(dirname(executablePath)) }
}

// The package unpacks to the temporary folder under a fixed name and takes whatever lies there. A folder for each user and version,
// moved into place when complete, keeps a root's copy, an older one and a half-written one apart.
async function packagedBrowser(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const manifest = JSON.parse(await readFile(join(dirname(dirname(entry)), 'package.json'), 'utf8')) as { version: string }
  const parent = tmpdir()
  const folder = join(parent, `livery-chromium-${manifest.version}-${process.getuid?.() ?? 'user'}`)
  if (!existsSync(join(folder, 'chromium'))) await unpack(parent, folder)
  return join(folder, 'chromium')
}

async function unpack(parent: string, folder: string): Promise<void> {
  const unfinished = await mkdtemp(join(parent, 'livery-chromium-'))
  const before = process.env.TMPDIR
  process.env.TMPDIR = unfinished
  try {
    const { default: packaged } = await import('@sparticuz/chromium')
    await packaged.executablePath()
    await rename(unfinished, folder)
  } catch (error) {
    // Another run was faster: its copy is as good.
    if (!existsSync(join(folder, 'chromium'))) throw error
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
    await rm(unfinished, { recursive: true, force: true })
  }
}

// A machine without fonts of its own gets the package's: Chromium does not draw without any.
async function fontEnvironment(folder: string): Promise<Record<string, string>> {
  const environment = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined))
  if (existsSync('/etc/fonts/fonts.conf')) return environment
  const file = join(folder, 'fonts.conf')
  await writeFile(file, `<?xml version="1.0"?><fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/cache</cachedir></fontconfig>\n`)
  return { ...environment, FONTCONFIG_FILE: file }
}
