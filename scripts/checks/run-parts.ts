import type { CheckPart } from './parts.ts'

export type Tally = { passed: number; failed: number }

const atOnce = 2

/** Runs the parts, two at a time, and prints a line for each as it ends; what a failed part says follows its line. */
export async function runParts(parts: readonly CheckPart[]): Promise<Tally> {
  const waiting = [...parts]
  const tally = { passed: 0, failed: 0 }
  const work = async () => {
    for (let part = waiting.shift(); part; part = waiting.shift()) {
      const isPassed = await runPart(part)
      tally[isPassed ? 'passed' : 'failed'] += 1
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return tally
}

async function runPart(part: CheckPart): Promise<boolean> {
  const start = performance.now()
  const findings = await part.find().catch((error: Error) => error.stack ?? error.message)
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  process.stdout.write(`${findings ? 'FAIL' : 'ok  '} ${part.name} (${seconds} s)\n`)
  if (findings) process.stdout.write(`${findings.replaceAll(/^/gm, '     ')}\n`)
  return !findings
}
