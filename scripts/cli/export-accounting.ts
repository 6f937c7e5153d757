import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { inTenant } from '#app/db/context.server.ts'
import { fileParts } from '#app/jobs/export-contents.server.ts'
import { writeFile } from '#app/jobs/write-file.server.ts'
import { finishExport, prepareExport } from '#app/services/exports/finish-export.server.ts'
import { noteExport } from '#app/services/exports/request-export.server.ts'
import { command, commandLine, refused, wrongUse } from './command.ts'
import { currency, monthNamed, tenantNamed } from './options.ts'

const formats = ['datev', 'csv', 'jsonl'] as const
type Format = (typeof formats)[number]
type Options = { tenant: string; period: string; format: Format; currency?: string; out?: string }

/** `livery export accounting`: the entries of a closed month for the accountant; every file is noted with its hash. */
export const exportAccounting = command<Options>('accounting', 'the entries of a closed month for the accountant', async (options) => {
  const { format, period: month } = options
  const tenant = await tenantNamed(options.tenant)
  const wish = { kind: 'accounting', format, month, side: null, accountId: null, currency: options.currency ?? null } as const
  const noted = await inTenant(
    tenant.tenantId,
    async (ctx) => {
      const made = await noteExport(ctx, wish)
      if (made.ok) await prepareExport(ctx, made.value.exportId)
      return made
    },
    { actor: commandLine },
  )
  if (!noted.ok) return refused(noted.error, noted.error === 'period-open' ? 'close the month first' : '')
  const file = options.out ?? (format === 'datev' ? `EXTF_${tenant.slug}_${month}.csv` : `journal-${tenant.slug}-${month}.${format}`)
  const written = await writeFile(fileParts(tenant.tenantId, wish), (bytes) => pipeline(Readable.from(bytes), createWriteStream(file)))
  const { exportId } = noted.value
  await inTenant(tenant.tenantId, (ctx) => finishExport(ctx, { exportId, file: { key: null, ...written } }), { actor: commandLine })
  const { rows, sha256 } = written
  return { lines: [`${rows} rows written to ${file}`, `sha256 ${sha256}`], json: { ok: true, file, rows, sha256 } }
})
  .requiredOption('--tenant <slug>', 'whose books')
  .requiredOption('--period <month>', 'a closed month, such as 2026-10', monthNamed)
  .option('--format <format>', `${formats.join(', ')}`, formatNamed, 'datev')
  .option('--currency <code>', 'only entries in it; datev: the seller’s unless said', currency)
  .option('--out <file>', 'where the file goes; named after tenant and month unless said')

function formatNamed(text: string): Format {
  return formats.find((known) => known === text) ?? wrongUse(`"${text}" is not a format: ${formats.join(', ')}`)
}
