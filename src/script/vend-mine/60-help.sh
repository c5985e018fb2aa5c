# ---------------------------------------------------------------- help

help_mine() {
  cat <<'HELP'
For clients, with credentials of a role or user of the client's own account:

vend mine audit [OPTION...]   what the vendor did in your account, newest first: vends, probes, changes
  --since, --until MOMENT       2026-01-31, 90m, 8h, 7d (default: the last seven days)
  --limit N, --all              how many records (default 100), or all
  --format FORMAT               table, json, jsonl

vend mine grants [OPTION...]  who may have your roles now
  --limit N, --all              how many grants (default 100), or all
  --format FORMAT               table, json, jsonl

vend mine suspend             nothing is vended in your account from the next call on, whatever the
                              vendor does, until you resume
vend mine resume              ends your suspension, but never the vendor's
  --if-version N                only if the suspension still has this version
  --format FORMAT               of both: table, json

Your account's own policy must allow execute-api:Invoke on the vendor's output ClientViewRouteArn.
The client roles themselves are refused. Sessions that were issued before a suspension last an hour
at most; to end them at once, change the role or its trust policy.

Everywhere: --as PROFILE, --url URL, --region REGION, --verbose (see vend help)
HELP
}
