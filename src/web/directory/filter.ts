/** Which organisations fit what a caller needs. Pure, and run in the browser alone. */
import type { ListedOrganisation, Need } from '../../contract/directory.js';
import { municipalities } from '../../contract/places.js';

export interface Wanted {
  /** A county's code or a municipality's; null for anywhere. */
  readonly place: string | null;
  readonly need: Need | null;
  /** ISO 639. */
  readonly language: string | null;
}

export const anything: Wanted = { place: null, need: null, language: null };

const countyOf = (place: string): string =>
  municipalities.find(({ code }) => code === place)?.county ?? place;

/** How near an organisation is: 0 in the municipality, 1 in the county, 2 for all of Sweden; null when it is elsewhere. */
function nearness(organisation: ListedOrganisation, place: string | null): 0 | 1 | 2 | null {
  const { counties, municipalities: own } = organisation;
  if (counties.length + own.length === 0) return 2;
  if (place === null) return counties.length > 0 ? 1 : 0;
  if (own.includes(place)) return 0;
  const county = countyOf(place);
  if (counties.some((code) => code === county)) return 1;
  // Of a whole county, the organisations of its municipalities are part of the answer.
  const within = place === county && own.some((code) => countyOf(code) === county);
  return within ? 0 : null;
}

/** The organisations that fit, the nearest to a place first, then by name in Swedish order. */
export function search(
  organisations: readonly ListedOrganisation[],
  { place, need, language }: Wanted,
): ListedOrganisation[] {
  return organisations
    .flatMap((organisation) => {
      const near = nearness(organisation, place);
      const fits =
        near !== null &&
        (need === null || organisation.needs.includes(need)) &&
        (language === null || organisation.languages.includes(language));
      // Without a place, those that anybody can turn to come first.
      return fits ? [{ organisation, near: place === null ? -near : near }] : [];
    })
    .toSorted((a, b) => a.near - b.near || a.organisation.name.localeCompare(b.organisation.name, 'sv'))
    .map(({ organisation }) => organisation);
}
