/**
 * A cloud's record as mediation takes it: read, not judged. A field the record lacks or that could not be read is
 * undefined, and `problem` says why.
 */
export type MediationInput = {
  /** Identifies the fact, never its quantity: the same key is the same fact. */
  readonly contentKey: string
  readonly usageType: string
  /** Decimal text with a point. */
  readonly quantity: string | undefined
  readonly windowStart: Date
  /** Exclusive. */
  readonly windowEnd: Date
  readonly resourceRef: string | undefined
  readonly resourceName: string | undefined
  readonly owner: CloudOwner
  readonly dimensions: Readonly<Record<string, string>>
  readonly problem?: 'malformed-record' | 'unreadable-quantity' | 'unreadable-date'
}

/** Where in the cloud's tree something belongs. */
export type CloudOwner = {
  readonly projectId?: string
  readonly accountId?: string
  readonly domainId?: string
  readonly domainPath?: string
}
