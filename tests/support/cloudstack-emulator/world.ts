/**
 * The cloud the emulator plays: its domains, accounts, offerings and servers. Ids are fixed, so that a seed can map them.
 * Days and hours count from the first of the month served, in UTC; day 1 is the first.
 */
export type Domain = { readonly id: string; readonly name: string; readonly path: string }
export type CloudAccount = { readonly id: string; readonly name: string; readonly domain: Domain }
export type Offering = {
  readonly id: string
  readonly name: 'S' | 'M' | 'L'
  readonly cpuNumber: number
  readonly memoryMib: number
  readonly rootGib: number
}

const uuid = (kind: string, number: number) => `5e4a0000-${kind}-4000-8000-${number.toString(16).padStart(12, '0')}`

const domain = (number: number, path: string): Domain => ({ id: uuid('d000', number), name: path.split('/').at(-1) ?? path, path })
export const domains = {
  root: domain(1, 'ROOT'),
  meridianDirect: domain(2, 'ROOT/meridian-direct'),
  ahorn: domain(3, 'ROOT/ahorn'),
  lakeside: domain(4, 'ROOT/lakeside'),
  nakhla: domain(5, 'ROOT/lakeside/nakhla'),
  /** Exists in the cloud and belongs to nobody in the product: its usage must end in quarantine. */
  unmapped: domain(6, 'ROOT/left-over'),
} as const

export const zones = {
  frankfurt: { id: uuid('2000', 1), name: 'fra-1' },
  zurich: { id: uuid('2000', 2), name: 'zrh-1' },
  dubai: { id: uuid('2000', 3), name: 'dxb-1' },
} as const

export const offerings: Readonly<Record<Offering['name'], Offering>> = {
  S: { id: uuid('0ff0', 1), name: 'S', cpuNumber: 1, memoryMib: 2048, rootGib: 20 },
  M: { id: uuid('0ff0', 2), name: 'M', cpuNumber: 2, memoryMib: 4096, rootGib: 40 },
  L: { id: uuid('0ff0', 3), name: 'L', cpuNumber: 4, memoryMib: 8192, rootGib: 80 },
}
export const diskOffering = { id: uuid('0ff1', 1), name: 'Data disk' } as const
export const networkOffering = { id: uuid('0ff2', 1), name: 'DefaultShared' } as const
export const debian = { id: uuid('7000', 1), name: 'debian-12' } as const

const account = (number: number, name: string, of: Domain): CloudAccount => ({ id: uuid('acc0', number), name, domain: of })
export const cloudAccounts = {
  brandt: account(1, 'brandt', domains.meridianDirect),
  hanseRd: account(2, 'hanse-rd', domains.meridianDirect),
  hanseSales: account(3, 'hanse-sales', domains.meridianDirect),
  linde: account(4, 'linde', domains.ahorn),
  huber: account(5, 'huber', domains.ahorn),
  kellerAt: account(6, 'keller-at', domains.ahorn),
  praxisKeller: account(7, 'praxis-keller', domains.lakeside),
  alpenMedia: account(8, 'alpen-media', domains.lakeside),
  oasis: account(9, 'oasis', domains.nakhla),
  burjRetail: account(10, 'burj-retail', domains.nakhla),
  unmapped: account(11, 'nobody', domains.unmapped),
} as const
export type AccountName = keyof typeof cloudAccounts

/** Linde's shop runs in a project: its records name the project and no account. */
export const projects = {
  lindeShop: { id: uuid('9a00', 1), name: 'linde-shop', domain: domains.ahorn, ownedBy: cloudAccounts.linde.id },
} as const

/** Hours from the start of the month, e.g. day 12 at 13:30 is `at(12, 13.5)`. */
export const at = (day: number, hour = 0) => (day - 1) * 24 + hour

export type WorldServer = {
  readonly id: string
  readonly number: number
  readonly name: string
  readonly account: AccountName
  readonly project?: keyof typeof projects
  readonly offering: Offering['name']
  readonly zone: keyof typeof zones
  /** `office` runs from 7 to 19 on weekdays. */
  readonly schedule: 'always' | 'office'
  readonly createdHour?: number
  readonly deletedHour?: number
  readonly resize?: { readonly hour: number; readonly offering: Offering['name'] }
  readonly dataGib?: number
  readonly dataResize?: { readonly hour: number; readonly gib: number }
  /** Sent on an average weekday; nights and week-ends are quieter. */
  readonly dailyGb: number
  readonly snapshotsKept?: number
  readonly backup?: 'sized' | 'unsized'
  readonly serverSnapshotDays?: readonly [number, number]
  readonly trafficVia?: 'router'
}

type Plan = Omit<WorldServer, 'id' | 'number'>
const plans: readonly Plan[] = [
  {
    name: 'brandt-web',
    account: 'brandt',
    offering: 'M',
    zone: 'frankfurt',
    schedule: 'always',
    dailyGb: 18,
    dataGib: 50,
    backup: 'sized',
  },
  {
    name: 'brandt-erp',
    account: 'brandt',
    offering: 'L',
    zone: 'frankfurt',
    schedule: 'always',
    dailyGb: 4,
    dataGib: 200,
    snapshotsKept: 7,
  },
  { name: 'rd-build', account: 'hanseRd', offering: 'L', zone: 'frankfurt', schedule: 'office', dailyGb: 22, dataGib: 100 },
  {
    name: 'rd-git',
    account: 'hanseRd',
    offering: 'M',
    zone: 'frankfurt',
    schedule: 'always',
    dailyGb: 6,
    snapshotsKept: 7,
    backup: 'sized',
  },
  {
    name: 'rd-lab',
    account: 'hanseRd',
    offering: 'S',
    zone: 'frankfurt',
    schedule: 'office',
    dailyGb: 1,
    createdHour: at(8, 9.4025),
    trafficVia: 'router',
  },
  { name: 'sales-crm', account: 'hanseSales', offering: 'M', zone: 'frankfurt', schedule: 'always', dailyGb: 9, backup: 'unsized' },
  { name: 'sales-demo', account: 'hanseSales', offering: 'S', zone: 'frankfurt', schedule: 'office', dailyGb: 2 },
  {
    name: 'linde-app',
    account: 'linde',
    offering: 'S',
    zone: 'frankfurt',
    schedule: 'always',
    dailyGb: 12,
    resize: { hour: at(12, 13.5), offering: 'M' },
    dataGib: 20,
    dataResize: { hour: at(12, 14), gib: 60 },
  },
  { name: 'linde-db', account: 'linde', offering: 'M', zone: 'frankfurt', schedule: 'always', dailyGb: 3, dataGib: 120, snapshotsKept: 7 },
  { name: 'linde-shop', account: 'linde', project: 'lindeShop', offering: 'M', zone: 'frankfurt', schedule: 'always', dailyGb: 25 },
  { name: 'huber-web', account: 'huber', offering: 'S', zone: 'frankfurt', schedule: 'always', dailyGb: 7, backup: 'unsized' },
  { name: 'huber-test', account: 'huber', offering: 'S', zone: 'frankfurt', schedule: 'always', dailyGb: 1, deletedHour: at(20, 10) },
  { name: 'keller-mail', account: 'kellerAt', offering: 'S', zone: 'frankfurt', schedule: 'always', dailyGb: 5, snapshotsKept: 3 },
  {
    name: 'praxis-files',
    account: 'praxisKeller',
    offering: 'M',
    zone: 'zurich',
    schedule: 'always',
    dailyGb: 2,
    dataGib: 80,
    backup: 'sized',
  },
  { name: 'praxis-desk', account: 'praxisKeller', offering: 'S', zone: 'zurich', schedule: 'office', dailyGb: 1 },
  {
    name: 'alpen-stream',
    account: 'alpenMedia',
    offering: 'L',
    zone: 'zurich',
    schedule: 'always',
    dailyGb: 140,
    dataGib: 400,
    trafficVia: 'router',
  },
  {
    name: 'alpen-cut',
    account: 'alpenMedia',
    offering: 'L',
    zone: 'zurich',
    schedule: 'office',
    dailyGb: 30,
    serverSnapshotDays: [10, 14],
  },
  { name: 'oasis-web', account: 'oasis', offering: 'M', zone: 'dubai', schedule: 'always', dailyGb: 16, snapshotsKept: 3 },
  { name: 'oasis-booking', account: 'oasis', offering: 'M', zone: 'dubai', schedule: 'always', dailyGb: 8, createdHour: at(5, 6.25) },
  {
    name: 'burj-shop',
    account: 'burjRetail',
    offering: 'L',
    zone: 'dubai',
    schedule: 'always',
    dailyGb: 45,
    dataGib: 100,
    backup: 'sized',
  },
  { name: 'burj-stock', account: 'burjRetail', offering: 'S', zone: 'dubai', schedule: 'always', dailyGb: 2, serverSnapshotDays: [17, 18] },
  { name: 'left-over-1', account: 'unmapped', offering: 'S', zone: 'frankfurt', schedule: 'always', dailyGb: 1 },
]

export const servers: readonly WorldServer[] = plans.map((plan, index) => ({ ...plan, id: serverId(index + 1), number: index + 1 }))

/** The ids of things that hang on a server, or an account, by its number. */
export function serverId(number: number): string {
  return uuid('5000', number)
}
export const thingId = (kind: ThingKind, number: number, counter = 0): string => uuid(thingKinds[kind], number * 0x10000 + counter)

const thingKinds = {
  address: '1b00',
  rootVolume: '6000',
  dataVolume: '6001',
  snapshot: '9000',
  serverSnapshot: '2500',
  securityGroup: '1000',
  router: 'b000',
  network: 'c000',
  template: '7001',
  iso: '8000',
  loadBalancer: '1100',
  portForwarding: '1200',
  vpnUser: '1400',
  bucket: '2900',
  vpc: '3100',
} as const
export type ThingKind = keyof typeof thingKinds

/** What the month holds that a good importer must notice. Days are those of the windows concerned. */
export const anomalies = {
  /** Type 1 and 2 records of a server after its deletion. */
  ghost: { server: 'huber-test', deletedDay: 20, deletedHour: 10, ghostDays: [22, 23] },
  /** 26 hours in a day of 24. */
  impossible: { server: 'brandt-web', day: 9, rawusage: '26' },
  /** A traffic counter that went backwards. */
  negative: { server: 'rd-git', day: 11, rawusage: '-5368709120' },
  unknownType: { server: 'sales-crm', day: 14, usagetype: 77 },
  /** The same volume and window again with another quantity, later in the list. */
  conflict: { server: 'burj-shop', day: 16, first: '24', second: '23.25' },
  /** Windows emitted a second time, word for word, as a usage server does after an old unprocessed event. */
  reemitted: { domain: domains.lakeside.path, days: [5, 6, 7] },
  /** Windows of one account that arrive only three days after the month's end. */
  late: { account: 'keller-at', days: [27, 28], hoursAfterMonth: 72 },
  /** Windows before this day print dates in the old form, with quotes round the T. */
  newDatesFromDay: 11,
  /** Where quantities carry a comma. */
  commaZone: 'zurich',
} as const

/** API keys of the cloud: the root administrator's and one domain administrator's. Made up; they open nothing but this emulator. */
export type ApiAccount = { readonly apiKey: string; readonly secretKey: string; readonly domainPath: string }
export const apiAccounts = {
  root: { apiKey: 'emulator-root-api-key', secretKey: 'emulator-root-secret~(1)!', domainPath: 'ROOT' },
  lakeside: { apiKey: 'emulator-lakeside-api-key', secretKey: 'emulator-lakeside-secret', domainPath: 'ROOT/lakeside' },
} as const satisfies Record<string, ApiAccount>
