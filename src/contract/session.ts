/** Messages about signing in, and who a signed-in person is. */
import { z } from 'zod';
import { SHORTEST_PASSWORD } from './password.js';
import { locales } from './problem.js';

export const roleSchema = z.enum(['handler', 'supervisor', 'administrator']);
export type Role = z.infer<typeof roleSchema>;

export const usernameSchema = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,31}$/);
/** Length is what makes a password hard to guess; no other rule is laid on it. */
export const passwordSchema = z.string().min(SHORTEST_PASSWORD).max(256);

export const signInSchema = z.strictObject({
  username: z.string().min(1).max(64),
  password: z.string().min(1).max(256),
  code: z.string().max(32).optional(),
});

export const userSchema = z.strictObject({
  username: usernameSchema,
  role: roleSchema,
  locale: z.enum(locales),
});
export type User = z.infer<typeof userSchema>;

export const sessionSchema = z.strictObject({ user: userSchema });

export const acceptInvitationSchema = z.strictObject({ password: passwordSchema, locale: z.enum(locales) });

/** Whose account is now ready. Nobody is signed in by it. */
export const invitationAcceptedSchema = z.strictObject({ user: userSchema });
