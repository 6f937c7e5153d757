/** The id of a request, given by the proxy or by our own server before Remix sees it. */
export function requestIdOf(request: Request): string {
  return request.headers.get('x-request-id') ?? ''
}

/** Whether an id a caller sent may be used: short, and of letters that can break neither a log line nor a header. */
export function isRequestId(text: unknown): text is string {
  return typeof text === 'string' && /^[A-Za-z0-9_-]{8,64}$/.test(text)
}
