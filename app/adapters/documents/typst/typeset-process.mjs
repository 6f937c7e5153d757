// Runs as a process of its own, started by typst-renderer.ts: plain JavaScript, so that no loader is needed.
// It holds no environment of ours, reads only the templates and fonts named at start, and can be killed at any moment.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'

const { templatesDirectory, fontFiles } = JSON.parse(process.argv[2])

refusePackageImports()
// What the compiler made lives outside the heap that V8 watches, so it is told when to collect.
const documentsBetweenCollections = 50
let documents = 0
const fontBlobs = fontFiles.map((file) => readFileSync(file))
const compiler = NodeCompiler.create({ workspace: templatesDirectory, fontArgs: [{ fontBlobs }] })

process.on('disconnect', () => process.exit(0))
process.on('message', (job) => {
  process.send(typeset(job))
  compiler.evictCache(0)
  documents += 1
  if (documents % documentsBetweenCollections === 0) globalThis.gc?.()
})
process.send({ ready: true })

function typeset({ template, document, electronic, createdAt, isDrawing }) {
  try {
    const inputs = electronic === undefined ? { document } : { document, electronic }
    const result = compiler.compile({ mainFilePath: join(templatesDirectory, template), inputs })
    const error = result.takeError()
    if (error)
      return {
        problem: compiler
          .fetchDiagnostics(error)
          .map((diagnostic) => diagnostic.message)
          .join('; '),
      }
    if (isDrawing) return { svg: compiler.plainSvg(result.result) }
    return exportPdf(result.result, Math.floor(Date.parse(createdAt) / 1000))
  } catch (error) {
    return { problem: String(error) }
  }
}

// PDF/A refuses a page with a character no font has, e.g. in a customer's name; such a page is still an invoice.
function exportPdf(page, creationTimestamp) {
  try {
    return { pdf: compiler.pdf(page, { pdfStandard: 'a-3b', creationTimestamp }) }
  } catch (refusal) {
    const [, message] = /message: "((?:[^"\\]|\\.)*)"/.exec(String(refusal)) ?? []
    return { pdf: compiler.pdf(page, { creationTimestamp }), flaw: message?.replaceAll('\\"', '"') ?? String(refusal) }
  }
}

// Importing a package would make the compiler ask the network for it.
function refusePackageImports() {
  for (const file of readdirSync(templatesDirectory, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.typ')) continue
    if (/["']@[a-z]/i.test(readFileSync(join(templatesDirectory, file), 'utf8'))) throw new Error(`${file} imports a package`)
  }
}
