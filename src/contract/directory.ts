/**
 * The referral directory: organisations that a caller may be referred to. Read whole, so that the browser searches it
 * and nobody learns what was looked up.
 */
import { z } from 'zod';
import { counties, isMunicipality } from './places.js';

/** The dimension of the vocabulary whose codes say where a caller was referred. */
export const REFERRAL = 'referral';

/** What a caller may need; the words for each are the web app's. */
export const needs = [
  'danger',
  'crime',
  'tip',
  'concern',
  'leave',
  'child',
  'partner_violence',
  'knowledge',
] as const;
export type Need = (typeof needs)[number];

/** One line of text. Without a property escape, which JSON Schema has no flag for. */
const line = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[ -~\u00a0-\u2027\u202a-\uffff]*$/);

/** What is stored of an organisation, beside its id. Serves all of Sweden where no place is named. */
export const organisationSchema = z.strictObject({
  name: line(120),
  /** A code of the vocabulary's referrals. */
  referral: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_+-]{0,31}$/),
  /** Codes of the vocabulary's area. */
  counties: z.array(z.enum(counties)).max(21),
  /** Statistics Sweden's codes, four digits. */
  municipalities: z.array(z.string().refine(isMunicipality)).max(290),
  telephone: line(40).nullable(),
  web: z
    .string()
    .max(200)
    .regex(/^https?:\/\/[^\s<>"]+$/)
    .nullable(),
  /** Such as "00–24" or "mån–fre 08–16". */
  hours: line(80).nullable(),
  /** ISO 639. */
  languages: z.array(z.string().regex(/^[a-z]{2,3}$/)).max(40),
  needs: z.array(z.enum(needs)).max(needs.length).default([]),
  /** The day somebody last made sure that all of it is right; null: check before use. */
  verifiedOn: z.iso.date().nullable(),
});
export type Organisation = z.infer<typeof organisationSchema>;

export const organisationIdSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);

/** An organisation that comes with the software. */
export const suppliedOrganisationSchema = organisationSchema.extend({
  id: organisationIdSchema,
  needs: z.array(z.enum(needs)),
});
export type SuppliedOrganisation = z.infer<typeof suppliedOrganisationSchema>;

/** Made of what is stored of an organisation, and of nothing else: it tells no time. */
const tagSchema = z.string().max(64);

/** An organisation as the directory lists it. */
export const listedOrganisationSchema = suppliedOrganisationSchema.extend({
  /** Names this state of it. Sent back with a change, it keeps what somebody else has changed meanwhile. */
  tag: tagSchema,
});
export type ListedOrganisation = z.infer<typeof listedOrganisationSchema>;

/** What is sent of an organisation: null as tag says that there is none of that id yet; no tag, that it does not matter. */
export const putOrganisationSchema = organisationSchema.extend({ tag: tagSchema.nullable().optional() });

/** What may be said with a removal. */
export const removeOrganisationQuerySchema = z.strictObject({
  tag: tagSchema.optional().meta({ description: 'The tag that it was read with', examples: ['Yk3v0sPq'] }),
});

export const directorySchema = z.strictObject({ organisations: z.array(listedOrganisationSchema) });
export type Directory = z.infer<typeof directorySchema>;
