import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeReport } from '../../src/report/writeReport.ts';
import { planRuns } from '../../src/run/modes.ts';
import { performRun } from '../../src/run/perform.ts';
import { performedRun } from '../support/runs.ts';
import { describePeer } from '../interop/peer.ts';

const executablePath = '/usr/bin/chromium';

describePeer(executablePath, { versionArgs: ['--version'], debian: 'chromium' }, () => {
  const dir = mkdtempSync(join(tmpdir(), 'mikey-ticket-'));
  let browser: Browser;
  let address: string;
  let pages: readonly string[];

  beforeAll(async () => {
    const how = { randomness: 'seed', showSecrets: false };
    address = pathToFileURL(writeReport(dir, [performedRun({ forks: 2 }, 'browser')], how)).href;
    const all = planRuns([], {}).map((planned) => performRun(planned, 'browser'));
    pages = [join(dir, 'all', 'index.html'), ...all.map(({ id }) => join(dir, 'all', `${id}.html`))];
    writeReport(join(dir, 'all'), all, how);
    const args = [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ];
    browser = await chromium.launch({ executablePath, args });
  });

  afterAll(async () => {
    await browser.close();
    rmSync(dir, { recursive: true });
  });

  test.each([
    [1400, 'light'],
    [400, 'light'],
    [1400, 'dark'],
  ] as const)(
    'the report opens offline at %i px, %s: no error, nothing loaded, nothing cut off',
    async (width, colorScheme) => {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
      const problems: string[] = [];
      page.on('console', (message) => problems.push(message.text()));
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('request', (request) => {
        if (request.url() !== address) problems.push(request.url());
      });
      await page.goto(address);
      expect(await page.title()).toContain('mikey-ticket: standard');
      expect(problems).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(
        true,
      );
      await page.close();
    },
  );

  test.each([
    [1400, 'light'],
    [420, 'dark'],
  ] as const)(
    'every page of a report with all modes opens at %i px, %s, and links to the others',
    async (width, colorScheme) => {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
      const problems: string[] = [];
      page.on('console', (message) => problems.push(message.text()));
      page.on('pageerror', (error) => problems.push(error.message));
      for (const path of pages) {
        await page.goto(pathToFileURL(path).href);
        expect([path, await page.evaluate('document.documentElement.scrollWidth <= innerWidth')]).toEqual([path, true]);
      }
      expect(problems).toEqual([]);
      await page.goto(pathToFileURL(pages[0]!).href);
      await page.locator('a', { hasText: 'two KMSs' }).first().click();
      expect(await page.title()).toBe('mikey-ticket: two KMSs');
      expect(await page.locator('svg').isVisible()).toBe(true);
      await page.locator('a', { hasText: 'all runs' }).click();
      expect(await page.title()).toBe('mikey-ticket: report');
      await page.close();
    },
  );

  test('a message opens to its hex dump, and a field tells what it is', async () => {
    const page = await browser.newPage();
    await page.goto(address);
    const details = page.locator('details', { hasText: 'TRANSFER_INIT' }).first();
    expect(await details.locator('.hex').isVisible()).toBe(false);
    await details.locator('summary').click();
    expect(await details.locator('.hex').isVisible()).toBe(true);
    expect(await details.locator('.f').first().getAttribute('title')).toContain('HDR');
    await page.close();
  });

  test('text in the diagrams stays inside them and off other labels', async () => {
    const page = await browser.newPage();
    for (const path of pages.slice(1)) await inspect(path);
    await page.close();

    async function inspect(path: string): Promise<void> {
      await page.goto(pathToFileURL(path).href);
      const boxes = (await page.evaluate(`[...document.querySelectorAll('svg text.label')].map((text) => {
      const { x, y, width, height } = text.getBBox();
      return { x, y, right: x + width, bottom: y + height, limit: text.ownerSVGElement.viewBox.baseVal.width };
    })`)) as { x: number; y: number; right: number; bottom: number; limit: number }[];
      expect(boxes.length).toBeGreaterThan(3);
      for (const [index, box] of boxes.entries()) {
        expect(box.x).toBeGreaterThan(0);
        expect(box.right).toBeLessThan(box.limit);
        for (const other of boxes.slice(index + 1)) {
          const apart = box.right <= other.x || other.right <= box.x || box.bottom <= other.y || other.bottom <= box.y;
          expect([path, apart]).toEqual([path, true]);
        }
      }
    }
  });
});
