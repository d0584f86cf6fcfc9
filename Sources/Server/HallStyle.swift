/// What the hall's pages add to the site's style sheet: large targets, calm forms.
enum HallStyle {
    static let text = """
        :root { scroll-padding: 1rem 0 7rem; }
        [hidden] { display: none !important; }
        .hall main { padding-top: clamp(1.2rem, 4vw, 2.5rem) !important; }
        .hall h1 { font-size: clamp(1.6rem, 1.2rem + 1.6vw, 2.3rem); }
        .hall h2 { margin-top: 2.2rem; font-size: 1.25rem; }
        .hall h3 { margin: 0 0 .4rem; font: 600 1.05rem var(--mono); }
        .hall .narrow { max-width: 40rem; font-size: 1rem; }
        .hall .card { margin-top: 1.5rem; padding: 1.3rem 1.4rem; }
        .hall .card h2 { margin-top: 0; }
        .hall pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .85rem; }
        .top form { margin: 0; }
        .link { padding: .75rem 0; border: 0; border-bottom: 2px solid transparent;
          background: none; font: inherit; color: var(--ink); cursor: pointer; }
        .hall .top li a { padding: .75rem 0; }
        .line { padding: .6rem clamp(1rem, 4vw, 3rem); background: var(--amber-tint);
          color: var(--amber); }
        .line a { color: inherit; }
        .button { display: inline-block; min-height: 3rem; padding: .7rem 1.5rem; border: 0;
          border-radius: .45rem; background: var(--laurel); color: var(--paper);
          font: 600 1.05rem/1.5 var(--sans); text-decoration: none; cursor: pointer; }
        .button.plain { background: var(--raised); color: var(--laurel);
          box-shadow: inset 0 0 0 1px var(--laurel); }
        .button[disabled] { opacity: .55; cursor: default; }
        .buttons { display: flex; flex-wrap: wrap; gap: .7rem; margin: 0; }
        p.buttons, form.buttons { margin: 1.4rem 0; }
        .fields label, .strong { display: block; margin: 1rem 0 .35rem; font-weight: 600; }
        .hall input:not([type]), .hall input[type="password"], .hall textarea, .hall select {
          width: 100%; min-height: 3rem; padding: .6rem .9rem; font: 1.15rem var(--sans);
          color: var(--ink); background: var(--raised); border: 1px solid var(--soft);
          border-radius: .45rem; }
        .fields .button { margin-top: 1.2rem; }
        .fields .buttons { margin-top: .2rem; }
        .key { display: flex; flex-wrap: wrap; gap: 1.4rem; margin: 1rem 0; align-items: start; }
        .key img { background: #fff; border-radius: .3rem; }
        .key dl { flex: 1 1 14rem; margin: 0; min-width: 0; }
        .key dt { color: var(--soft); font-size: .9rem; }
        .key dd { margin: 0 0 .8rem; }
        .big { font: 600 1.7rem/1.3 var(--mono); letter-spacing: .04em; overflow-wrap: anywhere; }
        summary { min-height: 3rem; padding: .7rem 0; color: var(--laurel); cursor: pointer; }
        .good { color: var(--laurel); font-weight: 600; }
        .hall .warn { max-width: none; margin: 1rem 0; border-radius: .2rem; }
        .hall .warn p { margin: 0; }
        .rows, .entrants, .asked { margin: 0; padding: 0; list-style: none; }
        .row { display: flex; flex-wrap: wrap; gap: .2rem 1rem; align-items: baseline;
          min-height: 3.4rem; padding: .9rem 1rem; margin-bottom: .6rem; color: var(--ink);
          text-decoration: none; background: var(--raised); border: 1px solid var(--line);
          border-radius: .45rem; }
        .row:hover, a.cell:hover { border-color: var(--laurel); }
        .row.back { border-left: 4px solid var(--amber); }
        .cause { flex: 1 1 100%; color: var(--amber); }
        .entrants { display: grid; gap: 1.3rem 2rem;
          grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); }
        .cells { display: grid; gap: .5rem; }
        .cell { display: flex; justify-content: space-between; gap: 1rem; align-items: center;
          min-height: 3.2rem; padding: .6rem 1rem; color: var(--ink); text-decoration: none;
          background: var(--raised); border: 1px solid var(--line); border-radius: .45rem;
          line-height: 1.35; }
        .cell .count { flex: none; color: var(--soft); font-size: .95rem; }
        .cell.full { border-color: var(--laurel); }
        .cell.full .count { color: var(--laurel); font-weight: 600; }
        .cell.waits .count { color: var(--amber); font-weight: 600; }
        .cell.done { background: none; }
        .asked li { padding: 1rem 0; border-top: 1px solid var(--line); }
        .asked p { margin: 0 0 .3rem; }
        .sheet { max-width: 54rem; padding-bottom: 1rem; }
        .group { margin-top: 1.6rem; }
        .hall .group h2 { margin: 2.4rem 0 .8rem; padding-bottom: .4rem;
          border-bottom: 2px solid var(--ink); }
        .aspect { min-width: 0; margin: 0; padding: 1.4rem 0; border: 0;
          border-bottom: 1px solid var(--line); }
        .aspect legend { float: left; width: 100%; padding: 0; margin-bottom: .5rem;
          font-weight: 600; font-size: 1.08rem; line-height: 1.45; }
        .aspect legend + * { clear: both; }
        .aspect legend .code { margin-right: .5rem; font-weight: 400; }
        .aspect p { color: var(--soft); margin-bottom: .5rem; max-width: 46rem; }
        .choices { clear: both; display: grid; gap: .5rem;
          grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr)); margin-top: .6rem; }
        .choices.long { grid-template-columns: 1fr; }
        .choice { display: flex; gap: .8rem; align-items: center; min-height: 3.1rem;
          padding: .55rem 1rem; background: var(--raised); border: 1px solid var(--line);
          border-radius: .45rem; cursor: pointer; line-height: 1.4; }
        .choice input { flex: none; width: 1.35rem; height: 1.35rem; margin: 0;
          accent-color: var(--laurel); }
        .choice b { flex: none; font-size: 1.15rem; }
        .choice:has(input:checked) { border-color: var(--laurel); background: var(--tint);
          box-shadow: inset 0 0 0 1px var(--laurel); }
        .choice:has(input:focus-visible) { outline: 3px solid var(--laurel); outline-offset: 2px; }
        .choice.left { color: var(--soft); background: none; }
        .box label:first-child { display: block; margin-bottom: .3rem; color: var(--soft); }
        .box > div { display: flex; flex-wrap: wrap; gap: .6rem; }
        .box input:not([type]) { flex: 0 1 14rem; width: 14rem; font-size: 1.4rem;
          font-weight: 600; }
        .fault:not(:empty) { margin: .6rem 0 0; padding: .5rem .8rem;
          background: var(--amber-tint); color: var(--amber) !important;
          border-left: 4px solid var(--amber); }
        .fault:empty { display: none; }
        .fixed { color: var(--ink) !important; font-size: 1.2rem; font-weight: 600; }
        .fixed .faint { font-size: .95rem; font-weight: 400; }
        .group:nth-last-of-type(1) .aspect:last-child { border: 0; }
        .bar { position: sticky; bottom: 0; display: flex; flex-wrap: wrap; gap: .6rem 1.5rem;
          align-items: center; justify-content: space-between; margin: 1.5rem 0 0;
          padding: .8rem 0; background: var(--paper); border-top: 1px solid var(--line); }
        .bar > div:first-child { display: flex; flex-wrap: wrap; gap: 0 1.5rem; }
        .hall :target, .aspect { scroll-margin: 5rem; }
        .ask { max-width: 54rem; margin-top: 2rem; border-top: 1px solid var(--line); }
        .review { max-width: 54rem; margin-top: 1rem; }
        .review th { font-weight: 400; }
        .review .code { display: inline; margin-right: .4rem; }
        .receipt { max-width: 54rem; margin: 1.4rem 0; padding: 1.2rem 1.4rem;
          background: var(--tint); border-radius: .45rem; }
        .receipt p { margin: 0; }
        .board main > p#state:not(:empty) { display: block !important; font-size: 1.1rem;
          margin: .4rem 0; color: var(--amber); }
        .line p { margin: 0; }
        .board #turn { position: fixed; right: 2rem; bottom: .6rem; margin: 0;
          color: var(--soft); }
        @media (max-width: 30rem) {
          .bar .buttons { width: 100%; } .bar .button { flex: 1; }
          .top nav ul { gap: 0 1rem; }
        }

        """
}
