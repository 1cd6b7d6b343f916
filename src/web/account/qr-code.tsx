/** A QR code, drawn in this tab: what it says is sent nowhere. */
import { useMemo } from 'react';
import { encode } from 'uqr';

/** Modules of white around it, as many as the standard asks for: a camera finds it by them, on a dark page too. */
const quietZone = 4;

/** The black modules as one path, a rectangle for each run of them in a row. */
function pathOf(rows: readonly (readonly boolean[])[]): string {
  const runs: string[] = [];
  rows.forEach((row, y) => {
    let from = 0;
    for (let x = 0; x <= row.length; x += 1) {
      if (row[x] === true) continue;
      if (x > from) runs.push(`M${String(from)} ${String(y)}h${String(x - from)}v1H${String(from)}z`);
      from = x + 1;
    }
  });
  return runs.join('');
}

interface Props {
  readonly text: string;
  /** What it is, for those who do not see it. */
  readonly label: string;
}

/** A text as a QR code that is read off a worn or shining screen too (error correction M). */
export function QrCode({ text, label }: Props) {
  const { size, path } = useMemo(() => {
    const code = encode(text, { ecc: 'M', border: quietZone });
    return { size: code.size, path: pathOf(code.data) };
  }, [text]);
  return (
    <svg className="qr-code" viewBox={`0 0 ${String(size)} ${String(size)}`} role="img" aria-label={label}>
      <rect width={size} height={size} />
      <path d={path} />
    </svg>
  );
}
