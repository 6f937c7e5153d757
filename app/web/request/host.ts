/**
 * The host a request is for, without its port; undefined for anything but a plain lower-case host name.
 * Upper case, a trailing dot, user parts and brackets are not another spelling of a known host: they are unknown.
 */
export function hostOf(hostHeader: string | null | undefined): string | undefined {
  const match = /^([a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)(?::\d{1,5})?$/.exec(hostHeader ?? '')
  return match?.[1]?.includes('..') ? undefined : match?.[1]
}
