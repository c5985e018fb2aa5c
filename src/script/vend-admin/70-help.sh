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
vend client put ACCOUNT --name NAME --role ARN...   add a client; prints what it must enter
vend client put ACCOUNT [OPTION...]                 change only what the options name
  --role ARN                  add a role of the client; repeatable
  --remove-role ARN           remove a role; repeatable
  --import-external-id ID     the ExternalId that a new client already uses
  --own-account               this is the vendor's own account
  --activate-when-safe        the schedule activates its new roles as soon as a probe finds them
                              safe, unless one was ever open or somebody has a grant of it;
                              --no-activate-when-safe withdraws that, and so does suspending
  --format table|json
vend client put --accounts FILE --name GROUP [--role ARN...] [--activate-when-safe]
                              the same for each account of a file (an account a line, and its
                              name), with the word ACCOUNT in the ARNs; prints each account and
                              its ExternalId
vend client list [--format table|json]
vend client show ACCOUNT [--format table|json]      with what the client must enter
vend client letter ACCOUNT [--role ROLE_ARN]        what the client agrees to, how it creates the
                              role, watches it and ends it: Markdown to send to the client
vend client wait ACCOUNT [--timeout TIME]           wait until its roles are verified; a day, or
                              600, 30m, 24h, 14d
vend client verify ACCOUNT|ROLE_ARN [--wait SECONDS]
                              probe its roles, and allow vending those that are safe; roles
                              that may be too new are probed again after 30 seconds
vend client suspend ACCOUNT   refuse its roles from the next call
vend client resume ACCOUNT
vend client rotate ACCOUNT    replace its ExternalId, in steps; says what the client has to do
  --switch                    use the new one, once every role accepts both
  --finish                    end it, once every role refuses the old one
  --back, --cancel            take the switch back; end it before the switch
vend client remove ACCOUNT [--yes|--dry-run]
                              remove it with all grants of its roles. Shows them and which
                              sessions may still be live, asks, and removes them.
HELP
}

help_grant() {
  cat <<'HELP'
vend grant put CALLER_ARN ROLE_ARN --caller-id ID|--unpinned [OPTION...]   add a grant
vend grant put CALLER_ARN ROLE_ARN [OPTION...]      change only what the options name
  --duration TIME             the longest session: 15m to 1h (default)
  --policy FILE               session policy of every vend
  --policy-arn ARN            managed session policy; repeatable; replaces all managed policies
                              of the grant
  --tag KEY=VALUE             session tag; repeatable; other tags stay
  --not-before, --expires     2026-01-31, 2026-01-31T14:00:00Z, or from now: 90m, 8h, 7d
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
                              make the grants match the file, which has a JSON object on each
                              line as export writes it (# begins a comment). Shows what would
                              change, asks, and makes the changes. Removes grants that are not
                              in the file, unless --keep-others. - reads standard input.
vend grant lint FILE          check such a file without the service: FILE:LINE: what is wrong.
                              Exit code 1 if apply would refuse it.
HELP
}

help_stop() {
  cat <<'HELP'
vend stop     refuse every request from the next call
vend start    resume vending
HELP
}

help_revoke() {
  cat <<'HELP'
vend revoke CALLER_ARN   print the policy that ends a caller's sessions in a client's account, and
                         list the roles they may be in, according to its grants and the last
                         12 hours of the audit
vend revoke VENDID       the same for one vend
The client attaches the policy to its role; the vendor must not be able to.
HELP
}
