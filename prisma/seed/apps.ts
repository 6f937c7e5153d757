import { inTenant } from '#app/db/context.server.ts'
import { AppTier } from '#app/domain/apps/app-template.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { addTemplate, moveTemplate, saveTier, translateTemplate } from '#app/services/apps/save-template.server.ts'
import { tenantOf } from './accounts.ts'
import type { SeededSeller, Slug } from './sellers.ts'

type Words = Readonly<Record<string, string>>
type Texts = Readonly<Record<string, { readonly name: string; readonly description: string }>>

const texts: Texts = {
  en: {
    name: 'Website with database',
    description: 'nginx in front of a PostgreSQL that nobody else reaches. Add web servers as visitors come.',
  },
  de: {
    name: 'Website mit Datenbank',
    description: 'nginx vor einer PostgreSQL, die sonst niemand erreicht. Webserver kommen dazu, wenn Besucher kommen.',
  },
  fr: {
    name: 'Site avec base de données',
    description: 'nginx devant un PostgreSQL que personne d’autre n’atteint. Ajoutez des serveurs web au fil des visites.',
  },
  es: {
    name: 'Sitio con base de datos',
    description: 'nginx delante de un PostgreSQL al que nadie más llega. Añada servidores web según las visitas.',
  },
  'pt-BR': {
    name: 'Site com banco de dados',
    description: 'nginx na frente de um PostgreSQL que mais ninguém alcança. Adicione servidores web conforme as visitas.',
  },
  ar: { name: 'موقع مع قاعدة بيانات', description: 'خادم nginx أمام PostgreSQL لا يصل إليها أحد سواه. أضف خوادم ويب مع تزايد الزوار.' },
  'zh-Hans': { name: '网站与数据库', description: 'nginx 位于他人无法访问的 PostgreSQL 之前。访客增多时可添加 Web 服务器。' },
}
const database: Words = {
  en: 'Database',
  de: 'Datenbank',
  fr: 'Base de données',
  es: 'Base de datos',
  'pt-BR': 'Banco de dados',
  ar: 'قاعدة البيانات',
  'zh-Hans': '数据库',
}
const front: Words = { en: 'Web', de: 'Web', fr: 'Web', es: 'Web', 'pt-BR': 'Web', ar: 'الويب', 'zh-Hans': 'Web' }

const tiers = [
  { code: 'db', name: database, planCodes: ['web-2'], imageCode: 'postgres-17', least: 1, most: 1, port: 5432 },
  {
    code: 'web',
    name: front,
    planCodes: ['web-1', 'web-2'],
    imageCode: 'nginx',
    least: 1,
    most: 5,
    port: 80,
    isPublic: true,
    talksTo: ['db'],
  },
]

/** An application of two tiers in every store that sells web servers. Safe to repeat. */
export async function seedAppTemplates(sellers: ReadonlyMap<Slug, SeededSeller>): Promise<void> {
  for (const [slug, { products }] of sellers) {
    if (!products.has('web-1') || !products.has('web-2')) continue
    await inTenant(tenantOf(sellers, slug), async (ctx) => {
      const added = await addTemplate(ctx, { code: 'website', name: texts.en?.name ?? '', language: 'en' })
      if (!added.ok) return
      const { templateId } = added.value
      for (const [language, text] of Object.entries(texts))
        await translateTemplate(ctx, { templateId, language, ownLanguage: 'en', ...text })
      for (const tier of tiers) {
        const saved = await saveTier(ctx, { templateId, tier: AppTier.parse(tier) })
        invariant(saved.ok, `the ${tier.code} tier of ${slug}: ${saved.ok ? '' : saved.error}`)
      }
      await moveTemplate(ctx, { templateId, state: 'published' })
    })
  }
}
