/**
 * The pages of reports as pictures: of lines and of a year made up by the tests, so that they are the same each time. A
 * browser draws them with pdf.js, which is another program than the one that made them.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { ReleaseContent } from '../src/release/content.js';
import { renderReport } from '../src/release/report.js';
import { lines, releaseOf, yearOf } from '../test/release/lines.js';

const pdfjs = join(dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')), 'build');
/** Nothing listens there: every request of the page is answered below. */
const ORIGIN = 'http://report.invalid';

const html = `<!doctype html><meta charset="utf-8"><title>x</title>
<style>
  body { margin: 0; width: max-content; background: #dcdad2; }
  #pages { display: grid; gap: 10px; padding: 10px; }
</style>
<div id="pages"></div>`;

/** Draws every page, four or three in a row, and says how many there are. */
const draw = (scale: number) => `(async () => {
  const { getDocument, GlobalWorkerOptions } = await import('/pdf.min.mjs');
  GlobalWorkerOptions.workerSrc = '/pdf.worker.min.mjs';
  const report = await getDocument('/report.pdf').promise;
  const grid = document.getElementById('pages');
  grid.style.gridTemplateColumns = 'repeat(' + (report.numPages > 6 ? 4 : Math.min(3, report.numPages)) + ', auto)';
  for (let number = 1; number <= report.numPages; number += 1) {
    const page = await report.getPage(number);
    // Drawn larger and made smaller, so that letters stand where they belong.
    const viewport = page.getViewport({ scale: ${String(4 * scale)} });
    const canvas = new OffscreenCanvas(viewport.width, viewport.height);
    await page.render({ canvas, canvasContext: canvas.getContext('2d'), viewport }).promise;
    const shown = document.createElement('canvas');
    shown.width = viewport.width / 4;
    shown.height = viewport.height / 4;
    grid.append(shown);
    const pen = shown.getContext('2d');
    pen.imageSmoothingQuality = 'high';
    pen.drawImage(canvas, 0, 0, shown.width, shown.height);
  }
  return report.numPages;
})()`;

async function picture(page: Page, pdf: Buffer, scale: number, path: string): Promise<void> {
  await page.unrouteAll();
  await page.route(`${ORIGIN}/**`, async (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    if (name === '') await route.fulfill({ contentType: 'text/html', body: html });
    else if (name === 'report.pdf') await route.fulfill({ contentType: 'application/pdf', body: pdf });
    else await route.fulfill({ contentType: 'text/javascript', body: await readFile(join(pdfjs, name)) });
  });
  await page.goto(`${ORIGIN}/`);
  await page.evaluate(draw(scale));
  await page.locator('#pages').screenshot({ path });
}

/** Takes a picture of each report, all its pages in one, into a folder. */
export async function takeReportPictures(browser: Browser, folder: string): Promise<void> {
  const [tiny, small, large] = lines;
  const reports: readonly (readonly [string, ReleaseContent, number])[] = [
    ['tiny', releaseOf(tiny), 1],
    ['large', releaseOf(large), 0.8],
    ['year', yearOf(small), 1],
  ];
  const page = await browser.newPage();
  for (const [name, content, scale] of reports)
    for (const locale of ['sv', 'en'] as const)
      await picture(
        page,
        await renderReport(locale, content),
        scale,
        join(folder, `report-${name}-${locale}.png`),
      );
  await page.close();
}
