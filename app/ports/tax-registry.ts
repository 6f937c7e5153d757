export type VatIdQuestion = {
  /** With its prefix, e.g. `ATU13585627`, `EL094259216`. */
  readonly vatId: string
  /** The asker's own VAT id: with it the register gives a consultation number. Null: asked without a name. */
  readonly requesterVatId: string | null
}

/** What the register said; `raw` is its answer as received, to be kept as proof. Names are null where the country keeps them to itself. */
export type VatIdAnswer = {
  readonly isValid: boolean
  readonly consultationNumber: string | null
  readonly registeredName: string | null
  readonly registeredAddress: string | null
  readonly raw: string
}

/** Why there is no answer. All but `refused-address` and `refused-question` may be gone when it is asked again. */
export type TaxRegistryCode =
  | 'unavailable'
  | 'busy'
  | 'timed-out'
  | 'malformed'
  | 'answer-too-large'
  | 'refused-address'
  | 'refused-question'

export class TaxRegistryError extends Error {
  override name = 'TaxRegistryError'
  readonly code: TaxRegistryCode
  /** What came instead of an answer; empty when nothing did. */
  readonly raw: string

  constructor(code: TaxRegistryCode, message: string, details: { readonly cause?: unknown; readonly raw?: string } = {}) {
    super(message, { cause: details.cause })
    this.code = code
    this.raw = details.raw ?? ''
  }
}

/** A register of VAT ids. */
export interface TaxRegistry {
  /** Short name under which its answers are kept, e.g. `vies`. */
  readonly name: string
  /** The first two letters of the ids it knows. */
  readonly prefixes: readonly string[]
  /**
   * Asks whether an id is valid now. "No" is an answer; silence, overload and nonsense are not.
   * @throws TaxRegistryError
   */
  check(question: VatIdQuestion): Promise<VatIdAnswer>
}
