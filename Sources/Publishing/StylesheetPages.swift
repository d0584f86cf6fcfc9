/// The part of the style sheet that the pages' own contents need.
enum StylesheetPages {
    static let text = contents + tables + board + print

    private static let contents = """
        .eyebrow { margin: 0 0 .4rem; color: var(--soft); font-size: .92rem; }
        .lead { max-width: 46rem; margin: 1rem 0 2rem; color: var(--soft); }
        .prose { max-width: 46rem; }
        .prose li { margin-bottom: .5rem; }
        .crumbs { margin-bottom: 1.6rem; font-size: .92rem; color: var(--soft); }
        .hero { padding-bottom: 2.5rem; border-bottom: 1px solid var(--line); }
        dl.figures { display: flex; flex-wrap: wrap; gap: 1rem 3rem; margin: 1.8rem 0; }
        dl.figures div { display: flex; flex-direction: column-reverse; }
        dl.figures dt { color: var(--soft); font-size: .9rem; }
        dl.figures dd { margin: 0; font: 600 2rem/1.2 var(--serif); color: var(--laurel);
          font-variant-numeric: lining-nums tabular-nums; }
        dl.facts { display: flex; flex-wrap: wrap; gap: .8rem 2.6rem; margin: 1.6rem 0 0; }
        dl.facts dt { color: var(--soft); font-size: .85rem; }
        dl.facts dd { margin: 0; }
        .search { max-width: 40rem; margin-top: 2rem; }
        .search label { display: block; font-weight: 600; margin-bottom: .35rem; }
        .search input { width: 100%; padding: .8rem 1rem; font: inherit; color: var(--ink);
          background: var(--raised); border: 1px solid var(--soft); border-radius: .5rem; }
        .search input::placeholder { color: var(--soft); opacity: 1; }
        #count { margin: .5rem 0 0; font-size: .9rem; color: var(--soft); }
        #found { margin: 0; padding: 0; list-style: none; }
        #found a { display: flex; flex-wrap: wrap; gap: 0 .8rem; align-items: baseline;
          padding: .5rem 0; border-bottom: 1px solid var(--line); text-decoration: none; }
        #found .code { min-width: 5rem; }
        #found .name { text-decoration: underline; text-underline-offset: .2em; }
        #found .more { color: var(--soft); font-size: .9rem; }
        .front { display: grid; gap: 0 4rem; }
        .front .card { margin-top: 3rem; }
        .track { margin-top: 3rem; }
        .items { display: grid; gap: 0 2rem; margin: 0; padding: 0; list-style: none;
          grid-template-columns: repeat(auto-fill, minmax(min(100%, 18rem), 1fr));
          border-top: 1px solid var(--line); }
        .items li { display: flex; gap: .9rem; padding: .8rem 0; line-height: 1.45;
          border-bottom: 1px solid var(--line); }
        .items .code { padding-top: .1rem; }
        .items small span:not(.award) { margin-left: .35em; }
        .items small { display: block; margin-top: .2rem; color: var(--soft);
          font-size: .87rem; }
        @media (min-width: 68rem) {
          .front { grid-template-columns: minmax(0, 1fr) 22rem; }
          .front .card { grid-column: 2; grid-row: 1; align-self: start; }
          .front .tracks { grid-column: 1; grid-row: 1; }
        }
        .award { white-space: nowrap; }
        .award::before { content: ""; display: inline-block; width: .65em; height: .65em;
          margin-right: .4em; border-radius: 50%; background: var(--laurel); }
        .award.gold::before { background: var(--gold); }
        .award.silver::before { background: var(--silver); }
        .award.bronze::before { background: var(--bronze); }
        .podium, .won { display: grid; gap: 1rem; margin: 0; padding: 0; list-style: none;
          grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr)); }
        .podium { margin-top: -1rem; }
        .podium li { padding: 1.1rem 1.3rem; background: var(--raised);
          border: 1px solid var(--line); border-top: 3px solid var(--gold);
          border-radius: .3rem; }
        .podium li.silver { border-top-color: var(--silver); }
        .podium li.bronze { border-top-color: var(--bronze); }
        .podium p, .won p { margin: 0; }
        .podium .award { font-size: .9rem; color: var(--soft); }
        .podium .who { margin: .35rem 0; font: 600 1.25rem/1.35 var(--serif); }
        .podium .from { display: flex; justify-content: space-between; gap: 1rem; }
        .podium .score { font-weight: 600; }
        .won li { padding: .9rem 0; border-top: 1px solid var(--line); line-height: 1.5; }
        .won .award { font-size: .9rem; color: var(--soft); }
        .won .who { font-weight: 600; }
        .spread { margin: 0; }
        .spread svg { display: block; max-width: 100%; height: auto; }
        .spread rect { fill: var(--laurel); opacity: .82; }
        .spread text { fill: var(--soft); font: 12px var(--sans); text-anchor: middle; }
        .spread .count { fill: var(--ink); }
        .spread line { stroke: var(--soft); }
        .agreement { margin: 0; display: grid; gap: .2rem 1.6rem; align-items: center;
          grid-template-columns: auto minmax(0, 1fr); }
        .agreement .score { margin: 0; font: 600 2rem/1.2 var(--serif); color: var(--laurel); }
        .agreement svg { display: block; max-width: 100%; height: auto; }
        .agreement rect { fill: var(--laurel); opacity: .82; }
        .agreement .whole { fill: var(--line); opacity: 1; }
        .agreement text { fill: var(--soft); font: 12px var(--sans); text-anchor: middle; }
        .agreement figcaption { grid-column: 1 / -1; }
        .agreement small { display: block; margin-top: .5rem; font-size: .87rem; }
        figcaption { max-width: 46rem; margin-top: .8rem; color: var(--soft); }
        .source dl { margin: 0; border-top: 1px solid var(--line); max-width: 60rem; }
        .source dl div { display: grid; gap: 0 2rem; padding: .6rem 0;
          border-bottom: 1px solid var(--line); }
        .source dt { color: var(--soft); }
        .source dd { margin: 0; min-width: 0; }
        .source .prose { margin-top: 1rem; }
        @media (min-width: 40rem) {
          .source dl div { grid-template-columns: 11rem minmax(0, 1fr); }
        }
        .warn { max-width: 46rem; padding: .8rem 1rem; background: var(--amber-tint);
          color: var(--amber); border-left: 4px solid var(--amber); }
        .run { max-width: 60rem; }
        .files { display: flex; flex-wrap: wrap; gap: .4rem 1.2rem; margin: 0; padding: 0;
          list-style: none; }
        pre { margin: 0; padding: .9rem 1.1rem; background: var(--tint); border-radius: .3rem;
          max-width: 46rem; }
        .cover main { display: grid; place-items: center; align-content: center; gap: 1.5rem;
          min-height: 100vh; padding: 2rem !important; text-align: center; }
        .cover .wreath { width: 5rem; height: 5rem; }
        .cover h1 span { display: block; margin-top: .6rem; font-size: .5em; font-weight: 400;
          color: var(--soft); }
        .cover p a { display: inline-block; margin: 0 .8rem; padding: .4rem; }

        """

    private static let tables = """
        .scroll { overflow-x: auto; scrollbar-width: thin; }
        table { border-collapse: collapse; width: 100%; }
        caption { padding-bottom: .6rem; text-align: left; color: var(--soft);
          font-size: .92rem; }
        th, td { padding: .6rem .9rem; text-align: left; vertical-align: baseline;
          border-bottom: 1px solid var(--line); line-height: 1.45; }
        th:first-child, td:first-child { padding-left: .3rem; }
        thead th { font-size: .85rem; font-weight: 600; color: var(--soft); white-space: nowrap;
          border-bottom: 2px solid var(--ink); vertical-align: bottom; }
        tbody th { font-weight: 600; min-width: 7rem; }
        tbody th .code { display: block; font-weight: 400; white-space: nowrap; }
        tbody th a { white-space: nowrap; }
        tbody tr:hover { background: var(--tint); }
        td.n, th.n { text-align: right; white-space: nowrap; }
        td:first-child.n, th:first-child.n { width: 3.6rem; text-align: center; }
        thead th.n { white-space: normal; min-width: 4.4rem; }
        thead th.n:first-child { min-width: 3.2rem; white-space: nowrap; }
        td.d { white-space: nowrap; }
        td.ties { min-width: 15rem; color: var(--soft); font-size: .87rem; }
        td.share { width: 30%; min-width: 8rem; }
        td.share svg { display: block; width: 100%; max-width: 20rem; height: 10px;
          border-radius: 2px; }
        rect.gold { fill: var(--gold); }
        rect.silver { fill: var(--silver); }
        rect.bronze { fill: var(--bronze); }
        .state, th bdi { white-space: nowrap; }
        .fallen { display: block; color: var(--amber); font-size: .87rem; }
        .revoked th, .revoked td { color: var(--soft); text-decoration: line-through; }
        .revoked .state { text-decoration: none; }
        .card { padding: 1.3rem 1.4rem .6rem; background: var(--raised);
          border: 1px solid var(--line); border-radius: .3rem; }
        .card caption { color: var(--ink); font: 600 1.1rem var(--serif); }
        .card th, .card td { padding: .4rem .35rem; }
        .card tbody th { min-width: 0; }
        .card tbody th a { white-space: normal; }
        .card thead th.n, .card td:first-child.n { min-width: 2.2rem; width: 2.2rem; }
        .card p { margin: .8rem 0 .5rem; }
        @media (min-width: 68rem) { td.n + th[scope="row"]:has(.code) { min-width: 10rem; } }
        @media (max-width: 40rem) {
          th, td { padding: .5rem .3rem; }
          th.share, td.share { display: none; }
          thead th { font-size: .76rem; }
          td.d { white-space: normal; }
          td:first-child.n, th:first-child.n { width: 2rem; min-width: 2rem; padding-left: 0; }
          tbody th { min-width: 4.5rem; font-size: .9rem; }
          tbody th a { white-space: normal; }
          thead th.n { min-width: 0; }
          thead th.part { min-width: 5.5rem; }
          dl.figures { display: grid; gap: 1rem .8rem;
            grid-template-columns: repeat(4, minmax(0, auto)); justify-content: space-between; }
          dl.figures dt { font-size: .82rem; }
          dl.figures dd { font-size: 1.6rem; }
          dl.figures div:first-child:nth-last-child(5) { grid-column: 1 / -1; }
          .won { gap: 0; }
          td:first-child.n, th:first-child.n, thead th.n:first-child {
            width: 2.4rem; min-width: 2.4rem; }
        }

        """

    private static let board = """
        .map { display: grid; grid-template-columns: repeat(6, minmax(0, 1fr)); gap: .35rem;
          max-width: 46rem; margin: 1.2rem 0 0; padding: 0; list-style: none; }
        .map a { display: flex; flex-direction: column; justify-content: space-between;
          min-height: clamp(3.6rem, 9vw, 5.2rem); padding: .5rem .6rem; border-radius: .25rem;
          color: var(--ink); text-decoration: none; background: var(--raised);
          border: 1px solid var(--line); line-height: 1.25; }
        .map a:hover { border-color: var(--laurel); }
        .map .city { font-size: clamp(.68rem, 2.2vw, .92rem); }
        .map b { font: 600 clamp(1rem, 3vw, 1.5rem)/1 var(--serif); }
        .map .s1 a { background: var(--shade1); }
        .map .s2 a { background: var(--shade2); }
        .map .s3 a { background: var(--shade3); color: var(--onshade); }
        .map .s4 a { background: var(--shade4); color: var(--onshade); }
        @media (max-width: 40rem) {
          .map { gap: .25rem; margin-inline: -.7rem; }
          .map a { padding: .3rem .15rem .3rem .2rem; }
          .map .city { font-size: .65rem; letter-spacing: -.03em; }
          :lang(zh) .map .city { font-size: .78rem; letter-spacing: 0; }
        }
        .map .c1 { grid-column: 1; } .map .c2 { grid-column: 2; } .map .c3 { grid-column: 3; }
        .map .c4 { grid-column: 4; } .map .c5 { grid-column: 5; } .map .c6 { grid-column: 6; }
        .map .r1 { grid-row: 1; } .map .r2 { grid-row: 2; } .map .r3 { grid-row: 3; }
        .map .r4 { grid-row: 4; } .map .r5 { grid-row: 5; }
        .lookup { max-width: 34rem; }
        .lookup label { display: block; font-weight: 600; margin-bottom: .3rem; }
        .lookup input { width: 100%; padding: .7rem .9rem; font: 1rem var(--mono);
          color: var(--ink); background: var(--raised); border: 1px solid var(--soft);
          border-radius: .4rem; }
        .lookup input::placeholder { color: var(--soft); opacity: 1; }
        .lookup button { padding: .7rem 1.6rem; font: 600 1rem var(--sans); color: var(--paper);
          background: var(--laurel); border: 0; border-radius: .4rem; cursor: pointer; }
        .answer:not(:empty) { max-width: 40rem; margin-top: 1.5rem; padding: 1.2rem 1.4rem;
          background: var(--raised); border: 1px solid var(--line); border-radius: .3rem; }
        .answer .state { white-space: normal; font: 600 1.4rem/1.35 var(--serif);
          color: var(--amber); }
        .answer .valid, .answer .good { color: var(--laurel); }
        .board .top nav, .board .foot, .board .search, .board .skip, .board .crumbs, .board .off,
        .board .hero .figures, .board .lead, .board dl.facts, .board caption, .board .front p
          { display: none !important; }
        .board { font-size: clamp(100%, 1.55vw, 200%); }
        .board .wide { max-width: none; }
        .board main { padding-top: 1rem !important; padding-bottom: 3rem !important; }
        .board section, .board .track { margin-top: 1rem; }
        .board .hero { padding-bottom: .5rem; }
        .board .eyebrow { margin: 0; }
        .board .front { display: block; }
        @media (min-width: 62.5rem) { .board .scroll { overflow: hidden; } }
        @media (max-width: 62.5rem) { .board th bdi { white-space: normal;
          overflow-wrap: anywhere; } }
        .board .ties, .board .part, .board .group, .board main > p:not(.turn, .eyebrow, .said)
          { display: none !important; }
        .board .narrow { font-size: .62em; }
        .board .narrow th, .board .narrow td { padding: .45rem .5rem; }
        .board .card { border: 0; background: none; padding: 0; }
        .board .said { margin-top: 2rem; font: 400 1.4rem/1.4 var(--serif); color: var(--soft); }
        .board h1 { font-size: 1.9rem; }
        .board .podium { margin-top: 1.2rem; gap: 1.4rem; }
        .board .podium li { padding: 2rem 1.8rem; }
        .board .podium .who { font-size: 1.9rem; margin: 1rem 0; }
        .board .turn { position: fixed; right: 2rem; bottom: .6rem; margin: 0;
          color: var(--soft); }

        """

    private static let print = """
        @media print {
          :root { color-scheme: light; --paper: #fff; --raised: #fff; --ink: #000;
            --soft: #444; --line: #bbb; --laurel: #1f5f43; --tint: #fff;
            --amber: #000; --amber-tint: #fff; }
          @page { margin: 15mm; }
          body { font-size: 9.5pt; }
          .wide { max-width: none; padding: 0; }
          .top nav, .search, .skip, .crumbs, .files { display: none !important; }
          .scroll { overflow: visible; }
          thead { display: table-header-group; }
          tr, .podium li, figure { break-inside: avoid; }
          h2 { break-after: avoid; }
          section { margin-top: 1.6rem; }
          a { color: inherit; text-decoration: none; }
          .kind, .rehearsal { border: 1px solid #000; }
          main { padding: 1rem 0 !important; }
        }

        """
}
