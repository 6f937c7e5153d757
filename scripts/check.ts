import { runMain } from '#app/config/run-main.server.ts'
import { checkParts } from './checks/parts.ts'
import { runParts } from './checks/run-parts.ts'

/** All checks, or those whose names begin with an argument: `npm run check -- types layers`. */
runMain(async () => {
  const wanted = process.argv.slice(2)
  const parts = checkParts.filter((part) => wanted.length === 0 || wanted.some((name) => part.name.startsWith(name)))
  const { passed, failed } = await runParts(parts)
  process.stdout.write(`${passed} passed, ${failed} failed\n`)
  return failed === 0 && passed > 0 ? 0 : 1
})
