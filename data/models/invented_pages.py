"""Pages with known parts: texts of the sets in small pages of many makes, so that the model has seen plain and odd pages as well."""
import random,html,re
L={'en':dict(rel=['Related articles','More from us','Read also','You may also like'],com=['3 comments','Comments','Leave a reply'],news=['Subscribe to our newsletter','Get the news every morning in your inbox.','Sign up'],share=['Share on Facebook','Tweet','Print'],by='By {}',ad='Advertisement',cap='Photo: {}',foot=['Imprint','Privacy','Contact','All rights reserved'],most='Most read',tags='Tags',
 consent=['We and our partners store and read information on your device to show advertising and content that suits you and to measure both.','You can accept all purposes or refuse them, and you can change your mind at any time at the foot of the page.','Some partners do not ask for consent because they rely on a legitimate interest, to which you can object in the list of partners.'],date='Updated 12 March 2021 at 10:40',upd='Published'),
 'de':dict(rel=['Mehr zum Thema','Lesen Sie auch','Das könnte Sie auch interessieren'],com=['Kommentare','12 Kommentare'],news=['Newsletter abonnieren','Jeden Morgen das Wichtigste per E-Mail.','Anmelden'],share=['Teilen','Drucken','Merken'],by='Von {}',ad='Anzeige',cap='Foto: {}',foot=['Impressum','Datenschutz','Kontakt','Alle Rechte vorbehalten'],most='Meistgelesen',tags='Schlagwörter',
 consent=['Wir und unsere Partner speichern Informationen auf Ihrem Gerät, um Ihnen Werbung und Inhalte zu zeigen, und messen deren Erfolg.','Sie können allen Zwecken zustimmen oder sie ablehnen und Ihre Wahl jederzeit am Ende der Seite ändern.'],date='Stand: 12.03.2021, 10:40 Uhr',upd='Veröffentlicht'),
 'fr':dict(rel=['À lire aussi','Sur le même sujet'],com=['Commentaires','5 commentaires'],news=['Abonnez-vous à notre newsletter',"Chaque matin, l'essentiel par e-mail.","S'inscrire"],share=['Partager','Tweeter','Imprimer'],by='Par {}',ad='Publicité',cap='Photo : {}',foot=['Mentions légales','Confidentialité','Contact','Tous droits réservés'],most='Les plus lus',tags='Mots-clés',
 consent=['Nous et nos partenaires stockons des informations sur votre appareil afin de vous proposer des publicités et des contenus adaptés.','Vous pouvez tout accepter ou refuser, et changer d’avis à tout moment en bas de la page.'],date='Publié le 12 mars 2021',upd='Mis à jour'),
 'es':dict(rel=['Te puede interesar','Noticias relacionadas'],com=['Comentarios','8 comentarios'],news=['Suscríbete a nuestro boletín','Cada mañana, lo más importante en tu correo.','Suscribirse'],share=['Compartir','Tuitear','Imprimir'],by='Por {}',ad='Publicidad',cap='Foto: {}',foot=['Aviso legal','Privacidad','Contacto','Todos los derechos reservados'],most='Lo más leído',tags='Etiquetas',
 consent=['Nosotros y nuestros socios guardamos información en su dispositivo para mostrarle publicidad y contenidos adecuados.','Puede aceptar o rechazar todo y cambiar de opinión en cualquier momento al pie de la página.'],date='12 de marzo de 2021',upd='Actualizado'),
 'ru':dict(rel=['Читайте также','По теме','Ещё по теме'],com=['Комментарии','7 комментариев'],news=['Подпишитесь на рассылку','Главное за день на вашу почту.','Подписаться'],share=['Поделиться','Печать'],by='Автор: {}',ad='Реклама',cap='Фото: {}',foot=['О нас','Контакты','Реклама','Все права защищены'],most='Самое читаемое',tags='Теги',
 consent=['Мы и наши партнёры храним данные на вашем устройстве, чтобы показывать подходящую рекламу и материалы.','Вы можете согласиться или отказаться и изменить выбор в любое время внизу страницы.'],date='12 марта 2021, 10:40',upd='Обновлено')}
def page(rnd,texts,names):
    """(html, gold text): texts = lists of paragraphs, the first is the story."""
    r=rnd; lang=r.choice(['en','en','en','de','fr','es','ru']); V=L[lang]; e=html.escape
    pick=lambda xs:r.choice(xs)
    hashed=lambda:''.join(r.choice('abcdefghijkLMNOP0123456789') for _ in range(7))
    cls=lambda *xs:(' class="%s"'%pick(xs)) if r.random()<.75 else pick(['',' class="%s"'%hashed(),' class="css-%s"'%hashed()])
    story=texts[0][:r.choice([2,3,5,8,14,30])]
    other=[p for t in texts[1:] for p in t if len(p)>60]; r.shuffle(other)
    more=lambda:other.pop() if other else 'Nothing more to tell of this today, the office said on Monday evening.'
    head=lambda:' '.join(more().split()[:r.randint(4,9)]).rstrip('.,')
    a=lambda t:'<a href="/%s">%s</a>'%(hashed(),e(t))
    short=lambda:' '.join(more().split()[:r.randint(12,32)])
    def teasers():
        n=r.randint(2,6); kind=r.randint(0,4); h=pick(['h2','h3','div','p','strong'])
        o='<%s>%s</%s>'%(h,e(pick(V['rel']+[V['most']])),h)
        if kind==0: o+='<ul>'+''.join('<li>%s</li>'%a(head()) for _ in range(n))+'</ul>'
        elif kind==1: o+=''.join('<div%s><h3>%s</h3><p>%s</p></div>'%(cls('item','teaser','card','entry'),a(head()),e(short())) for _ in range(n))
        elif kind==2: o+=''.join('<article><a href="/x"><h4>%s</h4></a><p>%s</p>%s</article>'%(e(head()),e(short()),a('Read more') if r.random()<.3 else '') for _ in range(n))
        elif kind==3: o+=''.join('<div><a href="/x">%s</a><br>%s</div>'%(e(head()),e(short())) for _ in range(n))
        else: o+=''.join('<p>%s</p>'%a(head()) for _ in range(n))
        t=pick(['div','section','aside','div']); return '<%s%s>%s</%s>'%(t,cls('related','more-stories','more','recommended','box','also','teasers','list'),o,t)
    def news(): t=pick(['div','form','section','aside']); return '<%s%s><%s>%s</%s><p>%s</p><button>%s</button></%s>'%(t,cls('newsletter','signup','box','subscribe','promo'),'h3',e(V['news'][0]),'h3',e(V['news'][1]),e(V['news'][2]),t)
    def share(): return pick(['<ul%s>%s</ul>','<div%s>%s</div>'])%(cls('share','social','tools','buttons'),' '.join(pick(['<li>%s</li>','%s','<span>%s</span>'])%a(x) for x in V['share']))
    def ad(): return '<div%s>%s</div>'%(cls('ad','ads','promo','box'),e(V['ad']))+('<div%s><p>%s</p></div>'%(cls('ad','sponsor','offer'),a(short())) if r.random()<.3 else '')
    def cap(): return pick(['<figure><img src="x.jpg"><figcaption>%s %s</figcaption></figure>','<div class="caption">%s %s</div>','<div class="image"><img src="x.jpg"><span class="credit">%s %s</span></div>'])%(e(' '.join(more().split()[:r.randint(4,11)])),e(V['cap'].format(pick(names))))
    def hidden(): return pick(['<div style="display:none"><p>%s</p></div>','<p hidden>%s</p>','<div style="display: none;">%s</div>','<div aria-hidden="true" style="visibility:hidden"><p>%s</p></div>'])%e(more())
    def consent():
        t=pick(['div','section','aside','dialog']); i=pick([' id="consent"',' class="cookie-banner"',' role="dialog"',' id="cmp" role="dialog"',' class="overlay" role="dialog" aria-label="privacy"',' id="gdpr-box"'])
        return '<%s%s><h2>%s</h2>%s<button>OK</button></%s>'%(t,i,e(pick(['Privacy','Cookies','Datenschutz'])),''.join('<p>%s</p>'%e(x) for x in V['consent']*r.randint(1,2)),t)
    def comments():
        n=r.randint(1,6); w=pick(['div','li','article']); c=cls('comment','reply','post','entry')
        b=''.join('<%s%s><%s>%s</%s> <span>%s</span><p>%s</p>%s</%s>'%(w,c,*(('b',e(pick(names)),'b')),e(V['date']),e(more()),('<p>%s</p>'%e(more()) if r.random()<.3 else ''),w) for _ in range(n))
        return '<section%s><h2>%s</h2>%s</section>'%(pick([' id="comments"',' class="comments"',' class="discussion"',' id="respond"',cls('comment-list','talk')]),e(pick(V['com'])),'<ol>%s</ol>'%b if w=='li' else b)
    def bio(): n=pick(names); return '<div%s><img src="a.jpg"><h4>%s</h4><p>%s %s</p></div>'%(cls('author','bio','author-box','about'),e(n),e(n),e(pick(['is a reporter and lives by the sea.','has written for this paper since 2009.','ist Redakteurin in Hamburg und schreibt über Wirtschaft.','est journaliste et écrit sur la culture.'])))
    def tags(): return '<div%s>%s: %s</div>'%(cls('tags','topics','keywords'),e(V['tags']),', '.join(a(w) for w in r.sample(story[0].split(),min(4,len(story[0].split())))))
    junk=[(teasers,.35),(news,.25),(share,.3),(ad,.3),(cap,.3),(hidden,.3)]
    mid=[f() for f,p in junk if r.random()<p]
    # the story in a make of its own
    make=pick(['p','p','p','p','div','brbr','br','td','span','li','mixed']); paras=[]
    def inline(p):
        ws=p.split(' ')
        if len(ws)>9 and r.random()<.25:
            i=r.randint(2,len(ws)-4); j=i+r.randint(1,3); m=' '.join(ws[i:j]); return e(' '.join(ws[:i]))+' '+pick([a(m),'<b>%s</b>'%e(m),'<em>%s</em>'%e(m),'<span>%s</span>'%e(m)])+' '+e(' '.join(ws[j:]))
        return e(p)
    P=[inline(p) for p in story]
    if make in('brbr','br'):
        sep='<br><br>' if make=='brbr' else '<br>'; k=r.randint(0,len(P)); body='<div>'+sep.join(P[:k])+'</div>'*1+(''.join(mid) if r.random()<.5 else '')+'<div>'+sep.join(P[k:])+'</div>'
    else:
        w={'p':'<p>%s</p>','div':'<div>%s</div>','td':'<p>%s</p>','span':'<div><span>%s</span></div>','li':'<p>%s</p>','mixed':None}[make]
        out=[(w or pick(['<p>%s</p>','<div>%s</div>','<blockquote><p>%s</p></blockquote>','<ul><li>%s</li></ul>']))%x for x in P]
        for m in mid: out.insert(r.randint(0,len(out)),m)
        body=''.join(out)
        if make=='td': body='<table width="100%%"><tr><td width="150">%s</td><td>%s</td><td>%s</td></tr></table>'%('<br>'.join(a(head()) for _ in range(5)),body,teasers())
    if r.random()<.3: body='<div%s>%s</div>'%(cls('content','article-body','text','teaser-content','sidebar-main','post-content'),body)
    title=head(); pre='<h1>%s</h1>'%e(title)
    if r.random()<.4: pre+='<p%s>%s</p>'%(cls('meta','byline','date','info'),e(pick([V['date'],V['by'].format(pick(names)),V['by'].format(pick(names))+' | '+V['date']])))
    post=''.join(f() for f,p in [(tags,.3),(share,.2),(bio,.3),(teasers,.35),(news,.2)] if r.random()<p)
    com=comments() if r.random()<.4 else ''
    inside=r.random()<.5
    core=pre+body+post+(com if inside else '')
    o,c=pick([('<main><article>','</article></main>'),('<article>','</article>'),('<div id="content">','</div>'),('<div%s>'%cls('wrap','page','story','main'),'</div>'),('<form id="f1" action="/x">','</form>'),('<main>','</main>')])
    nav='<nav><ul>%s</ul></nav>'%''.join('<li>%s</li>'%a(w) for w in r.sample(['News','Sport','Politik','Culture','Weather','Jobs','Opinion','Wirtschaft','Tech','Local','Economía','Спорт','Новости'],r.randint(4,9)))
    if r.random()<.4: nav=nav.replace('<nav>','<div class="%s">'%pick(['menu','top','nav'])).replace('</nav>','</div>')
    header='<header><div class="logo">%s</div>%s</header>'%(a('The '+pick(names).split()[-1]+' Post'),nav) if r.random()<.7 else nav
    foot=pick(['<footer><p>%s</p><p>%s</p></footer>','<div class="footer">%s<br>%s</div>','<div id="foot"><p>%s</p><p>%s</p></div>'])%(' '.join(a(x) for x in V['foot'][:3]),e('© 2021 '+V['foot'][-1]))
    side='<aside>%s</aside>'%teasers() if r.random()<.4 else ''
    cons=consent() if r.random()<.35 else ''
    first=r.random()<.5
    nothing=r.random()<.06
    if nothing: core='<div id="root"></div>'+('<p>%s</p>'%e(pick(['Loading…','Please enable JavaScript to use this site.','Seite wird geladen'])) if r.random()<.5 else ''); com='';side=''
    h='<!DOCTYPE html><html lang="%s"><head><meta charset="utf-8"><title>%s</title></head><body>%s%s%s%s%s%s%s%s%s</body></html>'%(lang,e(title+pick([' - The Post','',' | News'])),cons if first else '',header,o,core,c,side,'' if inside else com,foot,'' if first else cons)
    return h,('' if nothing else '\n'.join(story))
