/** What can be found in the panel, in the order of its pages. */
export const panelKinds = [
  'server',
  'application',
  'volume',
  'address',
  'network',
  'load-balancer',
  'dns-zone',
  'image',
  'project',
  'order',
  'subscription',
  'invoice',
  'ticket',
] as const
/** What can be found in the office. */
export const officeKinds = [
  'account',
  'person',
  'staff',
  'server',
  'order',
  'subscription',
  'invoice',
  'payment',
  'product',
  'ticket',
] as const
export type SearchKind = (typeof panelKinds)[number] | (typeof officeKinds)[number]

/** Where there are more of a kind in the office, nobody waits until they are counted. */
export const mostCounted = 1000
