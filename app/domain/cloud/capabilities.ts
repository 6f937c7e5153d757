/** What a cloud may offer beside running servers. A driver names its own; use cases refuse and pages leave out the rest. */
export const cloudCapabilities = [
  'resize',
  'rebuild',
  'console',
  'metrics',
  'backups',
  'firewall',
  'volumes',
  'addresses',
  'reverse-dns',
  'images',
  'networks',
  'vpn',
  'load-balancers',
  'dns',
  'cloud-interface',
] as const
export type CloudCapability = (typeof cloudCapabilities)[number]
