/** Of fields those that are text, by their names: what a form is shown again with. */
export function textsIn(fields: Iterable<readonly [string, unknown]>): Record<string, string> {
  return Object.fromEntries([...fields].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])))
}
