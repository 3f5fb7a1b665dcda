#!/usr/bin/env bash
# Walks one case plan through its whole life over HTTP, as the sample people of a host in Development, and stops at the first answer
# that isn't the expected one. It needs bash and curl; BASE_URL names the host.
set -euo pipefail

base=${BASE_URL:-http://localhost:5080}
number="W-$(date +%s)-$RANDOM"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
body="$work/body" head="$work/head"

say() { printf '\n== %s\n' "$*"; }

fail() {
  printf 'NOT AS EXPECTED: %s\n' "$*" >&2
  [ -s "$body" ] && head -c 4000 "$body" >&2
  echo >&2
  exit 1
}

# call PERSON METHOD PATH EXPECTED [JSON] [HEADER]...
call() {
  local person=$1 method=$2 path=$3 expected=$4 json=${5:-} status
  shift 4
  [ $# -gt 0 ] && shift
  local options=(-sS -o "$body" -D "$head" -w '%{http_code}' -X "$method" -H "Authorization: Bearer sample-$person")
  [ -n "$json" ] && options+=(-H 'Content-Type: application/json' --data-binary "$json")
  while [ $# -gt 0 ]; do options+=(-H "$1"); shift; done
  status=$(curl "${options[@]}" "$base$path") || fail "$method $path: no answer from $base"
  printf '%-13s %-6s %-60s %s\n' "$person" "$method" "$path" "$status"
  [ "$status" = "$expected" ] || fail "$method $path answered $status instead of $expected"
}

has() { grep -qF -- "$1" "$body" || fail "the answer doesn't say: $1"; }
hasnt() { ! grep -qF -- "$1" "$body" || fail "the answer says, and shouldn't: $1"; }
text() { sed -nE "s/.*\"$1\":\"([^\"]*)\".*/\1/p" "$body" | head -n 1; }
etag() { sed -nE 's/^[Ee][Tt]ag: *("[^"]*").*/\1/p' "$head" | head -n 1; }
stage() { call worker GET "/api/plans/$plan" 200; has "\"stage\":\"$1\""; }

# page METHOD PATH EXPECTED [curl options]: pages go by the cookies in the jar.
page() {
  local method=$1 path=$2 expected=$3 status
  shift 3
  status=$(curl -sS -o "$body" -D "$head" -w '%{http_code}' -X "$method" -b "$work/jar" -c "$work/jar" "$@" "$base$path") || fail "$method $path: no answer from $base"
  printf '%-13s %-6s %-60s %s\n' browser "$method" "${path%%\?*}" "$status"
  [ "$status" = "$expected" ] || fail "$method $path answered $status instead of $expected"
}

form_token() { sed -nE 's/.*name="__RequestVerificationToken" value="([^"]*)".*/\1/p' "$body" | tail -n 1; }

say "Who am I, and what is the agency's date?"
call worker GET /api/me 200
today=$(text today)
[ -n "$today" ] || fail "no date in the answer"
# A date so many days from today, with GNU or BSD date.
day() { date -u -d "$today $1 days" +%F 2>/dev/null || date -u -j -v"${1}d" -f %F "$today" +%F; }

say "A case opens; the duty to plan begins with it"
case=$(printf 'sample-%s' "$number" | tr '[:upper:]' '[:lower:]')
plan="$case.home"
opening="{\"number\":\"$number\",\"openedOn\":\"$(day -10)\",\"facts\":[
  {\"fact\":\"participant\",\"source\":\"ines\",\"on\":\"$(day -10)\",\"name\":\"Ines Walkthrough\",\"role\":\"focus-child\",\"birthDate\":\"2019-04-02\",\"personType\":\"cps\"},
  {\"fact\":\"participant\",\"source\":\"rosa\",\"on\":\"$(day -10)\",\"name\":\"Rosa Walkthrough\",\"role\":\"parent\",\"birthDate\":\"1990-01-20\"},
  {\"fact\":\"assignment\",\"source\":\"a1\",\"on\":\"$(day -10)\",\"person\":\"worker\"}]}"
call worker POST /api/cases 201 "$opening" "Idempotency-Key: open-$number"
call worker POST /api/cases 201 "$opening" "Idempotency-Key: open-$number"
stage awaiting-plan
call worker GET "/api/plans/$plan/deadlines" 200
has 'Initial case plan is due'
call worker GET /api/me/agenda 200
has "$number"

say "A first version; it isn't ready, and the answer names every unmet rule"
call worker POST "/api/plans/$plan/versions" 201 "{\"kind\":\"initial\",\"planDate\":\"$(day +2)\"}"
first=$(etag)
stage draft
call worker POST "/api/plans/$plan/submission" 409 '{}'
has CA-14; has WI-11; has MN-04
echo "unmet: $(grep -oE '"rule":"[A-Z]+-[0-9]+"' "$body" | sort | uniq -c | tr -s ' \n' ' ')"

say "The draft is written"
call worker POST "/api/cases/$case/assessments" 201 "{\"source\":\"safety-1\",\"on\":\"$(day -9)\",\"what\":\"safety\",\"safetyConcerns\":true}"
# draft PLAN_DATE OBJECTIVE
draft() {
  cat <<JSON
{"planDate":"$1","focusChildren":["ines"],"participants":["rosa"],"content":{
  "signatures":[{"participant":"rosa","reviewed":"$today","signed":"$today","copyGiven":"$today"}],
  "serviceObjectives":[{"id":"o1","participant":"rosa","objective":"$2","projectedCompletion":"$(day +60)"}],
  "safety":{"assessment":"safety-1","behavioralChange":"Rosa asks for help before she leaves."},
  "cps":{"caseInformation":"Opened after a report.","persons":"Ines and Rosa.","reasons":"Left alone at night.","familyStrengths":"Close.","familyNeeds":"Night care.",
    "goals":"An adult is there every night.","whatMustHappen":"A care plan, kept for eight weeks.","otherNeeds":"None.","reviewOn":"$(day +85)","ifBehaviorDoesNotChange":"The team meets again."}}}
JSON
}
call worker PUT "/api/plans/$plan/versions/1" 428 "$(draft "$(day +2)" 'Find night care')"
call worker PUT "/api/plans/$plan/versions/1" 200 "$(draft "$(day +2)" 'Find night care')" "If-Match: $first"
call worker PUT "/api/plans/$plan/versions/1" 412 "$(draft "$(day +2)" 'Somebody else')" "If-Match: $first"
call worker GET "/api/plans/$plan/readiness" 200
has '"readyToSubmit":true'
call worker POST "/api/plans/$plan/submission" 200 '{"comments":"Rosa would like to hear soon."}'
stage pending-approval

say "The supervisor's mail leads to the approval page"
call supervisor GET /api/approvals 200
request=$(grep -oE "\"request\":\"$plan[^\"]*\"" "$body" | head -n 1 | cut -d '"' -f 4)
[ -n "$request" ] || fail "the approval isn't in the supervisor's list"
call administrator GET /api/mail 200
has "Case $number: plan to approve"
link="/approvals/$request"

say "Without sign-in the page shows the case number and nothing else"
page GET "$link" 200
has "Case $number"; hasnt Walkthrough; hasnt Approve

say "Signed in, the supervisor reads the plan and approves it"
page GET "/signin?returnTo=$link" 200
page POST /signin 302 --data-urlencode "__RequestVerificationToken=$(form_token)" --data "person=supervisor" --data-urlencode "returnTo=$link"
page GET "$link" 200
has 'Ines Walkthrough'; has 'Find night care'; has 'Approve the plan'
token=$(form_token)
page POST "$link" 400 --data "decision=approve"
page POST "$link" 302 --data-urlencode "__RequestVerificationToken=$token" --data "decision=approve&planDateToday=yes" --data-urlencode "comments=Well done."
page GET "$link" 200
has 'was approved and took effect'
page GET "/plans/$plan" 200
has 'in effect'
stage in-effect
has "\"planDate\":\"$today\""

say "A review is held"
call worker POST "/api/plans/$plan/reviews" 201 '{"attended":"Rosa, the worker","progress":"Night care is found for four of seven nights."}'

say "An update needs progress first"
call worker POST "/api/plans/$plan/update-start" 200
stage recording-progress
call worker POST "/api/plans/$plan/versions" 409 "{\"kind\":\"update\",\"planDate\":\"$today\"}"
has CA-06
call worker PUT "/api/plans/$plan/progress/o1" 200 '{"met":"in-progress","narrative":"The aunt comes on four nights."}'
call worker POST "/api/plans/$plan/versions" 201 "{\"kind\":\"update\",\"planDate\":\"$today\",\"copy\":{\"objectives\":\"all-not-met\"}}"
second=$(etag)
call worker POST "/api/plans/$plan/submission" 409 '{}'
has 'shown as prior'
call worker PUT "/api/plans/$plan/versions/2" 200 "$(draft "$today" 'Night care on all seven nights')" "If-Match: $second"
call worker POST "/api/plans/$plan/submission" 200 '{}'

say "It is returned, changed, submitted again and approved"
call worker POST "/api/plans/$plan/decision" 403 '{"kind":"approve"}'
call supervisor POST "/api/plans/$plan/decision" 422 '{"kind":"return"}'
call supervisor POST "/api/plans/$plan/decision" 200 '{"kind":"return","comments":"Who comes on Sundays?"}'
stage draft
call worker GET "/api/plans/$plan/versions/2" 200
call worker PUT "/api/plans/$plan/versions/2" 200 "$(draft "$today" 'Night care on all seven nights, Sundays by the neighbor')" "If-Match: $(etag)"
call worker POST "/api/plans/$plan/submission" 200 '{}'
call supervisor POST "/api/plans/$plan/decision" 200 '{"kind":"approve"}'
stage in-effect

# close_plan PLAN CASE DATE: everything a closing needs, then the closing itself.
close_plan() {
  local closing="{\"source\":\"closing-1\",\"on\":\"$3\",\"reason\":\"Goals are met.\",\"goalsMet\":true,\"safetyConcernsEliminated\":true,\"familyView\":\"Ready.\",\"providerInput\":\"Agrees.\",\"remainingNeeds\":\"None.\"}"
  call worker POST "/api/plans/$1/closing" 409 "$closing"
  has MN-15
  call worker POST "/api/cases/$2/assessments" 201 "{\"source\":\"risk-1\",\"on\":\"$3\",\"what\":\"risk-reassessment\"}"
  call worker POST "/api/cases/$2/meetings" 403 "{\"source\":\"m1\",\"on\":\"$3\",\"what\":\"supervisor-review\"}"
  call supervisor POST "/api/cases/$2/meetings" 201 "{\"source\":\"m1\",\"on\":\"$3\",\"what\":\"supervisor-review\"}"
  call worker POST "/api/cases/$2/meetings" 201 "{\"source\":\"m2\",\"on\":\"$3\",\"what\":\"closing-meeting\"}"
  call worker POST "/api/plans/$1/closing" 201 "$closing"
}

say "Closing is refused until everything it needs is on record"
close_plan "$plan" "$case" "$today"
stage closed

say "A closing made in error is withdrawn, and the plan goes on as it was"
call worker POST "/api/cases/$case/closings/closing-1/withdrawal" 403 '{"reason":"The wrong plan."}'
call supervisor POST "/api/cases/$case/closings/closing-1/withdrawal" 200 '{"reason":"The wrong plan."}'
stage in-effect

say "A plan closed yesterday is reopened; its clocks begin anew"
second="$case-b"
call worker POST /api/cases 201 "{\"number\":\"$number-b\",\"openedOn\":\"$(day -10)\",\"facts\":[{\"fact\":\"participant\",\"source\":\"c1\",\"on\":\"$(day -10)\",\"name\":\"Kit Sample\",\"role\":\"focus-child\",\"personType\":\"cps\"},{\"fact\":\"assignment\",\"source\":\"a1\",\"on\":\"$(day -10)\",\"person\":\"worker\"}]}"
close_plan "$second.home" "$second" "$(day -1)"
call worker POST "/api/plans/$second.home/reopening" 403 '{"reason":"A new report."}'
call supervisor POST "/api/plans/$second.home/reopening" 201 '{"reason":"A new report."}'
call worker GET "/api/plans/$second.home" 200
has '"stage":"awaiting-plan"'

say "What was said and done is on record"
call auditor GET "/api/plans/$plan/history" 200
has '"kind":"submitted"'; has '"kind":"returned"'; has '"kind":"approved"'

printf '\nEverything was as expected: case %s.\n' "$number"
