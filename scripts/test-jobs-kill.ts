import { parseArgs } from 'node:util'
import { runMain } from '#app/config/run-main.server.ts'
import { killWorkers } from '#tests/faults/jobs-kill/kill-driver.ts'
import { openJobsDatabase } from '#tests/integration/jobs/jobs-database.ts'

/** Kills job workers a hundred times and counts what was lost or doubled: `npm run test:jobs:kill -- --seed 8137 --kills 100`. */
runMain(async () => {
  const { values } = parseArgs({ options: { seed: { type: 'string' }, kills: { type: 'string', default: '100' } } })
  const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000))
  const print = (line: string) => process.stdout.write(`${line}\n`)
  print(`seed ${seed}, ${values.kills} kills; the same again: npm run test:jobs:kill -- --seed ${seed}`)

  const database = await openJobsDatabase()
  const started = Date.now()
  try {
    const report = await killWorkers({ database, kills: Number(values.kills), seed, print })
    print([...report.places].map(([place, count]) => `${place} ${count}`).join(', '))
    print(
      `${report.orders} orders, ${report.effects} effects, ${report.repeatedSteps} steps ran more than once, ${Math.round((Date.now() - started) / 1000)} s`,
    )
    for (const line of [...report.lost, ...report.doubled]) print(line)
    print(`${report.lost.length} lost, ${report.doubled.length} doubled`)
    return report.lost.length + report.doubled.length === 0 ? 0 : 1
  } finally {
    await database.close()
  }
})
