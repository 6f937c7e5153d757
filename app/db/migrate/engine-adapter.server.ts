import { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import type pg from 'pg'

// PostgreSQL's type numbers: one letter of the system catalog, and text.
const charType = 18
const textType = 25

/**
 * Prisma's node-postgres adapter, mended where the schema engine needs more of it:
 * - It cuts a script at every semicolon, those inside function bodies and comments included. PostgreSQL reads scripts itself,
 *   and runs one as a single transaction: a migration is applied whole or not at all.
 * - It refuses the catalog's one-letter columns (type "char"), which the engine reads to describe a database.
 */
export class EngineAdapter extends PrismaPg {
  private readonly characterColumns: WeakMap<object, number[]>

  constructor(pool: pg.Pool) {
    const characterColumns = new WeakMap<object, number[]>()
    super(Object.assign(pool, { query: readingCharactersAsText(pool, characterColumns) }))
    this.characterColumns = characterColumns
  }

  override async connect() {
    const connection = await super.connect()
    const queryRaw = connection.queryRaw.bind(connection)
    connection.queryRaw = async (query) => {
      const result = await queryRaw(query)
      for (const column of this.characterColumns.get(result.rows) ?? []) result.columnTypes[column] = ColumnTypeEnum.Character
      return result
    }
    connection.executeScript = async (script) => {
      await connection.underlyingDriver().query(script)
    }
    return connection
  }
}

function readingCharactersAsText(pool: pg.Pool, characterColumns: WeakMap<object, number[]>) {
  const query = pool.query.bind(pool)
  return async (statement: pg.QueryConfig) => {
    const result = await query(statement)
    const fields = result.fields ?? []
    const columns = fields.flatMap((field, column) => (field.dataTypeID === charType ? [column] : []))
    for (const column of columns) Object.assign(fields[column] ?? {}, { dataTypeID: textType })
    if (columns.length > 0) characterColumns.set(result.rows, columns)
    return result
  }
}
