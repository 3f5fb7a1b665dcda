namespace CasePlanning.Api.Site;

internal static class Style
{
    public const string Sheet = """
        :root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --line: #d5d9de; --paper: #ffffff; --tint: #f3f5f8; --link: #0b57d0; --bad: #a4161a; --good: #17692c; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --soft: #a9b0b8; --line: #3a4048; --paper: #15181c; --tint: #1f2329; --link: #8ab4f8; --bad: #ff8a80; --good: #7bd88f; } }
        * { box-sizing: border-box; }
        body { margin: 0; font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; color: var(--ink); background: var(--paper); overflow-wrap: anywhere; }
        header { display: flex; justify-content: space-between; align-items: center; flex-wrap: wrap; gap: .5rem; padding: .75rem 1rem; border-bottom: 1px solid var(--line); }
        header a { font-weight: 600; text-decoration: none; }
        header form { display: flex; gap: .75rem; align-items: center; color: var(--soft); }
        main { max-width: 46rem; margin: 0 auto; padding: 1rem; }
        h1 { font-size: 1.4rem; line-height: 1.25; }
        h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; border-bottom: 1px solid var(--line); padding-bottom: .25rem; }
        h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
        a { color: var(--link); }
        dl { display: grid; grid-template-columns: minmax(7rem, 12rem) 1fr; gap: .25rem 1rem; margin: .25rem 0; }
        dt { color: var(--soft); } dd { margin: 0; white-space: pre-line; }
        @media (max-width: 30rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .5rem; } }
        ul { padding-left: 1.2rem; } li { margin: .4rem 0; }
        .soft { color: var(--soft); font-size: .9rem; } .bad { color: var(--bad); } .good { color: var(--good); }
        .box { background: var(--tint); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem 1rem; margin: 1rem 0; }
        label { display: block; margin: .75rem 0 .25rem; font-weight: 600; } label.check { font-weight: 400; display: flex; gap: .5rem; align-items: start; }
        input[type=checkbox] { width: 1.2rem; height: 1.2rem; margin-top: .15rem; }
        textarea { width: 100%; min-height: 6rem; font: inherit; padding: .5rem; border: 1px solid var(--line); border-radius: .375rem; background: var(--paper); color: var(--ink); }
        button, .button { display: inline-block; font: inherit; font-weight: 600; padding: .6rem 1.1rem; min-height: 2.75rem; border: 0; border-radius: .375rem; background: #0b57d0; color: #fff; text-decoration: none; cursor: pointer; }
        button.second { background: transparent; color: var(--link); border: 1px solid var(--link); }
        button.quiet { background: transparent; color: var(--link); padding: .25rem .5rem; min-height: 0; font-weight: 400; }
        .row { display: flex; gap: .75rem; flex-wrap: wrap; margin-top: 1rem; }
        ins { text-decoration: none; color: var(--good); } del { color: var(--bad); }
        """;
}
