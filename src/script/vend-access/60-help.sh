# ---------------------------------------------------------------- help

help_access() {
  case $1 in
  access) help_access_list ;;
  esac
  cat <<'HELP'

Everywhere: --as PROFILE, --url URL, --region REGION, --verbose (see vend help)
HELP
}

help_access_list() {
  cat <<'HELP'
vend access [OPTION...]     who may have which role, whether each would be vended now, and if not,
                            why not
  --caller ARN                what this role or user may have
  --role ARN                  who may have this client role
  --account ID                who may have a role of this client
  --format FORMAT             table, json, jsonl, csv
HELP
}
