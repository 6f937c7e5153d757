/** Why a bank file is refused; nothing of it was taken. */
export type BankFileProblem =
  | 'file-empty'
  | 'file-too-large'
  | 'file-encoding'
  | 'file-format'
  | 'xml-forbidden'
  | 'xml-too-deep'
  | 'xml-malformed'
  | 'file-malformed'
  | 'columns-missing'

/** A bank file that cannot be taken. `place` says where: a line, an element, a column. */
export class BankFileError extends Error {
  override name = 'BankFileError'
  constructor(
    readonly code: BankFileProblem,
    readonly place: string,
  ) {
    super(place ? `${code}: ${place}` : code)
  }
}
