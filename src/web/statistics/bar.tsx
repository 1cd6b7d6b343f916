/** A number as a horizontal bar, with its uncertainty as a thin whisker. A picture beside the number, not instead. */
interface Props {
  readonly value: number;
  readonly uncertainty: number;
  /** The length of the whole axis, in calls. */
  readonly most: number;
}

export function Bar({ value, uncertainty, most }: Props) {
  const share = (calls: number) => `${(100 * Math.max(0, Math.min(calls, most))) / most}%`;
  return (
    <svg className="bar-picture" width="100%" height="16" aria-hidden="true">
      <rect className="length" x="0" y="2" height="12" rx="2" width={share(value)} />
      <line
        className="whisker"
        x1={share(value - uncertainty)}
        x2={share(value + uncertainty)}
        y1="8"
        y2="8"
      />
    </svg>
  );
}
