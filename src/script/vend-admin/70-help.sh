# ---------------------------------------------------------------- help

help_admin() {
  case $1 in
  client) help_client ;;
  grant) help_grant ;;
  stop | start) help_stop ;;
  revoke) help_revoke ;;
  esac
  cat <<'HELP'

Everywhere: --as PROFILE, --url URL, --region REGION, --verbose (see vend help)
HELP
}

help_client() {
  cat <<'HELP'
vend client put ACCOUNT --name NAME --role ARN...   a new client; prints what it fills in
vend client put ACCOUNT [OPTION...]                 change one: what is not said stays
  --role ARN                  one more role of the client; may be repeated
  --remove-role ARN           one less
  --import-external-id ID     of a new client that has an ExternalId from before
  --own-account               the vendor's own account
  --format table|json
vend client list [--format table|json]
vend client show ACCOUNT [--format table|json]      with what the client fills in
vend client verify ACCOUNT|ROLE_ARN [--wait SECONDS]
                              probe its roles, and vend those that are safe; roles that may
                              be too new are probed again, all after one wait of 30 seconds
vend client suspend ACCOUNT   refuse its roles from the next call
vend client resume ACCOUNT
HELP
}

help_grant() {
  cat <<'HELP'
vend grant put CALLER_ARN ROLE_ARN --caller-id ID|--unpinned [OPTION...]   a new grant
vend grant put CALLER_ARN ROLE_ARN [OPTION...]      change one: what is not said stays
  --duration TIME             the longest session: 15m to 1h (default)
  --policy FILE               session policy of every vend
  --policy-arn ARN            managed session policy; may be repeated; those given replace the
                              grant's
  --tag KEY=VALUE             session tag; may be repeated; other tags stay
  --not-before, --expires     2026-01-31, 2026-01-31T14:00:00Z, or from now on: 90m, 8h, 7d
  --disabled                  switch it off; --enabled switches it on
  --description TEXT
  --no-policy, --no-policy-arns, --no-tags, --no-not-before, --no-expires, --no-description
                              remove it from the grant; --no-tags --tag K=V replaces all tags
                              Prints what changes. If somebody else changes the grant at the
                              same moment, nothing is changed.
vend grant list [--caller ARN|--role ARN] [--format table|json]
vend grant remove CALLER_ARN ROLE_ARN
vend grant export [--caller ARN|--role ARN] > FILE
vend grant apply FILE [--yes|--dry-run] [--keep-others]
                              make the grants be those of the file, one JSON object a line
                              as export writes them (# begins a comment). Shows what would
                              change, asks, and changes that. Grants that the file does not
                              name are removed, unless --keep-others. - is standard input.
HELP
}

help_stop() {
  cat <<'HELP'
vend stop     refuse every request from the next call
vend start    let vending go on
HELP
}

help_revoke() {
  cat <<'HELP'
vend revoke CALLER_ARN   print the policy that ends a caller's sessions in a client's account, and say
                         which roles they may be in: of its grants, and of what it was vended in
                         the last 12 hours
vend revoke VENDID       the same for one vend
The client attaches it to its role; the vendor can't, which is as it should be.
HELP
}
