# ---------------------------------------------------------------- vend profile

# has_key KEY: whether $v_section, the output of section_keys, has it.
has_key() {
  case $NL$v_section in *"$NL$1="*) return 0 ;; esac
  return 1
}

# key_value KEY: its value in $v_value. If the key is repeated, SDKs take the last.
key_value() {
  v_value=
  has_key "$1" || return 1
  v_value=$NL$v_section
  v_value=${v_value##*"$NL$1="}
  v_value=${v_value%%"$NL"*}
}

command_profile() {
  need cat chmod cp grep ln mkdir mv od readlink rm sleep tail uname wc
  each_argument take_argument "$@"
  if [ -n "$v_all_roles" ]; then
    part more
    all_profiles
    return
  fi
  need_role
  make_profile
}

# make_profile: the profile $v_profile for $v_role.
make_profile() {
  case $v_profile in
  *[!A-Za-z0-9_.@+=,:/-]* | -*) usage_error 'a profile name can have only letters, digits and _ . @ + = , : / -' ;;
  esac
  [ -n "${AWS_CONFIG_FILE-}" ] && [ -n "${AWS_SHARED_CREDENTIALS_FILE-}" ] || [ -n "${HOME-}" ] ||
    usage_error "HOME is not set, so vend can't find AWS's files"
  v_config_section="profile $v_profile"
  [ "$v_profile" != default ] || v_config_section=default
  case $v_profile_region in *[!a-z0-9-]* | -*) usage_error 'the region must have the form eu-west-1' ;; esac
  v_region_edit=
  [ -z "$v_profile_region" ] || v_region_edit="set${TAB}region$TAB$v_profile_region$NL"
  check_profile
  if [ -n "$v_dry_run" ]; then
    show_profile
    return
  fi
  if [ -n "$v_static" ]; then static_profile; else process_profile; fi
}

# SDKs disagree about a profile with two sources of credentials. A profile that another role's user
# relies on must not turn into one for this role.
check_profile() {
  v_section=$(section_keys "$(config_file)" "$v_config_section")
  no_other_meaning "$(config_file)" aws_access_key_id
  v_profile_command=
  if key_value credential_process; then
    v_profile_command=yes
    command_role "$v_value"
    no_other_role "$(config_file)" 'has a credential_process that vend did not write'
  fi
  v_section=$(section_keys "$(credentials_file)" "$v_profile")
  no_other_meaning "$(credentials_file)" credential_process
  v_profile_keys='' v_profile_foreign=''
  has_key aws_access_key_id || return 0
  v_profile_keys=yes
  has_key aws_session_token ||
    die "profile $v_profile in $(credentials_file) has long-lived keys, which vend does not change; choose another name"
  # Temporary keys without vend_role were written by another tool, such as assume-role.sh. They
  # expire soon and do not tell their role.
  v_profile_foreign=yes
  if key_value vend_role && (is_role_arn "$v_value"); then
    v_owner=$v_value
    v_profile_foreign=
    no_other_role "$(credentials_file)" ''
  fi
}

# command_role COMMAND: the role of a credential_process that runs vend, in $v_owner.
command_role() {
  v_owner=
  case $1 in *vend*' credentials '*) ;; *) return 0 ;; esac
  # shellcheck disable=SC2086 # into words
  for v_owner_word in ${1#*' credentials '}; do
    # In a subshell, because it sets the variables of the requested role.
    if (is_role_arn "$v_owner_word"); then
      v_owner=$v_owner_word
      return 0
    fi
  done
}

# no_other_role FILE WORDS: ends the script unless the profile is for $v_role or --replace is
# given. WORDS describe the profile if $v_owner is empty.
no_other_role() {
  [ "$v_owner" != "$v_role" ] && [ -z "$v_replace" ] || return 0
  v_owner_words=$2
  [ -z "$v_owner" ] || v_owner_words="gives the role $v_owner"
  die "profile $v_profile in $1 $v_owner_words; choose another --profile, or take this one over with --replace"
}

# no_other_meaning FILE KEY: ends the script if $v_section has KEY, or a key that makes an SDK find
# another identity.
no_other_meaning() {
  for v_profile_key in role_arn source_profile credential_source web_identity_token_file login_session \
    sso_session sso_start_url sso_account_id sso_role_name "$2"; do
    ! has_key "$v_profile_key" ||
      die "profile $v_profile in $1 has $v_profile_key already, which takes precedence in some SDKs; choose another name"
  done
}

keys_edit() {
  v_config=$v_config"set$TAB$1$TAB$2$NL"
}

# Writes the keys as assume-role.sh did: they expire after an hour and nothing renews them.
static_profile() {
  obtain
  [ -z "$v_profile_foreign" ] ||
    tell "profile $v_profile in $(credentials_file): replacing its temporary keys, which vend did not write"
  v_config=
  keys_edit aws_access_key_id "$v_issued_id"
  keys_edit aws_secret_access_key "$v_issued_secret"
  keys_edit aws_session_token "$v_issued_token"
  # No SDK reads this key; the next `vend profile` does.
  keys_edit vend_role "$v_role"
  edit_section "$(credentials_file)" "$v_profile" "$v_config" private
  v_config=
  if [ -n "$v_profile_command" ]; then
    tell "profile $v_profile in $(config_file): removing the command that renewed it, because its keys are now in $(credentials_file)"
    edit_section "$(config_file)" "$v_config_section" "drop${TAB}credential_process$NL$v_region_edit"
  elif [ -n "$v_region_edit" ]; then
    edit_section "$(config_file)" "$v_config_section" "$v_region_edit"
  fi
  tell "profile $v_profile in $(credentials_file) holds credentials of $v_role until $v_issued_until"
}

# show_profile: prints what would be written, without calling the service or touching a file.
show_profile() {
  if [ -n "$v_static" ]; then
    show_request
    say "and would write the three keys, and the role as vend_role, as profile $v_profile into $(credentials_file)"
    return
  fi
  make_process
  say "would write this into $(config_file):"
  printf '[%s]\ncredential_process = %s\n%s' "$v_config_section" "$v_process" \
    "${v_profile_region:+region = $v_profile_region$NL}" | cat || no_output
}

make_process() {
  [ "$v_policy_file" != - ] || usage_error 'the policy is read each time the profile is used: give a file'
  find_endpoint
  find_source
  process_command
}

# Removes keys from the credentials file, because they would take precedence over the command.
process_profile() {
  make_process
  edit_section "$(config_file)" "$v_config_section" "set${TAB}credential_process$TAB$v_process$NL$v_region_edit"
  if [ -n "$v_profile_keys" ]; then
    tell "profile $v_profile in $(credentials_file): removing its temporary keys, which would take precedence over the command"
    edit_section "$(credentials_file)" "$v_profile" \
      "drop${TAB}aws_access_key_id${NL}drop${TAB}aws_secret_access_key${NL}drop${TAB}aws_session_token${NL}drop${TAB}vend_role$NL" private
  fi
  tell "profile $v_profile in $(config_file) gives $v_role and renews itself: use it with --profile $v_profile or AWS_PROFILE=$v_profile"
}

# find_source: whose credentials the command calls with. SDKs run it with AWS_PROFILE set to the
# profile itself, so a source that AWS_PROFILE names now must be written into the command.
find_source() {
  if [ -z "$v_as_profile$v_environment_id$v_environment_secret${AWS_WEB_IDENTITY_TOKEN_FILE-}" ]; then
    v_as_profile=${AWS_PROFILE:-${AWS_DEFAULT_PROFILE:-}}
    [ "$v_as_profile" != "$v_profile" ] || v_as_profile=
  fi
  v_source_next=$v_as_profile
  v_source_hops=0
  while [ -n "$v_source_next" ] && [ "$v_source_hops" -lt 10 ]; do
    [ "$v_source_next" != "$v_profile" ] ||
      usage_error "profile $v_profile can't be renewed with its own credentials (--as $v_as_profile); give --as another one"
    v_section=$(section_keys "$(config_file)" "profile $v_source_next")
    v_source_next=
    has_key source_profile || return 0
    v_source_next=${v_section##*source_profile=}
    v_source_next=${v_source_next%%"$NL"*}
    v_source_hops=$((v_source_hops + 1))
  done
}

# process_command: the command, in $v_process. Some SDKs split it like a shell, others pass it to
# one.
process_command() {
  v_process=
  process_script
  process_words credentials "$v_role" --for-profile "$v_profile" --url "$v_endpoint"
  [ -n "$v_host_region" ] && [ "$v_signing_region" = "$v_host_region" ] || process_words --region "$v_signing_region"
  [ -z "$v_as_profile" ] || process_words --as "$v_as_profile"
  [ -z "$v_duration" ] || process_words --duration "$v_duration"
  [ -z "$v_policy_file" ] || process_words --policy "$v_policy_file"
  v_process_rest=$v_policy_arns
  while [ -n "$v_process_rest" ]; do
    process_words --policy-arn "${v_process_rest%%"$NL"*}"
    v_process_rest=${v_process_rest#*"$NL"}
  done
  v_process_rest=$v_context
  while [ -n "$v_process_rest" ]; do
    v_process_pair=${v_process_rest%%"$NL"*}
    process_words --context "${v_process_pair%%"$TAB"*}=${v_process_pair#*"$TAB"}"
    v_process_rest=${v_process_rest#*"$NL"}
  done
  [ "$v_auto_context" = 1 ] || process_words --no-context
  [ -z "$v_cache" ] || process_words --cache
}

process_script() {
  find_script
  [ -x "$v_script" ] || process_words sh
  process_words "$v_script"
}

process_words() {
  for v_process_word in "$@"; do
    case $v_process_word in
    *[\"\\\$\`\#\;%]* | *[[:cntrl:]]*)
      usage_error "a profile can't hold this: $(printf '%s' "$v_process_word" | tr -d '\000-\037\177')" \
        "(no \" \\ \$ \` # ; % in paths and values)"
      ;;
    *[!A-Za-z0-9_./:=,@+-]*) v_process_word="\"$v_process_word\"" ;;
    esac
    v_process=$v_process${v_process:+ }$v_process_word
  done
}
