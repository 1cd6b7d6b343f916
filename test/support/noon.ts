/**
 * The time zone in which it is about noon. Where nothing else is said Tyst runs in it, so that neither its night nor
 * midnight, nor the end of a month, comes in the middle of a test.
 */
export const NOON = noonAt(new Date().getUTCHours());

function noonAt(hour: number): string {
  // The sign of these is the other way round: Etc/GMT-3 is ahead of Greenwich.
  return hour <= 12 ? `Etc/GMT-${12 - hour}` : `Etc/GMT+${hour - 12}`;
}
