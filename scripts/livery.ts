import { runMain } from '#app/config/run-main.server.ts'
import { runLivery } from './cli/program.ts'

runMain(() =>
  runLivery(process.argv.slice(2), {
    out: (text) => process.stdout.write(text),
    problem: (text) => process.stderr.write(text),
  }),
)
