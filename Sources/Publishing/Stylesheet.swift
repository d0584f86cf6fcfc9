/// The site's one style sheet.
enum Stylesheet {
    /// All of it: the colours, the frame, the pages, and how they print.
    static let text = colours + frame + StylesheetPages.text

    private static let colours = """
        :root {
          color-scheme: light dark;
          --paper: #fbfaf6; --raised: #ffffff; --ink: #1d231f; --soft: #56605a;
          --line: #dcdfd6; --laurel: #1f5f43; --tint: #e8f0ea;
          --amber: #6d4a00; --amber-tint: #fbf0d6;
          --shade1: #e3eee6; --shade2: #b9d8c4; --shade3: #2f7a57; --shade4: #14492f;
          --onshade: #ffffff;
          --gold: #b98a12; --silver: #8b939b; --bronze: #a8642f;
          --sans: system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC",
            sans-serif;
          --serif: Georgia, "Songti SC", "Source Han Serif SC", "Noto Serif CJK SC",
            "Noto Serif SC", SimSun, serif;
          --mono: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono",
            "Noto Sans Mono CJK SC", monospace;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #121613; --raised: #191e1b; --ink: #e5e9e4; --soft: #a2ada6;
            --line: #2e3631; --laurel: #8fcba8; --tint: #1b2a21;
            --amber: #f0cf8a; --amber-tint: #322809;
            --shade1: #1b2a21; --shade2: #244736; --shade3: #7fbd9b; --shade4: #b4e2c8;
            --onshade: #10150f;
            --gold: #d9ae3f; --silver: #aab2ba; --bronze: #cf8b55;
          }
        }

        """

    private static let frame = """
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; }
        body {
          margin: 0; background: var(--paper); color: var(--ink);
          font: 1rem/1.65 var(--sans); font-variant-numeric: tabular-nums;
          overflow-wrap: break-word;
        }
        .wide { max-width: 78rem; margin: 0 auto; padding: 0 clamp(1rem, 4vw, 3rem); }
        h1, h2 { font-family: var(--serif); font-weight: 600; line-height: 1.25; margin: 0;
          text-wrap: balance; }
        h1 { font-size: clamp(1.8rem, 1.2rem + 2.4vw, 3rem); }
        h2 { font-size: 1.4rem; margin-bottom: 1rem; }
        h2 small { font: 400 .9rem var(--sans); color: var(--soft); margin-left: .4rem; }
        h2::first-letter { text-transform: uppercase; }
        section { margin-top: 3.5rem; }
        p { margin: 0 0 .75rem; }
        a { color: var(--laurel); text-decoration-thickness: 1px; text-underline-offset: .2em; }
        a:hover { text-decoration-thickness: 2px; }
        :focus-visible { outline: 3px solid var(--laurel); outline-offset: 2px;
          border-radius: 2px; }
        main:focus { outline: none; }
        @media (min-width: 100rem) { .wide { max-width: 96rem; } }
        code, .code { font-family: var(--mono); font-size: .86em; }
        code { overflow-wrap: anywhere; }
        .code { color: var(--soft); letter-spacing: .02em; }
        .faint, .empty { color: var(--soft); }
        .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden;
          clip-path: inset(50%); white-space: nowrap; }
        .skip { position: absolute; left: 1rem; top: -5rem; padding: .6rem 1rem; z-index: 2;
          background: var(--laurel); color: var(--paper); }
        .skip:focus { top: .5rem; }
        .rehearsal { margin: 0; padding: .5rem 1rem; text-align: center; font-weight: 600;
          background: var(--amber); color: var(--amber-tint); }
        .top { border-bottom: 1px solid var(--line); background: var(--raised); }
        .top .wide { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 2rem;
          padding-top: .7rem; padding-bottom: .7rem; }
        .home { display: flex; align-items: center; gap: .7rem; margin-right: auto;
          color: var(--ink); text-decoration: none; font-family: var(--serif);
          font-weight: 600; line-height: 1.3; }
        .wreath { flex: none; width: 2rem; height: 2rem; fill: var(--laurel); }
        .wreath .stem { fill: none; stroke: var(--laurel); stroke-width: 1.1;
          stroke-linecap: round; }
        .top ul { display: flex; flex-wrap: wrap; gap: 0 1.4rem; margin: 0; padding: 0;
          list-style: none; }
        .top li a { display: inline-block; padding: .45rem 0; color: var(--ink);
          text-decoration: none; border-bottom: 2px solid transparent; }
        .top li a:hover { border-color: var(--line); }
        .top li a[aria-current] { border-color: var(--laurel); color: var(--laurel);
          font-weight: 600; }
        .top .language a { color: var(--laurel); }
        @media (max-width: 40rem) {
          .top ul { gap: 0 .8rem; font-size: .92rem; }
          .rehearsal { font-size: .92rem; }
        }
        .kind { background: var(--tint); color: var(--laurel); font-size: .92rem; }
        .kind.provisional { background: var(--amber-tint); color: var(--amber); }
        .kind p { margin: 0 auto; padding-top: .45rem; padding-bottom: .45rem; }
        .kind strong { display: inline-block; margin-right: .6rem; }
        .kind strong::first-letter { text-transform: uppercase; }
        main { padding-top: clamp(2rem, 5vw, 3.5rem) !important;
          padding-bottom: 5rem !important; }
        .foot { border-top: 1px solid var(--line); background: var(--raised);
          font-size: .88rem; color: var(--soft); }
        .foot .wide { display: grid; gap: 1.5rem 4rem; padding-top: 2.2rem;
          padding-bottom: 2.5rem; }
        .foot section { margin: 0; }
        .foot h2 { font: 600 .88rem var(--sans); color: var(--ink); margin-bottom: .5rem; }
        .foot ul { margin: 0; padding-left: 1.1rem; max-width: 46rem; }
        .foot dl { display: flex; flex-wrap: wrap; gap: .5rem 2.2rem; margin: 0;
          align-content: start; }
        .foot dt { font-size: .8rem; }
        .foot dd { margin: 0; color: var(--ink); }
        .computed { margin: 0; }
        @media (min-width: 62rem) {
          .foot .wide { grid-template-columns: 1fr auto; }
          .computed { grid-column: 1 / -1; }
        }

        """
}
