/**
 * The frame of all report pages, and tables.
 *
 * @module
 */
import { escapeXml } from './escape.ts';
import { pageStyle } from './pageStyle.ts';
import type { TextTable } from './textTable.ts';

/** Nothing may be loaded or run; styles are inline. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** A page that stands alone. @param body - HTML */
export function htmlPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>mikey-ticket: ${escapeXml(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}

/** A table of text and numbers: the first column left, all others right. */
export function tableHtml({ heads, rows }: TextTable): string {
  const line = (tag: 'td' | 'th', cells: readonly string[]): string =>
    cells.map((text, column) => `<${tag}${column === 0 ? '' : ' class="n"'}>${escapeXml(text)}</${tag}>`).join('');
  const body = rows.map((row) => `<tr>${line('td', row)}</tr>`).join('');
  return `<div class="scroll"><table class="tight"><thead><tr>${line('th', heads)}</tr></thead><tbody>${body}</tbody></table></div>`;
}
