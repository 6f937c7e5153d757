import { Prisma } from './generated/client.ts'

/** A piece of a query with its parameters, for queries that are put together of several. */
export type Sql = Prisma.Sql
/** Writes such a piece; values stay bound parameters. */
export const sql = Prisma.sql
/** Puts such pieces together, with a word of SQL between them. */
export const joinSql = (pieces: readonly Sql[], between: string): Sql => Prisma.join([...pieces], between)
