import { expect, type Page } from '@playwright/test'
import { patternAt } from './page-routes.ts'

/**
 * Opens one page of every pattern: fixed addresses at once, the others by the first link to one that a page shows, those of `first` before
 * all others. Fails when a pattern stays out of reach.
 */
export async function walk(
  page: Page,
  { patterns, first }: { readonly patterns: readonly string[]; readonly first: readonly string[] },
  check: (path: string) => Promise<void>,
): Promise<void> {
  const waiting = new Map(patterns.filter((pattern) => !pattern.includes(':')).map((pattern) => [pattern, pattern]))
  const seen = new Set<string>()
  const noteLinks = async () => {
    for (const link of await linksOn(page)) {
      const found = patternAt(link, patterns)
      if (found && !seen.has(found) && isBetter(link, waiting.get(found))) waiting.set(found, link)
    }
  }
  for (const path of first) {
    await page.goto(path)
    await noteLinks()
  }
  for (let next = nextOf(waiting); next; next = nextOf(waiting)) {
    const [pattern, path] = next
    waiting.delete(pattern)
    seen.add(pattern)
    await page.goto(path)
    expect(patternAt(new URL(page.url()).pathname, patterns), `${path} leads to itself`).toBe(pattern)
    await noteLinks()
    await check(path)
  }
  expect([...seen].sort(), 'pages that could be opened').toEqual([...patterns].sort())
}

/** A page of something that is there shows more than the one that makes a new one, where both have one pattern. */
function isBetter(link: string, known: string | undefined): boolean {
  return known === undefined || (known.endsWith('/new') && !link.endsWith('/new'))
}

/** The page to open next; those that only make something new come last, since a better link may turn up. */
function nextOf(waiting: ReadonlyMap<string, string>): [string, string] | undefined {
  const entries = [...waiting]
  return entries.find(([pattern, path]) => pattern === path || !path.endsWith('/new')) ?? entries[0]
}

function linksOn(page: Page): Promise<string[]> {
  return page.locator('a[href]').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).pathname))
}
