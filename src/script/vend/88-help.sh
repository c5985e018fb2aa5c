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
  access | why | status)
    part access
    v_help_part=help_access
    ;;
  mine)
    part mine
    v_help_part=help_mine
    ;;
  doctor)
    part doctor
    v_help_part=help_doctor
    ;;
  completion)
    part more
    v_help_part=help_completion
    ;;
  '' | help | version) v_help_part=help_overview ;;
  *)
    v_command=
    usage_error 'no such command'
    ;;
  esac
  print_help "$v_help_part" "$v_help"
}

# print_help FUNCTION ARGUMENT...: prints its output; fails if it can not be written.
print_help() {
  need cat
  "$@" | cat || no_output
}

help_overview() {
  cat <<'HELP'
vend: short-lived credentials of a client's AWS role

  vend credentials ROLE_ARN [OPTION...]      print credentials (also as a credential_process)
  vend exec ROLE_ARN [OPTION...] -- COMMAND  run a command with them (--renew: for hours)
  vend profile ROLE_ARN [OPTION...]          make an AWS profile that renews itself
  vend roles                                 list the roles that you can get
  vend whoami                                show how the service identifies you

  vend client put|list|show|letter|wait|verify|suspend|resume|remove|rotate
                                             for administrators: clients and their roles
  vend grant put|list|remove|apply|export           who gets which role
  vend stop, vend start                             stop and resume all vending
  vend revoke CALLER|VENDID                         end active credentials
  vend audit [OPTION...]                            for auditors: who assumed what
  vend audit report|export|reconcile                report, export, compare with CloudTrail
  vend audit compare                                compare a restored allow-list with the audit
  vend access [OPTION...]                           for both: who has access now, and why not
  vend why VENDID, vend why CALLER ROLE             why one vend was refused, and what would help
  vend status [OPTION...]                           is everything all right?
  vend mine audit|grants|suspend|resume             for clients: what the vendor does in your account
  vend doctor [OPTION...]                           for operators: is the stack as it must be?

  vend completion bash|zsh                          for your shell: complete words with Tab
  vend version
  vend help [COMMAND]

Environment
  VEND_URL             the service: https://HOST[/STAGE]   (or --url; or url = in the file
                       ~/.config/vend/config, which can also have region = REGION and
                       alias.NAME = ROLE_ARN, one a line)
  AWS_REGION           its region, if not in the host name (or --region)
  VEND_TIMEOUT         seconds for each try (default 35)
  VEND_RETRY_SECONDS   longest pause before a retry (default 20)
  VEND_START_SECONDS   how long to wait for a service that has to be started (default 180)
  NO_COLOR             if set, no colours on a terminal
  AWS_CA_BUNDLE        certificates to trust instead of the system's (or ca_bundle of
                       the profile)

vend looks for your own credentials in the SDKs' order: --as PROFILE; the environment
(AWS_ACCESS_KEY_ID, ...); web identity (AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN);
AWS_PROFILE (static keys, or anything else through AWS CLI 2.9.0 or later); the
container endpoint (CodeBuild, ECS, EKS); EC2 instance metadata.

Exit codes: 0 success; 1 refused or failed, with the reason on standard error; 2 usage
error; vend exec: the exit code of the command (126, 127: it could not be started).
HELP
}

help_options() {
  cat <<'HELP'

ROLE_ARN is the ARN of a role, or an alias of yours; on a terminal also the name of a client
for which you have one role (see: vend roles).

Options
  --save               make an alias of the client's name
  --duration TIME      3600, 60m, 1h; default: what the grant allows
  --policy FILE        session policy that restricts the role (JSON; - reads standard input)
  --policy-arn ARN     managed policy that restricts the role; repeatable
  --context KEY=VALUE  context to record in the audit; repeatable
  --no-context         don't record what the build service says (build, commit, repository)
  --as PROFILE         call with this profile's credentials
  --url URL            the service, instead of VEND_URL
HELP
  [ "${1-}" = profile ] || printf "  --region REGION      the service's region\n"
  cat <<'HELP'
  --cache              keep credentials in ~/.cache/vend (0600) and use them again while
                       they last at least 15 minutes
  --dry-run            print the request instead of sending it
  --verbose            show each step on standard error (no secrets)
  --quiet              say only what went wrong
HELP
}

help_credentials() {
  cat <<'HELP'
vend credentials ROLE_ARN [OPTION...]

Prints credentials of the role.
  --format process     the output of a credential_process (default)
  --format json        the same with AssumedRoleArn and VendId
  --format env         lines for a shell: export AWS_ACCESS_KEY_ID='...'
                         keys=$(vend credentials ROLE_ARN --format env) && eval "$keys"
  --format github      in GitHub Actions: masks the secrets in the log, and writes them to
                       the file GITHUB_ENV for the next steps
HELP
  help_options
}

help_exec() {
  cat <<'HELP'
vend exec ROLE_ARN [OPTION...] -- COMMAND [ARGUMENT...]

Runs the command with credentials of the role in its environment: AWS_ACCESS_KEY_ID,
AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_CREDENTIAL_EXPIRATION, and the client's
AWS_ACCOUNT_ID. They expire when AWS_CREDENTIAL_EXPIRATION says: after --duration, by
default what the grant allows, at most an hour. Variables that would lead an SDK to another identity (AWS_PROFILE,
container and web identity variables) are removed; the region stays. The command replaces
vend, so it gets signals itself and its exit code is vend's.
  --renew              for commands that run longer: renew the credentials until it ends.
                       The AWS CLI and the SDKs find them through AWS_CONFIG_FILE (a
                       credential_process); there are no keys in the environment. They
                       are asked for again after two thirds of their life, as long as
                       your own credentials last. If that is refused, vend says why, and
                       the command keeps those that it has until they expire.
HELP
  help_options
}

help_profile() {
  cat <<'HELP'
vend profile ROLE_ARN [OPTION...]
vend profile --all [OPTION...]

Writes a profile to ~/.aws/config (AWS_CONFIG_FILE) that gets its credentials from vend and
renews them. Other profiles, comments and blank lines are not touched.
  --profile NAME       default: client
  --region REGION      the profile's region; the service's region comes from its host name
                       or AWS_REGION
  --static             write the three keys to ~/.aws/credentials instead, and the role as
                       vend_role; they expire with the session and are not renewed
  --all                one profile for each of your grants, named by your alias, by the client
                       (on a terminal only), or by account and role; one that is there stays
                       for its role
  --replace            take over a profile that is for another role
The command in the profile uses the credentials that vend finds when it runs, or those of
--as PROFILE. If vend uses AWS_PROFILE now, the command gets it as --as.
HELP
  help_options profile
}

help_roles() {
  cat <<'HELP'
vend roles [--format table|json] [--as PROFILE] [--url URL] [--region REGION] [--verbose] [--quiet]

Lists the client roles that you have a grant for, and whether you can use each now.
HELP
}

help_whoami() {
  cat <<'HELP'
vend whoami [--format table|json] [--as PROFILE] [--url URL] [--region REGION] [--verbose] [--quiet]

Shows how the service identifies you: the ARN for a grant, your unique ID, your account.
HELP
}
