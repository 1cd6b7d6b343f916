/**
 * A new receipt: 128 random bits in 22 characters of base64url, the last of which carries two bits. Only this tab
 * knows it; it makes a retry harmless and lets the same tab amend or withdraw its call.
 */
export function newReceipt(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
