export type CloudErrorCode =
  | 'unauthorised'
  | 'refused'
  | 'rate-limited'
  | 'unavailable'
  | 'timed-out'
  | 'malformed-answer'
  | 'answer-too-large'
  | 'page-missing'
  | 'paging-loop'
  | 'malformed-file'
  | 'no-such-server'
  | 'wrong-state'

/**
 * Why a cloud, or a file of usage, could not be read. `code` is for programs, the message for an operator; neither ever
 * holds a credential. `isTransient` says that asking again may help.
 */
export class CloudError extends Error {
  override name = 'CloudError'
  readonly code: CloudErrorCode
  readonly status: number | undefined
  readonly isTransient: boolean
  readonly retryAfterMs: number | undefined

  constructor(code: CloudErrorCode, message: string, details: CloudErrorDetails = {}) {
    super(message, { cause: details.cause })
    this.code = code
    this.status = details.status
    this.isTransient = details.isTransient ?? false
    this.retryAfterMs = details.retryAfterMs
  }
}

export type CloudErrorDetails = {
  readonly status?: number
  readonly isTransient?: boolean
  readonly retryAfterMs?: number
  readonly cause?: unknown
}
