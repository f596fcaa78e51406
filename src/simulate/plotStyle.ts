/**
 * The looks of the plot: the palette of the sequence diagrams, light and dark.
 *
 * @module
 */

/** CSS that the SVG carries. Pairs of features are dashed, all three thick. */
export const plotStyle = `
:root{--ink:#1c2430;--dim:#5c6776;--paper:#fff;--line:#dde2e8;--request:#0b7285;--resolve:#862e9c;--inter:#d6a4e4;--f-none:#1c2430;--f-reuse:#1c7ed6;--f-group:#e8590c;--f-own:#2f9e44;--f-reuse-group:#9c36b5;--f-reuse-own:#0c8599;--f-group-own:#a07800;--f-reuse-group-own:#c92a2a}
@media (prefers-color-scheme:dark){:root{--ink:#e6eaf0;--dim:#9aa6b6;--paper:#12161c;--line:#2a3340;--request:#3bc9db;--resolve:#da77f2;--inter:#7a3d8a;--f-none:#e6eaf0;--f-reuse:#4dabf7;--f-group:#ff922b;--f-own:#69db7c;--f-reuse-group:#cc5de8;--f-reuse-own:#3bc9db;--f-group-own:#fcc419;--f-reuse-group-own:#ff8787}}
.paper{fill:var(--paper)}text{font:13px system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;fill:var(--ink)}
.title{font-size:18px;font-weight:600}.head{font-size:14px;font-weight:600}.dim{fill:var(--dim);font-size:12px}.end{text-anchor:end}.mid{text-anchor:middle}
.grid{stroke:var(--line)}.axis{stroke:var(--dim)}.curve{fill:none;stroke-width:2;stroke-linejoin:round}.pair{stroke-dasharray:7 4}.all{stroke-width:3.2}
.request{fill:var(--request)}.resolve{fill:var(--resolve)}.inter{fill:var(--inter)}`;

/** Horizontal places in pixels. */
export const plotSize = { width: 1060, left: 172, right: 780, legend: 806, side: 24 } as const;

/** The colour of a feature set, by its id. */
export function colorOf(id: string): string {
  return `var(--f-${id.replaceAll('+', '-')})`;
}
