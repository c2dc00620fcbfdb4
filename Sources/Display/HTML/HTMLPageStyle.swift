extension HTMLRenderer {
  /// What a page of its own needs after `stylesheet`: results stand beside each other where there is room, drawings keep a size at
  /// which they are read on a narrow screen, and paper shows all of every table in the light colours.
  static let pageStyle = """
    :root { color-scheme: light dark; }
    body { margin: 0; background: var(--paper); }
    main { max-width: 84rem; margin: 0 auto; padding: 1.5rem clamp(.8rem, 3vw, 2rem) 4rem; }
    h1 { font-size: 1.6rem; line-height: 1.25; margin: .5em 0 1em; overflow-wrap: anywhere; }
    .mlp main h2 { font-size: 1.25rem; border-bottom: 1px solid var(--line); padding-bottom: .3em; }
    .mlp h3 { font-size: .95rem; font-weight: 600; margin: 1.6em 0 .4em; overflow-wrap: anywhere; }
    .mlp h3 code { font-size: .95em; }
    .mlp h3 small { display: inline; margin-left: .6em; }
    .mlp .side { display: flex; flex-wrap: wrap; align-items: flex-start; gap: 0 2.2rem; }
    .mlp .side > * { min-width: 0; max-width: 100%; }
    .mlp .side > .side, .mlp .side > dl, .mlp .side > pre, .mlp .side > .notes { flex: 1 1 100%; }
    .mlp .side > h2 { flex: 1 1 100%; }
    .mlp .side > h2 + dl { flex: 0 1 24rem; }
    .mlp .side > figure:has(svg) { flex: 1 1 26rem; max-width: 44rem; }
    .mlp .side > figure:has(.panels:not(.one)) { flex-basis: 100%; max-width: 100%; }
    @media (max-width: 34rem) {
      .mlp th, .mlp td { padding: .28em .55em; }
      .mlp figure:has(svg) { overflow-x: auto; }
      .mlp svg { min-width: 22rem; }
      .mlp svg text { font-size: 14px; }
    }
    @media print {
      :root { color-scheme: light; }
      .mlp { font-size: 10pt; }
      main { max-width: none; padding: 0; }
      .mlp .scroll { max-height: none; overflow: visible; border: 0; }
      .mlp table { font-size: .8em; }
      .mlp th, .mlp td { white-space: pre-wrap; overflow-wrap: anywhere; padding: .2em .5em; }
      .mlp .r { white-space: nowrap; overflow-wrap: normal; }
      .mlp thead th, .mlp thead td { position: static; }
      .mlp pre { white-space: pre-wrap; overflow-wrap: anywhere; }
      .mlp .side { display: block; }
      .mlp svg, .mlp tr, .mlp figcaption, .mlp h2, .mlp h3 { break-inside: avoid; }
      .mlp figcaption, .mlp h2, .mlp h3 { break-after: avoid; }
      .mlp .right, .mlp .wrong, .mlp svg, .mlp .legend i { print-color-adjust: exact; }
    }
    """
}
