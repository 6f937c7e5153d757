import { readFile } from 'node:fs/promises'
import { inTenant } from '#app/db/context.server.ts'
import { type HoursOfMonth, type ImportedTariffs, importQuotaTariffs } from '#app/services/pricing/import-quota-tariffs.server.ts'
import { type Answer, command, exitCodes, refused, wrongUse } from './command.ts'
import { tenantNamed } from './options.ts'

type Options = { tenant: string; book: string; month?: string; hours: HoursOfMonth; dryRun?: boolean }

/** `livery import quota-tariffs`: prices of a cloud's quota as a draft of a rate card. */
export const importTariffs = command<Options>(
  'quota-tariffs',
  "prices of CloudStack's quota as a draft of a rate card",
  async (options, file) => {
    const path = file ?? ''
    const text = await readFile(path, 'utf8').catch((failure: Error) => wrongUse(`"${path}" cannot be read: ${failure.message}`))
    const { tenantId } = await tenantNamed(options.tenant)
    const imported = await inTenant(tenantId, async (ctx) => {
      const book = await ctx.db.priceBook.findUnique({ where: { tenantId_code: { tenantId, code: options.book } }, select: { id: true } })
      if (!book) return wrongUse(`there is no price book "${options.book}"`)
      const month = options.month ?? ctx.now.toISOString().slice(0, 7)
      const { hours: hoursOfMonth, dryRun: isDryRun = false } = options
      return importQuotaTariffs(ctx, { priceBookId: book.id, text, month, hoursOfMonth, isDryRun })
    })
    return imported.ok ? answerTo(imported.value) : refused(imported.error)
  },
)
  .argument('<file>', 'the answer of quotaTariffList, as JSON')
  .requiredOption('--tenant <slug>', 'whose prices they become')
  .requiredOption('--book <code>', 'the price book whose rate card is drafted')
  .option('--month <month>', 'tariffs in force throughout it are taken, such as 2026-11; without it the present one')
  .option('--hours <hours>', 'what a month is divided by: of-the-month, or 720 as older releases do', hoursOf, 'of-the-month')
  .option('--dry-run', 'only say what would be taken')

function hoursOf(text: string): HoursOfMonth {
  return text === '720' || text === 'of-the-month' ? text : wrongUse(`"${text}" is neither of-the-month nor 720`)
}

function answerTo({ draftId, prices, left }: ImportedTariffs): Answer {
  const lines = [
    draftId ? `draft ${draftId}: ${prices.length} prices taken over` : `${prices.length} prices would be taken over`,
    ...prices.map(({ meter, unit, unitPrice, names }) => `  ${meter}: ${unitPrice.toFixed()} per ${unit} (${names.join(' + ')})`),
    ...(left.length > 0 ? [`${left.length} left out`] : []),
    ...left.map(({ usageType, name, problem }) => `  ${name} (type ${usageType}): ${problem}`),
  ]
  const shown = prices.map(({ unitPrice, ...price }) => ({ ...price, unitPrice: unitPrice.toFixed() }))
  return { lines, json: { ok: true, draftId, prices: shown, left }, exitCode: left.length > 0 ? exitCodes.rowErrors : exitCodes.done }
}
