import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'

export type SchemaEngine = bindings.SchemaEngine

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
 * Prisma's own schema engine, in its WebAssembly package: nothing is downloaded. It talks to the database of
 * `connectionString` through node-postgres and knows the models of `schema`.
 */
export async function openSchemaEngine(connectionString: string, schema: SchemaFile): Promise<SchemaEngine> {
  loading ??= load()
  await loading
  const factory = bindMigrationAwareSqlAdapterFactory(new WholeScripts({ connectionString }))
  return bindings.SchemaEngine.new({ datamodels: [[schema.path, schema.content]] }, () => undefined, factory)
}

// The package's own entry imports the .wasm file as a module, which Node does not do without a flag.
async function load(): Promise<void> {
  const file = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg').replace(/\.js$/, '.wasm')
  const { instance } = await WebAssembly.instantiate(await readFile(file), { './schema_engine_bg.js': bindings })
  bindings.__wbg_set_wasm(instance.exports)
  const start = instance.exports.__wbindgen_start
  if (typeof start === 'function') start()
}
