import { domainToASCII } from 'node:url'
import { holderOfHost } from '#app/db/sellers/hosts.server.ts'
import type { CheckedRecord } from '#app/domain/domains/records.ts'
import { checkHost } from '#app/services/domains/check-host.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { domainPorts } from '#app/wiring.server.ts'
import { type Answer, command, commandLine, exitCodes, refused, wrongUse } from './command.ts'

/** `livery domain verify <host>`: asks name servers now; 0 when every record is as it must be, 1 when not. */
export const domainVerify = command(
  'verify',
  'records of a host: found against expected',
  async (_options, typed = ''): Promise<Answer> => {
    const host = domainToASCII(typed.trim()).toLowerCase()
    if (!host) wrongUse('this is no host name')
    const tenantId = await holderOfHost(host)
    if (!tenantId) return refused('host-not-found', 'sellers add their hosts in the office')
    const checked = await checkHost(processOf(tenantId, domainPorts(), commandLine), { host })
    if (!checked.ok) return refused(checked.error)
    const { state, records } = checked.value
    const isGood = state === 'active'
    return {
      lines: [`${host}  ${state}`, ...records.flatMap(linesOf)],
      json: { ok: isGood, host, state, records },
      exitCode: isGood ? exitCodes.done : exitCodes.failed,
    }
  },
).argument('<host>', 'a host that a seller has added')

function linesOf({ type, name, expected, found, isGood }: CheckedRecord): string[] {
  const seen = found.length === 0 ? 'nothing' : found.join('  ')
  return [`${isGood ? 'ok  ' : 'BAD '} ${type.padEnd(5)} ${name}`, `       expected  ${expected}`, `       found     ${seen}`]
}
