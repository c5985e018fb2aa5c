# ---------------------------------------------------------------- main

v_command=${1-}
[ $# -eq 0 ] || shift
v_verbose='' v_quiet='' v_dry_run='' v_format=process v_role='' v_duration='' v_policy='' v_policy_arns='' v_policy_arns_json=''
v_context='' v_context_n=0 v_auto_context=1 v_as_profile='' v_for_profile='' v_api_region=''
v_profile=client v_profile_region='' v_static='' v_replace='' v_policy_file=''
v_url=${VEND_URL-}
v_caller_source='' v_caller_id='' v_caller_secret='' v_caller_token='' v_caller_until=''
v_want_compact=0 v_want_split='' v_want_columns='' v_want_line=0 v_keep_caller='' v_expected=''
v_once='' v_sending_once='' v_transfer=transfer v_download='' v_alive='' v_folder='' v_clean_up='' v_clean_up_says=''
# shellcheck disable=SC2034 # vend-more uses them
v_save='' v_all_roles='' v_profile_given='' v_settings='' v_config_path='your settings'
v_files_setting='' v_cache='' v_cache_file='' v_locked='' v_temporary='' v_renew='' v_watch_signal=TERM
v_timeout=${VEND_TIMEOUT:-35}
v_retry_seconds=${VEND_RETRY_SECONDS:-20}
v_start_seconds=${VEND_START_SECONDS:-180}
case $v_command in
'' | help | --help | -h | version | --version) v_timeout=35 v_retry_seconds=20 v_start_seconds=180 ;;
*)
  is_number "$v_timeout" && [ "${#v_timeout}" -le 5 ] && [ "$v_timeout" != 0 ] &&
    is_number "$v_retry_seconds" && [ "${#v_retry_seconds}" -le 5 ] &&
    is_number "$v_start_seconds" && [ "${#v_start_seconds}" -le 5 ] ||
    usage_error 'VEND_TIMEOUT, VEND_RETRY_SECONDS and VEND_START_SECONDS are numbers of seconds'
  ;;
esac
# Longer than the longest call with all its tries and pauses, and the AWS CLI before it.
# A service that does not start answers at once.
LOCK_SECONDS=$((4 * v_timeout + 2 * (v_retry_seconds + 4) + 2 * v_start_seconds + 60))
v_depth=${VEND_DEPTH:-0}
# In some shells, arithmetic on a variable that is not a number runs code.
is_number "$v_depth" || v_depth=0

case $v_command in
version | --version) ;;
'' | help | -h | --help) need cat ;;
*) need awk curl date head tr ;;
esac

case $v_command in
credentials) command_credentials "$@" ;;
exec) command_exec "$@" ;;
profile) command_profile "$@" ;;
roles) command_roles "$@" ;;
whoami) command_whoami "$@" ;;
client | grant | stop | start | revoke)
  part admin
  command_admin "$@"
  ;;
audit)
  part audit
  command_audit "$@"
  ;;
access | why | status)
  part access
  command_access "$@"
  ;;
mine)
  part mine
  command_mine "$@"
  ;;
doctor)
  part doctor
  command_doctor "$@"
  ;;
renewer)
  part more
  command_renewer
  ;;
version | --version) command_version ;;
completion)
  part more
  command_completion "$@"
  ;;
help | -h | --help) command_help "$@" ;;
'')
  help_overview >&2
  exit 2
  ;;
*)
  v_command=
  usage_error 'no such command'
  ;;
esac
