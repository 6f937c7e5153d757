import { readFileSync } from 'node:fs'
import ts from 'typescript'
import { sourceFiles } from './source-files.ts'

type Ban = { what: string; instead: string; where: RegExp; find: (node: ts.Node) => boolean }

const everywhere = /^(app|emails|prisma|scripts|tests)\//
const rules = /^app\/(domain|services)\/(?!.*\.test\.)/
const domain = /^app\/domain\/(?!.*\.test\.)/
// The embedded server and the build's version are read before or beside the settings.
const appOutsideConfig = /^app\/(?!config\/|db\/embedded\/)(?!.*\.test\.)/

const bans: readonly Ban[] = [
  { what: 'Date.now', instead: 'take `now` as an argument', where: rules, find: isAccess('Date', 'now') },
  { what: 'new Date()', instead: 'take `now` as an argument', where: rules, find: isNewDateWithoutArguments },
  { what: 'Math.random', instead: 'take the value as an argument', where: rules, find: isAccess('Math', 'random') },
  { what: 'await', instead: 'domain takes values and returns values', where: domain, find: (node) => ts.isAwaitExpression(node) },
  { what: 'process.env', instead: 'ask app/config/env.server.ts', where: appOutsideConfig, find: isAccess('process', 'env') },
  { what: 'parseFloat', instead: 'use a decimal', where: everywhere, find: isName('parseFloat') },
  { what: '$queryRawUnsafe', instead: 'use $queryRaw with bound parameters', where: everywhere, find: isName('$queryRawUnsafe') },
  { what: '$executeRawUnsafe', instead: 'use $executeRaw with bound parameters', where: everywhere, find: isName('$executeRawUnsafe') },
  { what: 'an object spread into another as it is written', instead: 'write its properties out', where: everywhere, find: isSpreadLiteral },
  { what: 'Prisma.raw', instead: 'use Prisma.sql with bound parameters', where: everywhere, find: isAccess('Prisma', 'raw') },
]

// A promise to do something later needs a name and a date; without them it stays forever.
const unsignedPromise = /\b(TODO|FIXME|XXX)\b(?!\([^),]+, \d{4}-\d{2}-\d{2}\))/

/** What the house forbids and the linter cannot express, one line per finding. */
export function findBans(): string[] {
  return sourceFiles(['app', 'emails', 'prisma', 'scripts', 'tests']).flatMap((path) => {
    const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true)
    return [...bannedNodes(source), ...unsignedPromises(source)]
  })
}

function bannedNodes(source: ts.SourceFile): string[] {
  const active = bans.filter((ban) => ban.where.test(source.fileName))
  const findings: string[] = []
  const visit = (node: ts.Node): void => {
    for (const ban of active)
      if (ban.find(node)) findings.push(`${position(source, node.getStart())} ${ban.what} is not allowed here: ${ban.instead}`)
    ts.forEachChild(node, visit)
  }
  if (active.length > 0) visit(source)
  return findings
}

function unsignedPromises(source: ts.SourceFile): string[] {
  const lines = source.text.split('\n')
  const isBansItself = source.fileName === 'scripts/checks/bans.ts'
  return lines.flatMap((line, index) =>
    !isBansItself && unsignedPromise.test(line) ? [`${source.fileName}:${index + 1} write TODO(owner, date) or nothing`] : [],
  )
}

function isSpreadLiteral(node: ts.Node): boolean {
  return ts.isSpreadAssignment(node) && ts.isObjectLiteralExpression(node.expression)
}

function isAccess(object: string, property: string) {
  return (node: ts.Node) =>
    ts.isPropertyAccessExpression(node) &&
    node.name.text === property &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === object
}

function isName(name: string) {
  return (node: ts.Node) => ts.isIdentifier(node) && node.text === name
}

function isNewDateWithoutArguments(node: ts.Node): boolean {
  return ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'Date' && !node.arguments?.length
}

function position(source: ts.SourceFile, offset: number): string {
  return `${source.fileName}:${source.getLineAndCharacterOfPosition(offset).line + 1}`
}
