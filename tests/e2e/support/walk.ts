import { expect, type Page } from '@playwright/test'
import { patternAt } from './page-routes.ts'

/**
 * Opens one page of every pattern: fixed addresses at once, the others by the first link to one that a page shows.
 * Fails when a pattern stays out of reach.
 */
export async function walk(page: Page, patterns: readonly string[], check: (path: string) => Promise<void>): Promise<void> {
  const waiting = new Map(patterns.filter((pattern) => !pattern.includes(':')).map((pattern) => [pattern, pattern]))
  const seen = new Set<string>()
  for (let next = first(waiting); next; next = first(waiting)) {
    const [pattern, path] = next
    waiting.delete(pattern)
    seen.add(pattern)
    await page.goto(path)
    expect(patternAt(new URL(page.url()).pathname, patterns), `${path} leads to itself`).toBe(pattern)
    for (const link of await linksOn(page)) {
      const found = patternAt(link, patterns)
      if (found && !seen.has(found) && !waiting.has(found)) waiting.set(found, link)
    }
    await check(path)
  }
  expect([...seen].sort(), 'pages that could be opened').toEqual([...patterns].sort())
}

function first<Key, Value>(map: ReadonlyMap<Key, Value>): [Key, Value] | undefined {
  return map.entries().next().value
}

function linksOn(page: Page): Promise<string[]> {
  return page.locator('a[href]').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).pathname))
}
