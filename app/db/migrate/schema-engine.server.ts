import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'
import { EngineAdapter } from './engine-adapter.server.ts'

/** A Prisma schema with the path it was read from. */
export type SchemaFile = { path: string; content: string }

let loading: Promise<void> | undefined

/**
 * Gives `work` Prisma's own schema engine, in its WebAssembly package: nothing is downloaded. It talks to the database of
 * `connectionString` through node-postgres and knows the models of `schema`. No connection outlives the call.
 */
export async function withSchemaEngine<T>(
  connectionString: string,
  schema: SchemaFile,
  work: (engine: bindings.SchemaEngine) => Promise<T>,
): Promise<T> {
  loading ??= load()
  await loading
  const pool = new pg.Pool({ connectionString, application_name: 'livery migrate' })
  const factory = bindMigrationAwareSqlAdapterFactory(new EngineAdapter(pool))
  try {
    const engine = await bindings.SchemaEngine.new({ datamodels: [[schema.path, schema.content]] }, () => undefined, factory)
    try {
      return await work(engine)
    } finally {
      engine.free()
    }
  } finally {
    await pool.end()
  }
}

// The package's own entry imports the .wasm file as a module, which Node does not do without a flag.
async function load(): Promise<void> {
  const file = createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    .replace(/\.js$/, '.wasm')
  const { instance } = await WebAssembly.instantiate(await readFile(file), { './schema_engine_bg.js': bindings })
  bindings.__wbg_set_wasm(instance.exports)
  // A panic inside the engine reports itself here; without the object it would hide behind a TypeError.
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      set_message: (message: string) => {
        throw new Error(`Prisma's schema engine: ${message}`)
      },
    },
  })
  const start = instance.exports.__wbindgen_start
  if (typeof start === 'function') start()
}
