#!/bin/sh
# Signs in as a handler, reads the vocabulary, stores a silent call, sends it once more, and withdraws it. Each answer is
# printed with its status. Needs curl.
#
# usage: TYST_PASSWORD=... sh examples/log-a-call.sh http://127.0.0.1:3000 hanna
set -eu
api=$1/api/v1
jar=$(mktemp)
trap 'rm -f "$jar"' EXIT

ask() {
  curl -sS --fail-with-body -b "$jar" -c "$jar" -H 'Content-Type: application/json' -w ' %{http_code}\n' "$@"
}

# By standard input: what stands in an argument is seen by everybody on the machine.
printf '{"username":"%s","password":"%s"}' "$2" "$TYST_PASSWORD" | ask -d @- "$api/session"
ask -o /dev/null "$api/vocabulary"

# 128 random bits. Whoever sends a call again with the same receipt replaces it: nothing is counted twice.
receipt=$(head -c 16 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=')
# Spaces after the JSON make every request 1,024 bytes long: from outside, a silent call is as long as a conversation.
# A plan that does not count channel or part of the day drops them.
call=$(printf '%-1024s' '{"answers":{"kind":"silent","channel":"phone","daypart":"evening"}}')
ask -X PUT -d "$call" "$api/calls/$receipt"
ask -X PUT -d "$call" "$api/calls/$receipt"
ask -X DELETE -d "$(printf '%-1024s' '{}')" "$api/calls/$receipt"
