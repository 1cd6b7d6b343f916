/** A picture as an image of its own: its title, what its numbers are, and the sentence that belongs to them. */
import { font, heightAt, paperColours, type Draw, type Height } from './look.js';

export interface Picture {
  readonly title: string;
  /** Under the title: the period and how sure the numbers are. */
  readonly subtitle: string;
  /** Below the picture. */
  readonly footer: string;
  readonly draw: Draw;
  readonly height: Height;
  readonly least?: number;
}

const margin = 28;
const scale = 2;

/** The text in lines that fit a width. */
function wrapped(context: CanvasRenderingContext2D, text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && context.measureText(longer).width > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

const asBlob = (canvas: HTMLCanvasElement) =>
  new Promise<Blob>((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error('The browser could not make an image.'));
      else resolve(blob);
    }, 'image/png');
  });

/** Draws the picture for white paper. Rejects when ECharts cannot be had or the browser makes no image. */
export async function imageOf({
  title,
  subtitle,
  footer,
  draw,
  height: wanted,
  least = 0,
}: Picture): Promise<Blob> {
  const [{ init }] = await Promise.all([import('./echarts.js'), document.fonts.ready]);
  const width = Math.max(720, least);
  const height = heightAt(wanted, width);
  const box = document.createElement('div');
  const chart = init(box, null, { renderer: 'canvas', width, height, devicePixelRatio: scale });
  try {
    chart.setOption(draw({ colours: paperColours, width }));
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('The browser has no canvas.');
    const fonts = { title: `650 20px ${font}`, small: `400 14px ${font}` };
    context.font = fonts.small;
    const above = wrapped(context, subtitle, width);
    const below = wrapped(context, footer, width);
    const top = margin + 34 + above.length * 20 + 12;
    canvas.width = (width + 2 * margin) * scale;
    canvas.height = (top + height + 16 + below.length * 20 + margin) * scale;
    context.scale(scale, scale);
    context.fillStyle = paperColours.card;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.textBaseline = 'top';
    context.fillStyle = paperColours.ink;
    context.font = fonts.title;
    context.fillText(title, margin, margin);
    context.fillStyle = paperColours.softInk;
    context.font = fonts.small;
    for (const [index, line] of above.entries()) context.fillText(line, margin, margin + 34 + index * 20);
    context.drawImage(chart.renderToCanvas({ pixelRatio: scale }), margin, top, width, height);
    for (const [index, line] of below.entries())
      context.fillText(line, margin, top + height + 16 + index * 20);
    return await asBlob(canvas);
  } finally {
    chart.dispose();
  }
}

/** Hands a file to the browser under a name. */
export function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/**
 * Puts the picture on the clipboard, or where the browser cannot do that, into a file.
 * @returns which of the two it became
 */
export async function copyPicture(picture: Picture, fileName: string): Promise<'copied' | 'saved'> {
  const image = imageOf(picture);
  try {
    // Given as a promise, so that the click still counts as the person's wish when the image is ready.
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': image })]);
    return 'copied';
  } catch {
    saveFile(await image, fileName);
    return 'saved';
  }
}
