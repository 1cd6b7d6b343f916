/** The ROC curves of the report as an SVG picture: told apart by dashes and labels as well as by colour. */
import type { Curve } from './support/figures.js';

const SIZE = 360;
const LEFT = 64;
const TOP = 48;
const LEGEND = 28;
const styles = [
  { colour: '#0b5d66', dash: '' },
  { colour: '#a13d2d', dash: '9 4' },
  { colour: '#4a4a4a', dash: '2 4' },
];

const x = (share: number) => (LEFT + share * SIZE).toFixed(1);
const y = (share: number) => (TOP + (1 - share) * SIZE).toFixed(1);

const pathOf = (points: Curve['points']) =>
  points.map(([right, up], index) => `${index === 0 ? 'M' : 'L'}${x(right)} ${y(up)}`).join('');

function grid(): string {
  return [0, 0.25, 0.5, 0.75, 1]
    .map((share) => {
      const label = `${Math.round(share * 100)}%`;
      return [
        `<path d="M${x(share)} ${y(0)}V${y(1)}M${x(0)} ${y(share)}H${x(1)}" stroke="#d9d9d9"/>`,
        `<text x="${x(share)}" y="${TOP + SIZE + 20}" text-anchor="middle">${label}</text>`,
        `<text x="${LEFT - 8}" y="${(TOP + (1 - share) * SIZE + 4).toFixed(1)}" text-anchor="end">${label}</text>`,
      ].join('');
    })
    .join('\n');
}

/** The picture of some curves, at most three. `words` says in a sentence what it shows. */
export function rocPicture(title: string, words: string, curves: readonly Curve[]): string {
  const bottom = TOP + SIZE + 48;
  const height = bottom + curves.length * LEGEND;
  const width = LEFT + SIZE + 40;
  const lines = curves.map(({ name, points }, index) => {
    const { colour, dash } = styles[index] ?? { colour: '#000', dash: '' };
    const stroke = `stroke="${colour}" stroke-width="2.5" fill="none"${dash === '' ? '' : ` stroke-dasharray="${dash}"`}`;
    const at = bottom + index * LEGEND;
    return [
      `<path d="${pathOf(points)}" ${stroke}/>`,
      `<path d="M${LEFT} ${at}h44" ${stroke}/>`,
      `<text x="${LEFT + 54}" y="${at + 4}">${name}</text>`,
    ].join('');
  });
  const middle = LEFT + SIZE / 2;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title words" font-family="sans-serif" font-size="13" fill="#222">
<title id="title">${title}</title>
<desc id="words">${words}</desc>
<rect width="${width}" height="${height}" fill="#fff"/>
<text x="${middle}" y="26" text-anchor="middle" font-size="15">${title}</text>
${grid()}
<path d="M${x(0)} ${y(0)}L${x(1)} ${y(1)}" stroke="#8a8a8a" stroke-dasharray="1 5"/>
${lines.join('\n')}
<text x="${middle}" y="${TOP + SIZE + 38}" text-anchor="middle">calls that are not in the data, taken for members</text>
<text transform="translate(16 ${TOP + SIZE / 2}) rotate(-90)" text-anchor="middle">members found</text>
</svg>
`;
}
