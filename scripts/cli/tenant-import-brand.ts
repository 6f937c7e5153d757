import { type PackProblem, readPack } from '#app/brand/read-pack.server.ts'
import { importBrand } from '#app/services/brand/import-brand.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { brandPorts } from '#app/wiring.server.ts'
import { type Answer, command, commandLine, exitCodes } from './command.ts'
import { tenantNamed } from './options.ts'

type Options = { tenant: string; dryRun?: boolean }

/** `livery tenant import-brand`: publishes a folder with a brand. What is wrong is told per file, and then nothing changes. */
export const tenantImportBrand = command<Options>('import-brand', 'publish a folder with a brand', async (options, folder) => {
  const { tenantId, slug, legalName } = await tenantNamed(options.tenant)
  const read = readPack(folder ?? '')
  if (!read.ok) return refusal(read.problems)
  if (read.value.pack.slug !== slug) return refusal([{ file: 'brand.json', message: `slug: names ${read.value.pack.slug}, not ${slug}` }])

  const isDryRun = options.dryRun === true
  const imported = await importBrand(processOf(tenantId, brandPorts(), commandLine), { ...read.value, isDryRun })
  if (!imported.ok) return refusal(imported.problems)
  const { number, isNew } = imported.value
  return { lines: [tell(legalName, { number, isNew, isDryRun })], json: { ok: true, number, isNew, isDryRun } }
})
  .argument('<folder>', 'the folder: brand.json, assets/, legal/')
  .requiredOption('--tenant <slug>', 'whose brand it is')
  .option('--dry-run', 'only look: nothing is published')

function tell(name: string, { number, isNew, isDryRun }: { number: number | null; isNew: boolean; isDryRun: boolean }): string {
  if (!isNew) return `${name} wears this brand already, as version ${number}`
  return isDryRun ? `the folder is a whole brand; nothing was published` : `${name} wears it now, as version ${number}`
}

function refusal(problems: readonly PackProblem[]): Answer {
  const lines = problems.map(({ file, message }) => `${file}: ${message}`)
  return {
    lines: [...lines, 'refused: nothing was published'],
    json: { ok: false, error: 'brand-refused', problems },
    exitCode: exitCodes.failed,
  }
}
