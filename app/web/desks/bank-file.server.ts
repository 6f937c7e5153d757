import type { CsvMapping } from '#app/domain/reconciliation/csv-mapping.ts'
import type { Result } from '#app/domain/shared/result.ts'
import { type BankFile, BankFileError, readBankFile } from '#app/wiring.server.ts'

export type UploadedBankFile =
  | Extract<Result<BankFile & { readonly fileName: string }, never>, { ok: true }>
  | { readonly ok: false; readonly error: { readonly code: string; readonly place: string } }

/** An uploaded bank file, read; or why it is refused, and where in it. `csv` says how a list without a form of its own is read. */
export async function uploadedBankFile(
  file: FormDataEntryValue | null,
  csv: { readonly mapping: CsvMapping | null; readonly currency: string },
): Promise<UploadedBankFile> {
  if (!(file instanceof File)) return { ok: false, error: { code: 'file-empty', place: '' } }
  try {
    return { ok: true, value: { ...readBankFile(new Uint8Array(await file.arrayBuffer()), csv), fileName: file.name } }
  } catch (failure) {
    if (failure instanceof BankFileError) return { ok: false, error: { code: failure.code, place: failure.place } }
    throw failure
  }
}
