import type { Random } from './random.ts'
import { allocatedSlices, hourlyBytes, hourMs, type Month, overlapMs, runningSlices, type Slice, type Window } from './timeline.ts'
import { draft, printHours, type Subject, type UsageDraft } from './usage-entry.ts'
import { debian, diskOffering, networkOffering, type Offering, thingId, type WorldServer } from './world.ts'

const gib = 2 ** 30
type Scene = { readonly server: WorldServer; readonly subject: Subject; readonly month: Month; readonly random: Random }
type Moment = Scene & { readonly window: Window; readonly runningMs: number; readonly allocatedMs: number }

/** Everything one server and what hangs on it used, window by window. */
export function serverUsage(server: WorldServer, month: Month, windows: readonly Window[], random: Random): UsageDraft[] {
  const subject: Subject = {
    account: server.account,
    ...(server.project && { project: server.project }),
    zone: server.zone,
    name: server.name,
  }
  const scene: Scene = { server, subject, month, random }
  const allocated = allocatedSlices(server, month)
  const running = runningSlices(server, month)
  return windows.flatMap((window) => {
    const runningMs = total(window, running)
    const allocatedMs = total(window, allocated)
    const moment: Moment = { ...scene, window, runningMs, allocatedMs }
    return [
      ...compute(moment, 1, running),
      ...compute(moment, 2, allocated),
      ...(allocatedMs > 0 ? attached(moment) : []),
      ...(runningMs > 0 ? [...traffic(moment, running), ...diskActivity(moment)] : []),
      ...snapshots(moment),
      ...serverSnapshot(moment),
    ]
  })
}

function total(window: Window, slices: readonly Slice[]): number {
  return slices.reduce((sum, slice) => sum + overlapMs(window, slice), 0)
}

/** One record per server, offering and window. */
function compute(moment: Moment, type: 1 | 2, slices: readonly Slice[]): UsageDraft[] {
  const { server, window } = moment
  const byOffering = new Map<Offering, number>()
  for (const slice of slices) byOffering.set(slice.offering, (byOffering.get(slice.offering) ?? 0) + overlapMs(window, slice))
  return [...byOffering]
    .filter(([, milliseconds]) => milliseconds > 0)
    .map(([offering, milliseconds]) => {
      const word = type === 1 ? 'Running' : 'Allocated'
      return hours(moment, type, milliseconds, {
        description: `${word} VM usage for ${server.name} (i-2-${server.number}-VM) (${server.id}) using service offering ${offering.name} (${offering.id}) and template ${debian.name} (${debian.id})`,
        fields: {
          virtualmachineid: server.id,
          name: server.name,
          offeringid: offering.id,
          templateid: debian.id,
          ...(type === 1 && { osdisplayname: 'Debian 12' }),
          usageid: server.id,
          type: 'KVM',
          cpunumber: offering.cpuNumber,
          cpuspeed: 2400,
          memory: offering.memoryMib,
        },
      })
    })
}

type Told = { readonly description: string; readonly fields?: Readonly<Record<string, unknown>> }

function hours({ subject, window, random }: Moment, type: number, milliseconds: number, told: Told): UsageDraft {
  const rawusage = printHours(milliseconds, random, `${subject.name} ${type} ${window.start}`)
  return draft(subject, window, { type, rawusage, words: 'Hrs', ...told })
}

/** Address, volumes, security group, network offering and backup exist as long as the server does. */
function attached(moment: Moment): UsageDraft[] {
  const { server, allocatedMs } = moment
  const rootSize = rootGibOf(moment) * gib
  const always = [
    hours(moment, 3, allocatedMs, {
      description: `IPAddress: 203.0.113.${server.number + 9}`,
      fields: { usageid: thingId('address', server.number), issourcenat: false, issystem: false },
    }),
    hours(moment, 6, allocatedMs, {
      description: `Volume usage for ROOT-${server.number} (${thingId('rootVolume', server.number)}) with size (${rootSize / gib}.00 GB) ${rootSize}`,
      fields: { usageid: thingId('rootVolume', server.number), templateid: debian.id, size: rootSize },
    }),
    hours(moment, 10, allocatedMs, {
      description: `Security group default usage for VM ${server.name}`,
      fields: { usageid: thingId('securityGroup', server.number), virtualmachineid: server.id },
    }),
    hours(moment, 13, allocatedMs, {
      description: `Network offering ${networkOffering.name} usage for VM ${server.name}`,
      fields: { offeringid: networkOffering.id, virtualmachineid: server.id, isdefault: true },
    }),
  ]
  return [...always, ...dataVolume(moment), ...backup(moment, rootSize)]
}

function rootGibOf({ server, month }: Scene): number {
  return allocatedSlices(server, month)[0]?.offering.rootGib ?? 20
}

/** A resize ends one record and begins another inside the same window, told apart by size alone. */
function dataVolume(moment: Moment): UsageDraft[] {
  const { server, month, window, allocatedMs } = moment
  if (!server.dataGib) return []
  const record = (sizeGib: number, milliseconds: number) =>
    hours(moment, 6, milliseconds, {
      description: `Volume usage for DATA-${server.number} with disk offering ${diskOffering.name} and size (${sizeGib}.00 GB) ${sizeGib * gib}`,
      fields: { usageid: thingId('dataVolume', server.number), offeringid: diskOffering.id, size: sizeGib * gib },
    })
  if (!server.dataResize) return [record(server.dataGib, allocatedMs)]
  const cut = month.start + server.dataResize.hour * hourMs
  const beforeMs = overlapMs(window, { start: month.start, end: cut })
  const afterMs = overlapMs(window, { start: cut, end: month.end })
  return [...(beforeMs > 0 ? [record(server.dataGib, beforeMs)] : []), ...(afterMs > 0 ? [record(server.dataResize.gib, afterMs)] : [])]
}

function backup(moment: Moment, rootSize: number): UsageDraft[] {
  const { server, allocatedMs } = moment
  if (!server.backup) return []
  const size = Math.round(rootSize * 0.31)
  const fields = { usageid: server.id, virtualmachineid: server.id, name: `i-2-${server.number}-VM` }
  return [
    hours(moment, 28, allocatedMs, {
      description: `Backup usage for VM ${server.name} and backup offering Gold`,
      fields: server.backup === 'sized' ? { ...fields, size, virtualsize: rootSize } : fields,
    }),
  ]
}

function traffic({ server, subject, window, random }: Moment, running: readonly Slice[]): UsageDraft[] {
  let sent = 0
  for (let hour = window.start; hour < window.end; hour += hourMs) {
    const onlineMs = total({ start: hour, end: Math.min(hour + hourMs, window.end), day: window.day }, running)
    const mood = 0.75 + random(`traffic ${server.name} ${hour}`) / 2
    sent += hourlyBytes(server.dailyGb, hour) * mood * (onlineMs / hourMs)
  }
  const sentBytes = Math.round(sent)
  const receivedBytes = Math.round(sent * (0.12 + random(`ratio ${server.name} ${window.start}`) / 5))
  const device =
    server.trafficVia === 'router' ? { id: thingId('router', server.number), type: 'DomainRouter' } : { id: server.id, type: 'UserVm' }
  const fields = { usageid: device.id, type: device.type, networkid: thingId('network', server.number), name: `net-${server.account}` }
  return (
    [
      [4, 'sent', sentBytes],
      [5, 'received', receivedBytes],
    ] as const
  )
    .filter(([, , bytes]) => bytes > 0)
    .map(([type, word, bytes]) =>
      draft(subject, window, {
        type,
        rawusage: String(bytes),
        words: `bytes ${word}`,
        description: `Bytes ${word} by network net-${server.account} (${fields.networkid}) ${bytes} using ${device.type} (${device.id})`,
        fields,
      }),
    )
}

function diskActivity({ server, subject, window, random, runningMs }: Moment): UsageDraft[] {
  const base = (runningMs / hourMs) * (0.5 + random(`disk ${server.name} ${window.start}`))
  const kinds = [
    [21, 'io read', 640],
    [22, 'io write', 4_130],
    [23, 'bytes read', 268_435_456],
    [24, 'bytes write', 134_217_728],
  ] as const
  return kinds.map(([type, words, perHour]) =>
    draft(subject, window, {
      type,
      rawusage: String(Math.round(base * perHour) + 1),
      words,
      description: `Disk ${words} for VM ${server.name} and volume ROOT-${server.number}`,
      fields: { usageid: thingId('rootVolume', server.number), virtualmachineid: server.id, type: 'VirtualMachine' },
    }),
  )
}

/** A snapshot each night at 2, kept for some days. */
function snapshots(moment: Moment): UsageDraft[] {
  const { server, month, window, random } = moment
  const kept = server.snapshotsKept
  if (!kept) return []
  return Array.from({ length: month.hours / 24 }, (_, index) => index + 1).flatMap((day) => {
    const start = month.start + ((day - 1) * 24 + 2) * hourMs
    const milliseconds = overlapMs(window, { start, end: Math.min(start + kept * 24 * hourMs, month.end) })
    if (milliseconds === 0) return []
    const size = Math.round((1.1 + random(`snapshot ${server.name} ${day}`)) * gib)
    return hours(moment, 9, milliseconds, {
      description: `Snapshot usage for ${server.name}_ROOT-${server.number}_${day} with size ${size}`,
      fields: { usageid: thingId('snapshot', server.number, day), size },
    })
  })
}

/** A snapshot of the whole server, on primary and on secondary storage. */
function serverSnapshot(moment: Moment): UsageDraft[] {
  const { server, month, window } = moment
  if (!server.serverSnapshotDays) return []
  const [first, last] = server.serverSnapshotDays
  const span = { start: month.start + ((first - 1) * 24 + 8) * hourMs, end: month.start + (last * 24 - 6) * hourMs }
  const milliseconds = overlapMs(window, span)
  if (milliseconds === 0) return []
  const fields = { usageid: thingId('serverSnapshot', server.number), virtualmachineid: server.id, name: 'before-upgrade' }
  return [
    hours(moment, 25, milliseconds, {
      description: `VMSnapshot usage for ${server.name}`,
      fields: { ...fields, size: 5 * gib, offeringid: '17' },
    }),
    hours(moment, 27, milliseconds, {
      description: `VMSnapshot on primary storage usage for ${server.name}`,
      fields: { ...fields, size: rootGibOf(moment) * gib },
    }),
  ]
}
