# ---------------------------------------------------------------- help

help_access() {
  case $1 in
  access) help_access_list ;;
  why) help_why ;;
  status) help_status ;;
  esac
  cat <<'HELP'

Everywhere: --as PROFILE, --url URL, --region REGION, --verbose (see vend help)
HELP
}

help_access_list() {
  cat <<'HELP'
vend access [OPTION...]     who may have which role, whether each would be vended now, and if not,
                            why not; with the last use
  --caller ARN                what this role or user may have
  --role ARN                  who may have this client role
  --account ID                who may have a role of this client
  --client NAME               the same, by the client's name
  --format FORMAT             table, json, jsonl, csv

vend access review --since MOMENT [--caller ARN|--role ARN|--account ID|--client NAME]
                            the sheet for an access review: the list, and every change of the
                            allow-list since then, with who made it. For auditors: the changes are
                            in the audit. With --caller, the changes of grants to it.
  --since MOMENT              2026-01-31, 2026-01, last-month, 90d
  --format FORMAT             table, json
HELP
}

help_why() {
  cat <<'HELP'
vend why VENDID [OPTION]    why that vend was granted, denied or failed; whether it would be vended
                            now; and the command that would change it
vend why CALLER ROLE        whether it would be vended now, from the caller's unique ID on
  --format FORMAT             table, json

For administrators and auditors. Nothing is vended and STS is not asked.
Exit codes: 0 it would be vended now; 3 it would not, or the ID is no vend's; 1 failed.
HELP
}

help_status() {
  cat <<'HELP'
vend status [OPTION...]     whether anything needs attention, the most severe first: vending
                            stopped, corrupt rows, records of the last 24 hours that never ended,
                            drifted roles, an overdue probe of all roles, unverified roles that
                            somebody has a grant of, grants that end within 14 days
  --format FORMAT             table, json
  --quiet                     only the exit code

Good to know, but no reason for exit code 3: suspended clients; grants that were made or changed
less than 14 days before their end; unverified roles that nobody has a grant of.
For administrators and auditors.
Exit codes: 0 all is right; 3 something needs attention; 1 failed.
HELP
}
