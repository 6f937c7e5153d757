const browsers = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['FxiOS/', 'Firefox'],
  ['CriOS/', 'Chrome'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const
const systems = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Windows', 'Windows'],
  ['Mac OS', 'macOS'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
] as const

/** What people call the browser and the system of a user agent; each undefined where it is none they would know. */
export function browserOf(userAgent: string | null): { browser: string | undefined; system: string | undefined } {
  return {
    browser: browsers.find(([mark]) => userAgent?.includes(mark))?.[1],
    system: systems.find(([mark]) => userAgent?.includes(mark))?.[1],
  }
}
