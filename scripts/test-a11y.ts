import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runMain } from '#app/config/run-main.server.ts'
import { runBrowserTests } from './checks/browser-tests.ts'
import { buildPart } from './checks/parts.ts'
import { runParts } from './checks/run-parts.ts'

type Seen = { readonly page: string; readonly look: string; readonly findings: readonly string[] }

const specs = 'tests/e2e'
const looks = join(specs, 'output', 'looks.jsonl')

/**
 * Every page with axe in light and dark, from both sides, on desktop and phone: `npm run test:a11y`. Lists the pages with the looks they
 * were seen in and ends with the sum of violations; pictures are left in tests/e2e/output. Exit code 1 where there is one, or a test fails.
 */
runMain(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'livery-a11y-'))
  try {
    if ((await runParts([buildPart])).failed > 0) return 1
    await rm(looks, { force: true })
    const { failed } = await runBrowserTests(join(folder, 'browser.json'), { seesEveryLook: true, specs: await specsThatLook() })
    const violations = await tellPages()
    return failed === 0 && violations === 0 ? 0 : 1
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

/** The journeys that look at pages; the others only use them. */
async function specsThatLook(): Promise<string[]> {
  const files = (await readdir(specs)).filter((name) => name.endsWith('.spec.ts')).map((name) => join(specs, name))
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')))
  return files.filter((_, index) => texts[index]?.includes('expectAccessible'))
}

async function tellPages(): Promise<number> {
  const seen = (await readFile(looks, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Seen)
  const pages = byPage(seen)
  for (const [page, times] of [...pages].sort(([a], [b]) => a.localeCompare(b))) {
    const found = times.flatMap(({ look, findings }) => findings.map((finding) => `  ${look}: ${finding}`))
    process.stdout.write(`${page}  ${new Set(times.map(({ look }) => look)).size} looks, ${found.length} violations\n`)
    for (const line of new Set(found)) process.stdout.write(`${line}\n`)
  }
  const violations = seen.reduce((sum, { findings }) => sum + findings.length, 0)
  process.stdout.write(`${pages.size} pages, ${violations} violations\n`)
  return violations
}

function byPage(seen: readonly Seen[]): Map<string, Seen[]> {
  const pages = new Map<string, Seen[]>()
  for (const one of seen) pages.set(one.page, [...(pages.get(one.page) ?? []), one])
  return pages
}
