import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

/** A Prisma schema with the path it was read from. */
export type SchemaFile = { path: string; content: string }

/**
 * The adapter cuts a script at every semicolon, those inside function bodies and comments included. PostgreSQL reads scripts
 * itself, and runs one as a single transaction: a migration is applied whole or not at all.
 */
class WholeScripts extends PrismaPg {
  override async connect() {
    const connection = await super.connect()
    connection.executeScript = async (script) => {
      await connection.underlyingDriver().query(script)
    }
    return connection
  }
}

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
  const factory = bindMigrationAwareSqlAdapterFactory(new WholeScripts(pool))
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
  const file = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg').replace(/\.js$/, '.wasm')
  const { instance } = await WebAssembly.instantiate(await readFile(file), { './schema_engine_bg.js': bindings })
  bindings.__wbg_set_wasm(instance.exports)
  const start = instance.exports.__wbindgen_start
  if (typeof start === 'function') start()
}
