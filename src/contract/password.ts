/** The fewest characters of a password, for the web app as well: without a schema, which it would have to load. */
export const SHORTEST_PASSWORD = 12;
