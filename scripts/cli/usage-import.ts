import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { CloudError } from '#app/adapters/clouds/cloud-error.ts'
import { readUsageFile, type UsageFileFormat, usageFileFormats } from '#app/adapters/clouds/usage-files.ts'
import { inTenant } from '#app/db/context.server.ts'
import { readConnectionNamed } from '#app/services/clouds/cloud-ports.ts'
import { importUsageFile } from '#app/services/usage/import-usage-file.server.ts'
import { type Answer, command, exitCodes, wrongUse } from './command.ts'
import { tenantNamed } from './options.ts'
import { answerTo, importTable } from './usage-table.ts'

type Options = { format: UsageFileFormat | 'table'; tenant: string; connection?: string }
type Usage = { readonly file: string; readonly format: UsageFileFormat; readonly cloud: string }

/** `livery usage import`: the same records as from a cloud's API, from a file. A file that is broken anywhere changes nothing. */
export const usageImport = command<Options>('import', 'take usage from a file, as from a cloud', async (options, file) => {
  const { tenantId } = await tenantNamed(options.tenant)
  const connection = options.connection ? await inTenant(tenantId, (ctx) => readConnectionNamed(ctx, options.connection ?? '')) : null
  if (options.connection && !connection) return wrongUse(`the tenant "${options.tenant}" has no cloud connection "${options.connection}"`)

  if (options.format === 'table') return importTable({ tenantId, cloudConnectionId: connection?.id ?? null, file: file ?? '' })
  if (!connection) return wrongUse('--connection says which cloud the records are of')
  const usage = { file: file ?? '', format: options.format, cloud: connection.id }
  try {
    const { contentHash, records } = await readThrough(usage)
    const imported = await importUsageFile({ tenantId, cloudConnectionId: connection.id, contentHash, pages: pagesOf(usage) })
    return answerTo(records, imported)
  } catch (failure) {
    if (failure instanceof CloudError) return malformed(failure)
    if (isFileProblem(failure)) return wrongUse(`"${file}" cannot be read: ${failure.message}`)
    throw failure
  }
})
  .argument('<file>', 'the file')
  .option(
    '--format <format>',
    `what is in it: table (CSV of meter, quantity, from, to, resource or account), ${usageFileFormats.join(', ')}`,
    format,
    'table',
  )
  .requiredOption('--tenant <slug>', 'whose cloud it is')
  .option('--connection <name>', 'the cloud connection the records are of; a table may go without')

function format(text: string): Options['format'] {
  const known = ['table', ...usageFileFormats] as const
  return known.find((one) => one === text) ?? wrongUse(`"${text}" is not a format: ${known.join(', ')}`)
}

/** Reads the whole file once before anything is kept: it counts as broken or whole, and its content names the batch. */
async function readThrough(usage: Usage): Promise<{ contentHash: string; records: number }> {
  const hash = createHash('sha256')
  let records = 0
  for await (const page of pagesOf(usage, hash)) records += page.length
  return { contentHash: hash.digest('hex'), records }
}

function pagesOf({ file, format: kind, cloud }: Usage, hash?: Hash) {
  return readUsageFile({ format: kind, cloud, source: Readable.from(partsOf(file, hash)) })
}

async function* partsOf(file: string, hash?: Hash): AsyncGenerator<Buffer> {
  for await (const part of createReadStream(file)) {
    hash?.update(part as Buffer)
    yield part as Buffer
  }
}

function malformed({ code, message }: CloudError): Answer {
  return { lines: [`refused: ${message}; nothing of it was taken`], json: { ok: false, error: code, message }, exitCode: exitCodes.failed }
}

function isFileProblem(failure: unknown): failure is NodeJS.ErrnoException {
  const { code, syscall } = failure as NodeJS.ErrnoException
  return typeof code === 'string' && ['open', 'read'].includes(syscall ?? '')
}
