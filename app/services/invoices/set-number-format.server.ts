import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { insertNumberFormat, readNumberFormats, type SetFormat } from '#app/db/documents/number-series.server.ts'
import { documentTypes } from '#app/domain/invoice/document-type.ts'
import {
  defaultNumberFormat,
  hasSameShape,
  mayCollide,
  type NumberFormat,
  type NumberFormatProblem,
  parseNumberFormat,
} from '#app/domain/invoice/number-format.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { sellerOf } from '../billing/draft-contracts.server.ts'

export type SetNumberFormatError = NumberFormatProblem | 'numbers-may-collide'

/**
 * Sets how the numbers of a document type look from the next one on; the counter goes on. Refused when a number could be equal to one
 * of another type, or to one written in an earlier format.
 */
export async function setNumberFormat(ctx: TenantContext, input: SetFormat): Promise<Result<void, SetNumberFormatError>> {
  const { numberPrefix: prefix } = await sellerOf(ctx)
  const wanted = parseNumberFormat(input.format, { prefix, documentType: input.documentType })
  if (!wanted.ok) return wanted
  const known = [...(await readNumberFormats(ctx)), ...documentTypes.map(usualFormat)]
  if (known.some((other) => collides({ ...input, parsed: wanted.value }, { ...other, parsed: parsed(other, prefix) })))
    return err('numbers-may-collide')

  await insertNumberFormat(ctx, input)
  await audit(ctx, {
    action: 'number-format.set',
    subjectKind: 'number-series',
    subjectId: input.documentType,
    detail: { format: input.format },
  })
  return ok(undefined)
}

function usualFormat(documentType: SetFormat['documentType']): SetFormat {
  return { documentType, format: defaultNumberFormat(documentType) }
}

function parsed({ documentType, format }: SetFormat, prefix: string): NumberFormat {
  const read = parseNumberFormat(format, { prefix, documentType })
  invariant(read.ok, `number format ${format} was accepted and is no format`)
  return read.value
}

type Parsed = SetFormat & { readonly parsed: NumberFormat }

function collides(wanted: Parsed, known: Parsed): boolean {
  if (wanted.documentType === known.documentType && hasSameShape(wanted.parsed, known.parsed)) return false
  return mayCollide(wanted.parsed, known.parsed)
}
