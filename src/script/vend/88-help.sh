# ---------------------------------------------------------------- help

command_help() {
  v_help=${1-}
  case $v_help in
  credentials | exec | profile | roles | whoami) v_help_part=help_$v_help ;;
  client | grant | stop | start | revoke)
    part admin
    v_help_part=help_admin
    ;;
  audit)
    part audit
    v_help_part=help_audit
    ;;
  '' | help | version) v_help_part=help_overview ;;
  *) usage_error "no such command; see: vend help" ;;
  esac
  print_help "$v_help_part" "$v_help"
}

# print_help FUNCTION ARGUMENT...: what it prints.
print_help() {
  need cat
  "$@" | cat || no_output
}

help_overview() {
  cat <<'HELP'
vend: short-lived credentials of a client's AWS role

  vend credentials ROLE_ARN [OPTION...]      print credentials (also as a credential_process)
  vend exec ROLE_ARN [OPTION...] -- COMMAND  run a command with them
  vend profile ROLE_ARN [OPTION...]          make an AWS profile that renews itself
  vend roles                                 list the roles that you may have
  vend whoami                                tell who the service takes you for

  vend client put|list|show|verify|suspend|resume   for administrators: clients and their roles
  vend grant put|list|remove|apply|export           who may have which
  vend stop, vend start                             all vending
  vend revoke CALLER|VENDID                         end credentials that are in use
  vend audit [OPTION...]                            for auditors: who assumed what
  vend audit report|export|reconcile                a report, evidence, a check against CloudTrail

  vend version
  vend help [COMMAND]

Environment
  VEND_URL             the service: https://HOST[/STAGE]   (or --url)
  AWS_REGION           its region, where the host name doesn't tell (or --region)
  VEND_TIMEOUT         seconds for one try (default 35)
  VEND_RETRY_SECONDS   longest pause before another try (default 20)
  AWS_CA_BUNDLE        certificates to trust instead of the system's (or ca_bundle of
                       the profile)

Your own credentials are looked for in the SDKs' order: --as PROFILE; the environment
(AWS_ACCESS_KEY_ID, ...); web identity (AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN);
AWS_PROFILE (static keys, or anything else through the AWS CLI 2.9.0 or later); the
container endpoint (CodeBuild, ECS, EKS); EC2 instance metadata.

Exit code: 0 done; 1 refused or failed, with the reason on standard error; 2 wrong usage;
vend exec: the command's own (126, 127: it could not be started).
HELP
}

help_options() {
  cat <<'HELP'

Options
  --duration TIME      3600, 60m, 1h; default: what the grant allows
  --policy FILE        session policy that narrows the role (JSON; - reads standard input)
  --policy-arn ARN     managed policy that narrows it; may be repeated
  --context KEY=VALUE  what to write into the audit beside the vend; may be repeated
  --no-context         leave out what the build service says (build, commit, repository)
  --as PROFILE         call with this profile's credentials
  --url URL            the service, instead of VEND_URL
HELP
  [ "${1-}" = profile ] || printf "  --region REGION      the service's region\n"
  cat <<'HELP'
  --cache              keep them in ~/.cache/vend (0600) and use them again while they last
                       15 minutes or more
  --dry-run            print the request instead of sending it
  --verbose            tell each step on standard error (no secrets)
HELP
}

help_credentials() {
  cat <<'HELP'
vend credentials ROLE_ARN [OPTION...]

Prints credentials of the role.
  --format process     the document that a credential_process gives (default)
  --format json        the same with AssumedRoleArn and VendId
  --format env         AWS_ACCESS_KEY_ID=... lines, five of them, with no character that
                       needs quoting. In sh or bash (zsh doesn't split $keys):
                         keys=$(vend credentials ROLE_ARN --format env) && export $keys
                       In GitHub Actions (secrets are masked in the log):
                         vend credentials ROLE_ARN --format env >> "$GITHUB_ENV"
HELP
  help_options
}

help_exec() {
  cat <<'HELP'
vend exec ROLE_ARN [OPTION...] -- COMMAND [ARGUMENT...]

Runs the command with credentials of the role in its environment: AWS_ACCESS_KEY_ID,
AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_CREDENTIAL_EXPIRATION, and AWS_ACCOUNT_ID of
the client. Whatever would lead an SDK to another identity (AWS_PROFILE, container and web
identity variables) is taken away; the region stays. The command replaces vend, so signals
reach it and its exit code is the exit code.
HELP
  help_options
}

help_profile() {
  cat <<'HELP'
vend profile ROLE_ARN [OPTION...]

Writes a profile into ~/.aws/config (AWS_CONFIG_FILE) whose credentials come from vend and
renew themselves. Other profiles, comments and blank lines stay byte for byte.
  --profile NAME       default: client
  --region REGION      the profile's region; the service's is the one in its host name, or
                       AWS_REGION
  --static             write the three keys into ~/.aws/credentials instead, and the role as
                       vend_role; they end with the session and nothing renews them
  --replace            take over a profile that gives another role now
The command in the profile calls with the credentials that vend finds when it is run, or
with those of --as PROFILE. An AWS_PROFILE that vend uses now becomes its --as.
HELP
  help_options profile
}

help_roles() {
  cat <<'HELP'
vend roles [--format table|json] [--as PROFILE] [--url URL] [--region REGION] [--verbose]

Lists the client roles that you hold a grant for, and whether each can be used now.
HELP
}

help_whoami() {
  cat <<'HELP'
vend whoami [--format table|json] [--as PROFILE] [--url URL] [--region REGION] [--verbose]

Tells who the service takes you for: what a grant must name, its unique ID, the account.
HELP
}
