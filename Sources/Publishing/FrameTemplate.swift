/// The templates of the frame, in Mustache; every name in them is of a context of `PageFrame`.
enum FrameTemplate {
    /// What a page may load: its own style, script and images, and nothing from elsewhere.
    private static let policy = """
        default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
        base-uri 'none'; form-action 'none'
        """

    private static let head = """
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="\(policy)">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="referrer" content="no-referrer">
        <meta name="color-scheme" content="light dark">
        """

    /// A wreath of two branches.
    static let wreath = """
        <svg class="wreath" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
        <g id="branch"><path class="stem" d="M16 28.5C8.5 26 5 19.5 6.5 10"/>
        <ellipse cx="11.2" cy="24.4" rx="3.4" ry="1.5" transform="rotate(12 11.2 24.4)"/>
        <ellipse cx="6" cy="21.6" rx="3.3" ry="1.5" transform="rotate(48 6 21.6)"/>
        <ellipse cx="10.6" cy="19.4" rx="3.1" ry="1.4" transform="rotate(-28 10.6 19.4)"/>
        <ellipse cx="4.2" cy="15.6" rx="3.2" ry="1.4" transform="rotate(72 4.2 15.6)"/>
        <ellipse cx="9.3" cy="14" rx="3" ry="1.3" transform="rotate(-46 9.3 14)"/>
        <ellipse cx="6.8" cy="7.6" rx="3.1" ry="1.4" transform="rotate(-72 6.8 7.6)"/></g>
        <use href="#branch" transform="translate(32 0) scale(-1 1)"/></svg>
        """

    static let page = """
        <!doctype html>
        <html lang="{{{lang}}}">
        <head>
        \(head)
        <title>{{{title}}} · {{{event}}}</title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="{{{root}}}site.css">
        <link rel="alternate" hreflang="{{{otherLang}}}" href="{{{otherPath}}}">
        {{#scripts}}
        <script src="{{{.}}}" defer></script>
        {{/scripts}}
        <script src="{{{root}}}site.js" defer></script>
        </head>
        <body>
        <a class="skip" href="#main">{{{skip}}}</a>
        <header>
        {{#isRehearsal}}
        <p class="rehearsal" role="note">{{{rehearsal}}}</p>
        {{/isRehearsal}}
        <div class="top"><div class="wide">
        <a class="home" href="{{{up}}}index.html">\(wreath)<span>{{{event}}}</span></a>
        <nav aria-label="{{{navLabel}}}"><ul>
        {{#links}}
        <li><a href="{{{href}}}"{{#isCurrent}} aria-current="true"{{/isCurrent}}>\
        {{{label}}}</a></li>
        {{/links}}
        <li class="language"><a href="{{{otherPath}}}" hreflang="{{{otherLang}}}" \
        lang="{{{otherLang}}}">{{{otherName}}}</a></li>
        </ul></nav>
        </div></div>
        <div class="kind {{{kindClass}}}" role="note"><p class="wide"><strong>{{{kind}}}</strong> \
        <span>{{{kindNote}}}</span></p></div>
        </header>
        <main id="main" class="wide" tabindex="-1">
        {{{body}}}
        </main>
        <footer class="foot"><div class="wide">
        {{#hasNotes}}
        <section aria-labelledby="notes"><h2 id="notes">{{{notesTitle}}}</h2><ul>
        {{#isRehearsal}}
        <li>{{{rehearsal}}}</li>
        {{/isRehearsal}}
        {{#notes}}
        <li>{{{.}}}</li>
        {{/notes}}
        </ul></section>
        {{/hasNotes}}
        <dl><div><dt>{{{hashLabel}}}</dt><dd><code>{{{hash}}}</code></dd></div>
        <div><dt>{{{positionLabel}}}</dt><dd>{{{position}}}</dd></div>
        <div><dt>{{{data}}}</dt>\
        <dd><a href="{{{root}}}results.json">results.json</a></dd></div></dl>
        <p class="computed">{{{computed}}} · Laurel</p>
        </div></footer>
        </body>
        </html>

        """

    static let cover = """
        <!doctype html>
        <html lang="zh-CN">
        <head>
        \(head)
        <meta http-equiv="refresh" content="0; url=zh/index.html">
        <title>{{{zh}}}</title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="site.css">
        </head>
        <body class="cover">
        <main>
        \(wreath)
        <h1>{{{zh}}}<span lang="en">{{{en}}}</span></h1>
        <p class="faint">{{#isRehearsal}}<strong>演练数据 · <span lang="en">rehearsal</span></strong> · \
        {{/isRehearsal}}{{{kindZh}}} · <span lang="en">{{{kindEn}}}</span> · <code>{{{hash}}}</code></p>
        <p><a href="zh/index.html">中文</a> \
        <a href="en/index.html" lang="en" hreflang="en">English</a></p>
        </main>
        </body>
        </html>

        """
}
