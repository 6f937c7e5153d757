import { z } from 'zod'
import { asking, costing, readable } from './asking.ts'
import { Address, Asked, Backup, DnsRecords, DnsZone, Firewall, Image, LoadBalancer, Network, Volume } from './cloud-schemas.ts'
import { type Endpoint, nothing } from './endpoint.ts'
import { Paging, pageOf } from './schemas.ts'
import { vpnEndpoints } from './vpn-endpoints.ts'

const page = z.strictObject(Paging)
const versioned = { isVersioned: true } as const

/** What programs do with volumes, addresses, backups, images, networks, load balancers and DNS zones, and with what surrounds a server. */
export const cloudEndpoints = {
  volumes: { ...readable('volume'), path: '/volumes', summary: 'Volumes, newest first', query: page, answer: pageOf(Volume) },
  volume: { ...readable('volume'), path: '/volumes/{volume_id}', summary: 'One volume', query: nothing, answer: Volume },
  volumeCreate: {
    ...asking('post', 'create-volume', { path: '/volumes', summary: 'Makes a volume, charged by its size and time', body: Asked.volume }),
    ...costing,
  },
  volumeAttach: asking('post', 'attach-volume', {
    path: '/volumes/{volume_id}/attach',
    summary: 'Gives a volume to a server in its location',
    body: Asked.server,
  }),
  volumeDetach: asking('post', 'detach-volume', {
    path: '/volumes/{volume_id}/detach',
    summary: 'Takes a volume from its server',
    body: Asked.nothing,
  }),
  volumeResize: {
    ...asking('post', 'resize-volume', {
      path: '/volumes/{volume_id}/resize',
      summary: 'Makes a volume larger; they only grow',
      body: Asked.size,
    }),
    ...costing,
  },
  volumeDelete: asking('delete', 'delete-volume', {
    path: '/volumes/{volume_id}',
    summary: 'Deletes a volume that no server has, with all that is on it',
    body: Asked.nothing,
  }),

  addresses: {
    ...readable('address'),
    path: '/addresses',
    summary: 'Public addresses, newest first',
    query: page,
    answer: pageOf(Address),
  },
  address: { ...readable('address'), path: '/addresses/{address_id}', summary: 'One public address', query: nothing, answer: Address },
  addressAcquire: {
    ...asking('post', 'acquire-address', {
      path: '/addresses',
      summary: 'Takes a public address, charged by its time',
      body: Asked.address,
    }),
    ...costing,
  },
  addressAttach: asking('post', 'attach-address', {
    path: '/addresses/{address_id}/attach',
    summary: 'Leads an address to a server in its location',
    body: Asked.server,
  }),
  addressDetach: asking('post', 'detach-address', {
    path: '/addresses/{address_id}/detach',
    summary: 'Leads an address to no server any more',
    body: Asked.nothing,
  }),
  addressReverseName: asking('put', 'set-reverse-name', {
    path: '/addresses/{address_id}/reverse-name',
    summary: 'Names an address, or takes its name away',
    body: Asked.reverseName,
  }),
  addressRelease: asking('delete', 'release-address', {
    path: '/addresses/{address_id}',
    summary: 'Gives an address back',
    body: Asked.nothing,
  }),

  networks: { ...readable('network'), path: '/networks', summary: 'Private networks, newest first', query: page, answer: pageOf(Network) },
  network: { ...readable('network'), path: '/networks/{network_id}', summary: 'One private network', query: nothing, answer: Network },
  networkCreate: asking('post', 'create-network', { path: '/networks', summary: 'Makes a private network', body: Asked.network }),
  networkJoin: asking('post', 'join-network', {
    path: '/networks/{network_id}/join',
    summary: 'Puts a server into a network',
    body: Asked.server,
  }),
  networkLeave: asking('post', 'leave-network', {
    path: '/networks/{network_id}/leave',
    summary: 'Takes a server out of a network',
    body: Asked.server,
  }),
  networkDelete: asking('delete', 'delete-network', {
    path: '/networks/{network_id}',
    summary: 'Deletes a network that no server is in',
    body: Asked.nothing,
  }),
  ...vpnEndpoints,

  loadBalancers: {
    ...readable('load-balancer'),
    path: '/load-balancers',
    summary: 'Load balancers, newest first',
    query: page,
    answer: pageOf(LoadBalancer),
  },
  loadBalancer: {
    ...readable('load-balancer'),
    path: '/load-balancers/{load_balancer_id}',
    summary: 'One load balancer, and which of its servers get connections',
    query: nothing,
    answer: LoadBalancer,
  },
  loadBalancerCreate: {
    ...asking('post', 'create-load-balancer', {
      path: '/load-balancers',
      summary: 'Makes a load balancer with a public address, charged by its time',
      body: Asked.balancer,
    }),
    ...costing,
  },
  loadBalancerSet: asking('put', 'set-load-balancer', {
    path: '/load-balancers/{load_balancer_id}/balancing',
    summary: 'Replaces how connections are spread, and the ports that are listened to',
    body: Asked.balancing,
  }),
  loadBalancerJoin: asking('post', 'join-load-balancer', {
    path: '/load-balancers/{load_balancer_id}/join',
    summary: 'Puts a server of its location behind a load balancer',
    body: Asked.server,
  }),
  loadBalancerLeave: asking('post', 'leave-load-balancer', {
    path: '/load-balancers/{load_balancer_id}/leave',
    summary: 'Takes a server from behind a load balancer',
    body: Asked.server,
  }),
  loadBalancerDelete: asking('delete', 'delete-load-balancer', {
    path: '/load-balancers/{load_balancer_id}',
    summary: 'Deletes a load balancer; its servers stay',
    body: Asked.nothing,
  }),

  dnsZones: {
    ...readable('dns-zone'),
    path: '/dns-zones',
    summary: 'DNS zones with their records, newest first',
    query: page,
    answer: pageOf(DnsZone),
  },
  dnsZone: {
    ...readable('dns-zone'),
    path: '/dns-zones/{zone_id}',
    summary: 'One DNS zone with its records',
    query: nothing,
    answer: DnsZone,
  },
  dnsZoneCreate: asking('post', 'create-dns-zone', { path: '/dns-zones', summary: 'Makes a zone for a domain', body: Asked.zone }),
  dnsRecordList: {
    ...readable('dns-zone'),
    ...versioned,
    path: '/dns-zones/{zone_id}/records',
    summary: 'The records of a zone',
    query: nothing,
    answer: DnsRecords,
  },
  dnsRecords: {
    ...asking('put', 'set-dns-records', {
      path: '/dns-zones/{zone_id}/records',
      summary: 'Replaces the records of a zone by these',
      body: Asked.records,
    }),
    ...versioned,
  },
  dnsZoneDelete: asking('delete', 'delete-dns-zone', {
    path: '/dns-zones/{zone_id}',
    summary: 'Deletes a zone with its records',
    body: Asked.nothing,
  }),

  images: { ...readable('image'), path: '/images', summary: 'Private images, newest first', query: page, answer: pageOf(Image) },
  image: { ...readable('image'), path: '/images/{image_id}', summary: 'One private image', query: nothing, answer: Image },
  imageMake: {
    ...asking('post', 'make-image', { path: '/images', summary: 'Makes an image of a server', body: Asked.imageOf }),
    ...costing,
  },
  imageRegister: {
    ...asking('post', 'register-image', { path: '/images/from-url', summary: 'Fetches an image from an address', body: Asked.imageFrom }),
    ...costing,
  },
  imageDelete: asking('delete', 'delete-image', { path: '/images/{image_id}', summary: 'Deletes a private image', body: Asked.nothing }),

  backups: { ...readable('backup'), path: '/backups', summary: 'Backups, newest first', query: page, answer: pageOf(Backup) },
  backup: { ...readable('backup'), path: '/backups/{backup_id}', summary: 'One backup', query: nothing, answer: Backup },
  backupTake: {
    ...asking('post', 'take-backup', { path: '/backups', summary: 'Backs a server up as it is', body: Asked.backup }),
    ...costing,
  },
  backupDelete: asking('delete', 'delete-backup', { path: '/backups/{backup_id}', summary: 'Deletes a backup', body: Asked.nothing }),

  firewall: {
    ...readable('server'),
    ...versioned,
    path: '/servers/{server_id}/firewall',
    summary: 'What is let through to and from a server',
    query: nothing,
    answer: Firewall,
  },
  firewallSet: {
    ...asking('put', 'set-firewall', {
      path: '/servers/{server_id}/firewall',
      summary: 'Replaces the rules of a server by these',
      body: Asked.rules,
    }),
    ...versioned,
  },
  serverReverseName: asking('put', 'set-reverse-name', {
    path: '/servers/{server_id}/reverse-name',
    summary: 'Names the address of a server, or takes its name away',
    body: Asked.reverseName,
  }),
  serverRestore: asking('post', 'restore-backup', {
    path: '/servers/{server_id}/restore',
    summary: 'Puts a server back to one of its backups',
    body: Asked.restore,
  }),
  serverRebuild: asking('post', 'rebuild', {
    path: '/servers/{server_id}/rebuild',
    summary: 'Begins a server anew from an image; all on it is lost',
    body: Asked.rebuild,
  }),
} as const satisfies Record<string, Endpoint>

export type CloudEndpointName = keyof typeof cloudEndpoints
