import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const folder = 'app/routes'
/** Stands for the rest of the addresses, which have a page too: the one that says there is nothing. */
const nowhere = 'no-such-page'

/** The address pattern of every route that shows a page, such as `/panel/servers/:serverId`, read off the file names. */
export function pagePatterns(): string[] {
  const patterns = readdirSync(folder)
    .filter((name) => hasPage(name))
    .map(patternOf)
  return [...new Set(patterns)].sort()
}

function hasPage(name: string): boolean {
  const path = join(folder, name)
  const file = statSync(path).isDirectory() ? join(path, 'route.tsx') : path
  return file.endsWith('.tsx') && readFileSync(file, 'utf8').includes('export default function')
}

function patternOf(name: string): string {
  const segments = name.replace(/\.tsx$/, '').split('.')
  return `/${segments
    .filter((segment) => !segment.startsWith('_'))
    .map((segment) => (segment === '$' ? nowhere : segment.replace(/_$/, '').replace(/^\$/, ':')))
    .join('/')}`
}

/** The pattern among `patterns` that an address belongs to; one without parameters wins. */
export function patternAt(pathname: string, patterns: readonly string[]): string | undefined {
  return (
    patterns.find((pattern) => pattern === pathname) ??
    patterns.find((pattern) => new RegExp(`^${pattern.replace(/:\w+/g, '[^/]+')}$`).test(pathname))
  )
}
