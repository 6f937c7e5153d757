/** What a meter's usage is a service of, in the words of FOCUS, and what kind of resource it comes from. */
export type MeteredService = { readonly category: string; readonly name: string; readonly resourceType: string }

const compute: MeteredService = { category: 'Compute', name: 'Server', resourceType: 'server' }
const storage = (name: string, resourceType: string): MeteredService => ({ category: 'Storage', name, resourceType })
const network = (name: string, resourceType: string): MeteredService => ({ category: 'Networking', name, resourceType })

/** By the first word of a meter's code. */
const families: Readonly<Record<string, MeteredService>> = {
  server: compute,
  address: network('Address', 'address'),
  traffic: network('Traffic', 'server'),
  volume: storage('Volume', 'volume'),
  disk: storage('Disk', 'volume'),
  template: storage('Image', 'template'),
  iso: storage('Image', 'template'),
  image: storage('Image', 'template'),
  snapshot: storage('Snapshot', 'snapshot'),
  backup: storage('Backup', 'backup'),
  bucket: storage('Object storage', 'bucket'),
  'security-group': network('Firewall', 'security-group'),
  'load-balancer': network('Load balancer', 'load-balancer'),
  'port-forwarding': network('Network', 'network'),
  'network-offering': network('Network', 'network'),
  network: network('Network', 'network'),
  vpc: network('Network', 'network'),
  'vpn-user': network('VPN', 'vpn'),
}

const unknown: MeteredService = { category: 'Other', name: 'Metered service', resourceType: 'resource' }

/** The service that usage by `meter` belongs to; `Other` for a meter without a family. */
export function serviceOfMeter(meter: string): MeteredService {
  return families[meter] ?? families[meter.split('.')[0] ?? ''] ?? unknown
}

/** The FOCUS category of a product: all that is sold by plan is computing. */
export const planCategory = 'Compute'

/** The category of rows that no service stands behind: tax, discounts, credits, rounding. */
export const noService = { category: 'Other', name: 'Billing' } as const
