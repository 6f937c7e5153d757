/** Half-open span of UTC instants `[from, to)`. */
export type UsageQuery = { readonly from: Date; readonly to: Date }

/**
 * One usage record as a cloud reported it. `payload` is the record verbatim. The rest is read out of it, nothing is judged:
 * a field the record lacks or that cannot be read is undefined, and `problem` says why; mediation decides.
 */
export type RawUsageRecord = {
  /** sha-256 (hex) over the identifying fields, never over the quantity: the same fact reported twice has the same key. */
  readonly contentKey: string
  readonly usageType: string
  /** Decimal text, never a float. Undefined when missing or unreadable. */
  readonly quantity: string | undefined
  /** Half-open window. With the problem `unreadable-date` or `malformed-record` both ends are 1970-01-01, which no period contains. */
  readonly windowStart: Date
  readonly windowEnd: Date
  readonly resourceRef: string | undefined
  readonly resourceName: string | undefined
  /** Where in the cloud's tree the record belongs: nearest first when mapped (project, account, domain path). */
  readonly owner: { readonly projectId?: string; readonly accountId?: string; readonly domainId?: string; readonly domainPath?: string }
  /** Attributes that prices may look at: zone, offering, template, cpuNumber, memoryMib, sizeBytes, … as text. */
  readonly dimensions: Readonly<Record<string, string>>
  readonly payload: unknown
  readonly problem?: 'malformed-record' | 'unreadable-quantity' | 'unreadable-date'
}

/** Reads a cloud's metering. Pages come in the cloud's order; a page may repeat or overlap another, the importer copes. */
export interface UsageSource {
  /**
   * Every record whose window touches `query`, page by page; records with a `problem` whatever their window.
   * @throws on refused credentials, time-out, malformed or truncated answers, after its own retries: nothing of that page was yielded.
   */
  fetchUsage(query: UsageQuery): AsyncIterable<readonly RawUsageRecord[]>
}

/** What a plan gives a server. */
export type ServerSize = { readonly cpuNumber: number; readonly memoryMib: number; readonly diskGib: number }

export type ServerSpec = ServerSize & {
  /** Chosen by the caller before the call; a repeat with the same key finds the first server. */
  readonly idempotencyKey: string
  readonly name: string
  readonly image: string
  readonly zone: string
  readonly sshKey?: string
  /** Cloud account the server belongs to, so that its usage comes back with that owner. */
  readonly ownerAccountId: string
}

export type ServerState = 'building' | 'running' | 'stopped' | 'failed' | 'deleted'
export type CloudServer = {
  readonly ref: string
  readonly state: ServerState
  readonly address?: string
  readonly createdAt: Date
  readonly fault?: string
}

/**
 * Runs servers in one cloud. Repeating an action on a server already in that state succeeds.
 * Throws when the cloud does not answer: the calling job retries.
 */
export interface CloudDriver extends UsageSource {
  /** Accepts the server and returns at once, usually in state `building`. */
  createServer(spec: ServerSpec): Promise<CloudServer>
  /** The true present state; undefined when the cloud never had it. */
  getServer(ref: string): Promise<CloudServer | undefined>
  startServer(ref: string): Promise<CloudServer>
  stopServer(ref: string): Promise<CloudServer>
  rebootServer(ref: string): Promise<CloudServer>
  /** Gives the server another size from now on, on or off. A disk only grows: a smaller one than it has is left out. */
  resizeServer(ref: string, size: ServerSize): Promise<CloudServer>
  /** Ends the server for good; its usage ends with the same instant. */
  destroyServer(ref: string): Promise<CloudServer>
}
