extension HTMLRenderer {
  /// The style of everything inside class `mlp`. Series colours are those of Okabe and Ito ("Color Universal Design"),
  /// which colour-blind readers can tell apart.
  public static let stylesheet = """
    .mlp { --ink: #1d2430; --dim: #667085; --line: #dfe3ea; --paper: #ffffff; --head: #f5f7fa; --warn: #b45309;
      --right: 0, 114, 178; --wrong: 213, 94, 0;
      --s0: #0072b2; --s1: #d55e00; --s2: #009e73; --s3: #cc79a7; --s4: #e69f00; --s5: #56b4e9; --s6: #8c6d31;
      --s7: #7f7f7f; color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
    @media screen and (prefers-color-scheme: dark) { .mlp { --ink: #e6e9ef; --dim: #98a2b3; --line: #313846; --paper: #14181f;
      --head: #1c222c; --warn: #fbbf24; --s0: #4ea3d8; --s1: #f0803c; --s2: #2fc79a; --s3: #e0a0c4; --s4: #f2b93b;
      --s5: #7cc7f2; --s6: #c7a765; --s7: #a8a8a8; } }
    .mlp h2 { font-size: 1.15rem; margin: 1.8em 0 .6em; }
    .mlp pre { background: var(--head); padding: .8em 1em; overflow-x: auto; border-radius: 6px; font-size: .87em;
      white-space: pre-wrap; }
    .mlp figure { margin: 1em 0; }
    .mlp figcaption { font-weight: 600; margin-bottom: .4em; }
    .mlp .scroll { overflow: auto; max-height: 34rem; border: 1px solid var(--line); border-radius: 6px;
      width: fit-content; max-width: 100%; }
    .mlp table { border-collapse: separate; border-spacing: 0; font-variant-numeric: tabular-nums; font-size: .9rem; }
    .mlp th, .mlp td { padding: .28em .8em; text-align: left; white-space: pre; max-width: 32em; overflow: hidden;
      text-overflow: ellipsis; border-bottom: 1px solid var(--line); }
    .mlp tbody tr:last-child > * { border-bottom: 0; }
    .mlp thead th, .mlp thead td { position: sticky; top: 0; background: var(--head); font-weight: 600; }
    .mlp tbody th { font-weight: 500; }
    .mlp small { display: block; color: var(--dim); font-weight: 400; font-size: .8em; }
    .mlp .r { text-align: right; }
    .mlp td.w { white-space: pre-wrap; min-width: 16em; max-width: 48em; overflow-wrap: anywhere; }
    .mlp .dim, .mlp .missing { color: var(--dim); }
    .mlp p.dim { margin: .4em 0; font-size: .87em; }
    .mlp .right { background: rgba(var(--right), calc(var(--share) * .45)); }
    .mlp .wrong { background: rgba(var(--wrong), calc(var(--share) * .45)); }
    .mlp dl { display: grid; grid-template-columns: max-content 1fr; gap: .15em 1.2em; margin: 1em 0; }
    .mlp dt { color: var(--dim); }
    .mlp dd { margin: 0; overflow-wrap: anywhere; }
    .mlp .notes { list-style: none; padding: 0; margin: .8em 0; }
    .mlp .notes li { border-left: 3px solid var(--line); padding: .1em .8em; margin: .25em 0; }
    .mlp .notes .warning { border-color: var(--warn); }
    .mlp .notes strong { color: var(--warn); }
    .mlp .panels { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 24rem), 1fr)); gap: 1em; }
    .mlp .panels.one { grid-template-columns: minmax(0, 44rem); }
    .mlp svg { display: block; width: 100%; height: auto; }
    .mlp svg text { fill: var(--dim); font-size: 12px; font-family: inherit; }
    .mlp svg .panel { fill: var(--ink); font-weight: 600; }
    .mlp svg .grid { stroke: var(--line); stroke-width: 1; }
    .mlp svg .axis { stroke: var(--dim); stroke-width: 1; }
    .mlp svg .reference { stroke: var(--dim); stroke-width: 1; stroke-dasharray: 5 4; }
    .mlp svg .median { stroke: var(--paper); stroke-width: 2; }
    .mlp svg .field { fill: var(--ink); font-size: 11px; }
    .mlp svg .onfield { fill: var(--paper); font-size: 11px; }
    .mlp svg .box { fill: none; stroke: var(--line); }
    .mlp svg .branch { fill: none; stroke: var(--line); stroke-width: 1.5; }
    .mlp svg .answer { fill: var(--ink); font-weight: 600; }
    .mlp .tree { overflow-x: auto; }
    .mlp svg .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
    .mlp .legend { display: flex; flex-wrap: wrap; gap: .2em 1.2em; font-size: .87em; margin: .3em 0; }
    .mlp .legend i { display: inline-block; width: .8em; height: .8em; border-radius: 2px; margin-right: .4em; }
    """
}
