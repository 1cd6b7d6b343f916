/** Messages about the accounts of those who work here. */
import { z } from 'zod';
import { roleSchema, userSchema, usernameSchema } from './session.js';

export const accountSchema = z.strictObject({
  ...userSchema.shape,
  disabled: z.boolean(),
  /** Whether its owner has chosen a password; until then it waits for its invitation to be taken up. */
  ready: z.boolean(),
  twoFactor: z.boolean(),
});
export type AccountEntry = z.infer<typeof accountSchema>;

/** Every account, by name. */
export const accountsSchema = z.strictObject({ users: z.array(accountSchema) });

export const newUserSchema = z.strictObject({ username: usernameSchema, role: roleSchema });

/** What is left out stays as it is. */
export const changeUserSchema = z.strictObject({
  role: roleSchema.optional(),
  disabled: z.boolean().optional(),
  /** Takes the second factor and the recovery codes away, for somebody who has lost both. */
  resetTwoFactor: z.literal(true).optional(),
});
export type UserChange = z.infer<typeof changeUserSchema>;

export const inviteSchema = z.strictObject({ username: usernameSchema });

/** The one-time link, relative to the address of Tyst; its token is nowhere else. */
export const invitationSchema = z.strictObject({ link: z.string() });
