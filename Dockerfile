# Tyst as an image: the built server and web app, and production dependencies alone.

FROM node:22.23.3-bookworm-slim@sha256:c3de60bf2f9dd0ac6370e6117950ff62d6e339527e7472301c9c78a017978392 AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN node scripts/build.js

FROM node:22.23.3-bookworm-slim@sha256:c3de60bf2f9dd0ac6370e6117950ff62d6e339527e7472301c9c78a017978392 AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund

FROM node:22.23.3-bookworm-slim@sha256:c3de60bf2f9dd0ac6370e6117950ff62d6e339527e7472301c9c78a017978392
# NODE_ENV is read by Express; the others are settings of docs/operations.md.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 TYST_DATA_DIR=/data TYST_KEY_DIR=/keys
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json LICENSE ./
COPY bin bin
COPY scripts/build.js scripts/build.js
COPY vocabulary vocabulary
COPY templates templates
# `tyst` on the PATH. A database password that is mounted as a file is handed over as PGPASSWORD, which the
# PostgreSQL driver reads where DATABASE_URL has no password; so it stands in no compose file and no image.
RUN printf '%s\n' \
      '#!/bin/sh' \
      'if [ -n "${DATABASE_PASSWORD_FILE:-}" ]; then' \
      '  PGPASSWORD="$(cat "$DATABASE_PASSWORD_FILE")" || exit 1' \
      '  export PGPASSWORD' \
      'fi' \
      'exec node /app/bin/tyst.js "$@"' \
      > /usr/local/bin/tyst \
    && chmod 755 /usr/local/bin/tyst bin/tyst.js \
    && install -d -o node -g node -m 700 /data /keys /logins/web /logins/keeper
# One volume for the secret, the release keys and, without DATABASE_URL, the database. One of its own for the keys of the
# night, which must never be in a copy: without the volume it was made with, Tyst refuses to start.
VOLUME /data /keys
USER node
EXPOSE 3000
# Whether the process runs: what starts an unhealthy container anew mends nothing where the database is away.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["tyst", "start"]
