/** What a camera would read off a QR code on the page: its modules, from a picture of the screen. */
import type { Locator, Page } from 'playwright-core';
import { expect } from '../support/jest.js';
import { readQrCode } from '../support/qr.js';

/** Runs in the page, which can read a picture. Gives the brightness of each module's middle, 0 to 255, row by row. */
const sample = `async ({ picture, size }) => {
  const bytes = Uint8Array.from(atob(picture), (character) => character.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const side = image.width / size;
  return Array.from({ length: size }, (_, y) => Array.from({ length: size }, (_, x) => {
    const at = (n) => Math.floor((n + 0.5) * side);
    const [red, green, blue] = context.getImageData(at(x), at(y), 1, 1).data;
    return (red + green + blue) / 3;
  }));
}`;

/** The text of the code as it is seen. Expects it black on white, with four modules of white around it. */
export async function seenQrCode(page: Page, code: Locator): Promise<string> {
  const size = Number((await code.getAttribute('viewBox'))?.split(' ')[2]);
  const picture = (await code.locator('rect').screenshot()).toString('base64');
  const given = JSON.stringify({ picture, size });
  const seen = await page.evaluate<number[][]>(`(${sample})(${given})`);
  expect(new Set(seen.flat())).toEqual(new Set([0, 255]));
  const isWhite = (x: number, y: number) => seen[y]?.[x] === 255;
  for (let x = 0; x < size; x += 1) {
    for (const y of [0, 1, 2, 3, size - 4, size - 1]) expect(isWhite(x, y) && isWhite(y, x)).toBe(true);
  }
  return readQrCode(seen.slice(4, -4).map((row) => row.slice(4, -4).map((brightness) => brightness === 0)));
}
