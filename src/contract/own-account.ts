/** Messages about one's own account: language, password and the second factor. */
import { z } from 'zod';
import { locales } from './problem.js';
import { passwordSchema, signInSchema } from './session.js';

/** The password one has, whatever its form. */
const ownPassword = signInSchema.shape.password;

export const changeSessionSchema = z.strictObject({ locale: z.enum(locales) });

export const changePasswordSchema = z.strictObject({ password: ownPassword, newPassword: passwordSchema });

export const proveItsYouSchema = z.strictObject({ password: ownPassword });

/** Six digits of an authenticator app (RFC 6238). */
export const confirmTwoFactorSchema = z.strictObject({ code: z.string().min(1).max(32) });

export const twoFactorSchema = z.strictObject({ on: z.boolean(), recoveryCodes: z.int().min(0) });
export type TwoFactor = z.infer<typeof twoFactorSchema>;

/** What an authenticator app needs: the secret in base32, also as an otpauth address. */
export const twoFactorSecretSchema = z.strictObject({ secret: z.string(), address: z.string() });
export type TwoFactorSecret = z.infer<typeof twoFactorSecretSchema>;

/** Each opens the account once in place of a code. Shown this one time. */
export const recoveryCodesSchema = z.strictObject({ recoveryCodes: z.array(z.string()) });
