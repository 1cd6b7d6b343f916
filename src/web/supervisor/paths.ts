/** The addresses of the supervisor's pages. The server gives the app for each; see src/app.ts. */
export const paths = {
  statistics: '/statistics',
  explore: '/explore',
  plan: '/plan',
  releases: '/releases',
} as const;
