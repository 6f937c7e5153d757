import { parseArgs } from 'node:util'
import { startCloudStackEmulator } from './server.ts'
import { apiAccounts } from './world.ts'

/** Runs the emulator as a process: `tsx main.ts --port 4680 --month 2026-10 --seed 1 --log cloud.jsonl`. Prints one JSON line when ready. */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    month: { type: 'string' },
    seed: { type: 'string', default: '1' },
    'window-hours': { type: 'string', default: '24' },
    log: { type: 'string' },
    faults: { type: 'string', default: '[]' },
  },
})

if (!values.month) {
  process.stderr.write('--month is needed, e.g. --month 2026-10\n')
  process.exit(78)
}

const emulator = await startCloudStackEmulator({
  port: Number(values.port),
  month: values.month,
  seed: Number(values.seed),
  windowHours: Number(values['window-hours']),
  accounts: Object.values(apiAccounts),
  faults: JSON.parse(values.faults),
  ...(values.log && { logFile: values.log }),
})
process.stdout.write(`${JSON.stringify({ endpoint: emulator.endpoint, records: emulator.entries.length })}\n`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void emulator.stop())
