import { writeFile } from 'node:fs/promises'
import { runMain } from '#app/config/run-main.server.ts'
import { planJsonSchema } from '#app/domain/pricing/plan-file/plan-schema.ts'

/** Writes the JSON Schema of the plan format beside its documentation. */
runMain(() => writeFile('docs/plan-format.schema.json', `${JSON.stringify(planJsonSchema(), null, 2)}\n`))
