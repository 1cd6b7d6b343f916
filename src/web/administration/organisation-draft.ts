/** An organisation of the referral directory while it is filled in. Pure. */
import type { ListedOrganisation, Need, Organisation } from '../../contract/directory.js';
import { counties } from '../../contract/places.js';

/** As the fields of the form have it: empty text for what is not known, counties and municipalities in one list. */
export interface OrganisationDraft {
  readonly name: string;
  readonly referral: string;
  readonly places: readonly string[];
  readonly telephone: string;
  readonly web: string;
  readonly hours: string;
  readonly languages: readonly string[];
  readonly needs: readonly Need[];
  readonly verifiedOn: string;
}
export type Field = keyof OrganisationDraft;

/** A new organisation, before anything is known of it. */
export const blank: OrganisationDraft = {
  name: '',
  referral: '',
  places: [],
  telephone: '',
  web: '',
  hours: '',
  languages: ['sv'],
  needs: [],
  verifiedOn: '',
};

/** What the directory has of an organisation, for the form. */
export const draftOf = ({
  counties: whole,
  municipalities,
  ...rest
}: ListedOrganisation): OrganisationDraft => ({
  name: rest.name,
  referral: rest.referral,
  places: [...whole, ...municipalities],
  telephone: rest.telephone ?? '',
  web: rest.web ?? '',
  hours: rest.hours ?? '',
  languages: rest.languages,
  needs: rest.needs,
  verifiedOn: rest.verifiedOn ?? '',
});

const textOrNull = (text: string) => (text.trim() === '' ? null : text.trim());

/** What is sent. Whether it will do is for the server to say. */
export function organisationOf(draft: OrganisationDraft): Organisation {
  const whole = counties.filter((county) => draft.places.includes(county));
  return {
    name: draft.name.trim(),
    referral: draft.referral,
    counties: whole,
    municipalities: draft.places.filter((place) => !whole.some((county) => county === place)),
    telephone: textOrNull(draft.telephone),
    web: textOrNull(draft.web),
    hours: textOrNull(draft.hours),
    languages: [...draft.languages],
    needs: [...draft.needs],
    verifiedOn: textOrNull(draft.verifiedOn),
  };
}

/** Whether two drafts say the same. */
export const sameOrganisation = (one: OrganisationDraft, other: OrganisationDraft): boolean =>
  JSON.stringify(organisationOf(one)) === JSON.stringify(organisationOf(other));

export const fields = Object.keys(blank) as readonly Field[];

/** Whether two drafts say the same in a field. */
export const sameField = (field: Field, one: OrganisationDraft, other: OrganisationDraft): boolean =>
  JSON.stringify(one[field]) === JSON.stringify(other[field]);

/**
 * A draft made to an older state of an organisation, as a draft to the newest one: what was changed here stays, what was
 * not is as it is there now.
 */
export function rebase(
  draft: OrganisationDraft,
  before: OrganisationDraft,
  newest: OrganisationDraft,
): OrganisationDraft {
  const kept = fields.filter((field) => !sameField(field, draft, before));
  return { ...newest, ...Object.fromEntries(kept.map((field) => [field, draft[field]])) };
}

/** The field of the form that an error of the API is about; null when it is about none. */
export function fieldOf(path: string): Field | null {
  const [first = ''] = path.split('.');
  if (first === 'counties' || first === 'municipalities') return 'places';
  return first in blank ? (first as Field) : null;
}

/** An id made of a name, which none of the taken ones is. */
export function organisationId(name: string, taken: readonly string[]): string {
  const plain = name
    .normalize('NFD')
    // The marks alone, so that å and ä become a.
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 56)
    .replaceAll(/^-|-$/g, '');
  const base = plain === '' ? 'organisation' : plain;
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base}-${String(number)}`;
    if (!taken.includes(id)) return id;
  }
}
