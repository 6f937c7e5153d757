import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { inTenant } from '#app/db/context.server.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import type { LineProblem } from '#app/domain/usage/usage-lines.ts'
import { linesOfFile } from '#app/reports/usage/lines-of-file.ts'
import { fileConnection } from '#app/services/usage/file-connection.server.ts'
import type { ImportedUsage } from '#app/services/usage/import-usage-file.server.ts'
import { uploadUsage } from '#app/services/usage/upload-usage.server.ts'
import { type Answer, exitCodes, wrongUse } from './command.ts'

type Table = { readonly tenantId: string; readonly cloudConnectionId: string | null; readonly file: string }

/** Takes a table of usage in, as the office does. */
export async function importTable({ tenantId, cloudConnectionId, file }: Table): Promise<Answer> {
  const text = await readFile(file, 'utf8').catch((failure: Error) => wrongUse(`"${file}" cannot be read: ${failure.message}`))
  const table = linesOfFile(text)
  if (!table.ok) return refusedLines(table.problems)
  const uploaded = await uploadUsage({
    tenantId,
    actor: systemActor('command line'),
    cloudConnectionId: cloudConnectionId ?? (await inTenant(tenantId, fileConnection)),
    contentHash: createHash('sha256').update(text).digest('hex'),
    table: table.value,
  })
  return uploaded.ok ? answerTo(uploaded.value.records, uploaded.value) : refusedLines(uploaded.problems)
}

function refusedLines(problems: readonly LineProblem[]): Answer {
  const lines = problems.map(({ line, column, code }) => `  line ${line}${column ? `, ${column}` : ''}: ${code}`)
  return {
    lines: ['refused: nothing of it was taken', ...lines],
    json: { ok: false, error: 'bad-lines', problems },
    exitCode: exitCodes.failed,
  }
}

/** What became of a file of usage. */
export function answerTo(records: number, imported: ImportedUsage): Answer {
  const { stored, accepted, quarantined, dropped, charges, reasons } = imported
  const lines = [
    `${records} records read, ${stored} of them new`,
    `${accepted} accepted, ${quarantined} in quarantine, ${dropped} dropped; ${charges} charges made`,
    ...reasons.map(({ reason, count }) => `  ${reason}: ${count}`),
  ]
  return { lines, json: { ok: true, records, ...imported }, exitCode: quarantined > 0 ? exitCodes.rowErrors : exitCodes.done }
}
