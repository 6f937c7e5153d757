import { inTenant } from '#app/db/context.server.ts'
import type { NewsTexts } from '#app/domain/news/news.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { listOfficeNews } from '#app/reports/news/query.server.ts'
import { publishNews } from '#app/services/news/publish-news.server.ts'
import { saveNews } from '#app/services/news/save-news.server.ts'
import { tenantOf } from './accounts.ts'
import type { SeededSeller, Slug } from './sellers.ts'

const texts: NewsTexts = {
  en: {
    title: 'A website and its database in one order',
    text: 'From now on you order servers that belong together **as one application**: nginx in front, PostgreSQL behind it.\n\n- It is paid and billed as one.\n- Web servers are added as visitors come.',
  },
  de: {
    title: 'Website und Datenbank in einer Bestellung',
    text: 'Ab sofort bestellen Sie Server, die zusammengehören, **als eine Anwendung**: vorn nginx, dahinter PostgreSQL.\n\n- Bezahlt und berechnet wird sie als Ganzes.\n- Webserver kommen dazu, wenn Besucher kommen.',
  },
  fr: {
    title: 'Un site et sa base de données en une commande',
    text: 'Vous commandez désormais les serveurs qui vont ensemble **comme une application** : nginx devant, PostgreSQL derrière.\n\n- Elle se paie et se facture d’un seul tenant.\n- Ajoutez des serveurs web au fil des visites.',
  },
  ar: {
    title: 'موقع وقاعدة بياناته في طلب واحد',
    text: 'من الآن تطلب الخوادم التي ينتمي بعضها إلى بعض **كتطبيق واحد**: nginx في الأمام وPostgreSQL خلفه.\n\n- يُدفع ويُفوتر كوحدة واحدة.\n- تُضاف خوادم الويب مع تزايد الزوار.',
  },
}

/** One piece of news in every store. Safe to repeat. */
export async function seedNews(sellers: ReadonlyMap<Slug, SeededSeller>, showsFrom: Date): Promise<void> {
  for (const slug of sellers.keys()) {
    await inTenant(tenantOf(sellers, slug), async (ctx) => {
      if ((await listOfficeNews(ctx)).length > 0) return
      const saved = await saveNews(ctx, { id: null, place: 'store-and-panel', showsFrom, showsUntil: null, texts })
      invariant(saved.ok, `the news of ${slug}`)
      await publishNews(ctx, saved.value)
    })
  }
}
