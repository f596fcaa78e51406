/**
 * The style of the report page.
 *
 * @module
 */

/** CSS: light and dark, narrow and wide, nothing from elsewhere. */
export const pageStyle = `
:root{--ink:#1c2430;--dim:#5c6776;--paper:#fbfbfa;--card:#fff;--line:#dde2e8;--accent:#0b7285;--ok:#2b8a3e;--bad:#c92a2a;--given:#0b7285;--derives:#b35c00}
@media(prefers-color-scheme:dark){:root{--ink:#e6eaf0;--dim:#9aa6b6;--paper:#0e1217;--card:#12161c;--line:#2a3340;--accent:#3bc9db;--ok:#69db7c;--bad:#ff8787;--given:#3bc9db;--derives:#ffc078}}
*{box-sizing:border-box}html{color-scheme:light dark}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:1400px;margin:0 auto;padding:24px 20px 80px}
header p{color:var(--dim);max-width:75ch}h1{font-size:2rem;margin:.2em 0}h2{font-size:1.25rem;margin:1.6em 0 .6em}section>h2:first-child{margin-top:0}h3{font-size:1rem;margin:1.6em 0 .5em}
section{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:20px;margin:24px 0}
.scroll{overflow-x:auto}table{border-collapse:collapse;font-size:.9rem}th,td{padding:5px 12px;text-align:left;border-bottom:1px solid var(--line);white-space:nowrap}
table.tight th,table.tight td{padding:5px 7px}table.tight .edge{border-left:1px solid var(--line);padding-left:14px}th{color:var(--dim);font-weight:600}td.n,th.n{text-align:right}td.c,th.c{text-align:center}
a{color:var(--accent)}code,.hex,.mono{font:13px/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.ok{color:var(--ok)}.bad{color:var(--bad)}.dim{color:var(--dim)}.given{color:var(--given);font-weight:700}.derives{color:var(--derives)}
ul.claims{list-style:none;padding:0;margin:0}ul.claims li{padding:3px 0 3px 26px;position:relative}ul.claims li b{position:absolute;left:0}
details{border-top:1px solid var(--line);padding:6px 0}summary{cursor:pointer;padding:4px 0}summary:focus-visible{outline:2px solid var(--accent)}
.hex{word-spacing:.1em;overflow-wrap:anywhere;padding:10px;border:1px solid var(--line);border-radius:8px;margin:6px 0}
.f{border-bottom:2px solid;padding-bottom:1px}.f:hover{background:var(--line)}
.g0{border-color:#868e96}.g1{border-color:#1c7ed6}.g2{border-color:#2f9e44}.g3{border-color:#e8590c}.g4{border-color:#9c36b5}.g5{border-color:#c2255c}
.empty{background:repeating-linear-gradient(45deg,transparent,transparent 6px,var(--line) 6px,var(--line) 7px)}
b.ok,b.bad{font-weight:700}svg{max-width:none;display:block}
`;
