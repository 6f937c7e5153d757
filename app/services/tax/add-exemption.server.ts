import { audit } from '#app/db/audit.server.ts'
import { type ExemptionRow, insertTaxExemption } from '#app/db/documents/tax-settings.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { findAccount } from '#app/db/people/accounts.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { FileStore } from '#app/ports/file-store.ts'
import type { TenantProcess } from '../tenant-process.server.ts'

export type AddExemptionInput = Omit<ExemptionRow, 'file'> & {
  readonly paper: { readonly name: string; readonly content: Uint8Array } | null
}
export type AddExemptionError = 'account-not-found' | 'ends-before-it-begins' | 'paper-not-readable' | 'paper-too-large'

/** The largest paper that is kept: ten pages, scanned. */
const mostBytes = 5 * 1024 * 1024

/** What a paper may be, by its first bytes: PDF, PNG, JPEG. */
const kinds = [
  { suffix: 'pdf', start: [0x25, 0x50, 0x44, 0x46] },
  { suffix: 'png', start: [0x89, 0x50, 0x4e, 0x47] },
  { suffix: 'jpg', start: [0xff, 0xd8, 0xff] },
] as const

/** Notes the certificate of an account and keeps its paper: what is not finalised is exempt while it is valid. */
export async function addExemption(
  process: TenantProcess<{ readonly files: FileStore }>,
  { paper, ...input }: AddExemptionInput,
): Promise<Result<{ exemptionId: string }, AddExemptionError>> {
  if (input.to !== null && input.to <= input.from) return err('ends-before-it-begins')
  if (!(await process.inTenant((ctx) => findAccount(ctx, input.accountId)))) return err('account-not-found')
  const suffix = paper && kinds.find(({ start }) => start.every((byte, index) => paper.content[index] === byte))?.suffix
  if (paper && paper.content.byteLength > mostBytes) return err('paper-too-large')
  if (paper && !suffix) return err('paper-not-readable')

  const file = paper ? { key: `tax-papers/${process.tenantId}/${newId()}.${suffix}`, name: paper.name.slice(0, 120) } : null
  if (file && paper) await process.ports.files.put(file.key, paper.content)
  return process.inTenant(async (ctx) => {
    const exemptionId = await insertTaxExemption(ctx, { ...input, file })
    const detail = { country: input.country, ground: input.ground, certificateNumber: input.certificateNumber }
    await audit(ctx, {
      action: 'tax-exemption.added',
      subjectKind: 'account',
      subjectId: input.accountId,
      detail: { ...detail, exemptionId },
    })
    return ok({ exemptionId })
  })
}
