/** When the attempt of a UUIDv7 began, in milliseconds since 1970: a gateway's lists are searched from there. */
export function attemptTime(attemptId: string): number {
  return Number.parseInt(attemptId.replaceAll('-', '').slice(0, 12), 16)
}
