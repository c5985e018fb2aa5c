# ---------------------------------------------------------------- names of roles

# role_by_name: replaces the name in $v_role by an ARN. An alias is the user's own. A client's name is
# the vendor's, who may change it: it is for a person who sees what it stands for.
role_by_name() {
  v_name=$v_role
  load_settings
  case $v_name in *=*) usage_error 'the role is not an ARN, and a name has no = in it' ;; esac
  if setting "alias.$v_name"; then
    v_role=$v_value
    is_role_arn "$v_role" || die "$v_config_path: alias.$v_name is not the ARN of a role"
    note "$v_name is $v_role"
    return
  fi
  is_person ||
    usage_error "the role is not an ARN, and $v_config_path has no alias.$v_name. Names of clients work only on a terminal, because the vendor can change them"
  [ -z "$v_dry_run" ] || usage_error '--dry-run sends nothing, and a name of a client must be looked up: give an ARN or an alias'
  role_of_client
  say "$v_name is $v_role"
  [ -z "$v_save" ] || save_alias
}

# is_person: builds run on a terminal, too, in some systems.
is_person() {
  [ -t 0 ] && [ -t 2 ] || return 1
  case ${CI-}${CODEBUILD_BUILD_ID-}${GITHUB_ACTIONS-}${GITLAB_CI-}${BUILDKITE-}${JENKINS_URL-} in ?*) return 1 ;; esac
}

# @awk name-finder

role_of_client() {
  grants_of_caller
  v_role=$(printf '%s' "$v_roles" | VEND_NAME=$v_name awk "$NAME_FINDER")
  case $v_role in
  '') die "you have no grant for a client named $v_name; names are compared exactly, and vend roles lists them" ;;
  *"$NL"*)
    say "you have grants for several roles of clients named $v_name; give the ARN of one:"
    printf '%.8000s\n' "$v_role" >&2
    exit 1
    ;;
  esac
  is_role_arn "$v_role" || die 'the answer has an ARN that is not one'
}

# grants_of_caller: in $v_roles, all or none: a name must not be unambiguous by accident.
grants_of_caller() {
  v_keep_caller_later=$v_keep_caller
  v_keep_caller=yes
  v_format_later=$v_format
  v_format=table
  collect_roles
  v_format=$v_format_later
  v_keep_caller=$v_keep_caller_later
  ! field /truncated || [ "$v_value" != true ] || die 'the list of your roles is incomplete: give the ARN'
}

# save_alias: appends a line to the settings, or makes them.
save_alias() {
  need cat chmod ln mkdir mv readlink rm sleep tail uname
  case $v_name in
  -* | arn:* | ' '*) die "an alias can't begin like that, so $v_name is not saved" ;;
  esac
  [ "${#v_name}" -le 128 ] || die 'an alias has at most 128 characters, so the name is not saved'
  v_settings_folder=${v_config_path%/*}
  (umask 077 && mkdir -p -- "$v_settings_folder") || die "can't make the folder $v_settings_folder"
  (cd -P -- "$v_settings_folder" && need id ls && only_mine . d) ||
    die "$v_settings_folder must be yours, and others must not be able to write into it (chmod go-w); the name is not saved"
  v_real=$v_config_path
  wait_for_lock "$v_settings_folder/.config.vend-lock"
  # Another vend may have written since.
  v_settings=
  load_settings
  if ! setting "alias.$v_name"; then
    v_temporary=$v_settings_folder/.config.vend-new.$$
    (
      umask 077
      rm -f -- "$v_temporary"
      {
        [ ! -e "$v_config_path" ] || cat -- "$v_config_path"
        [ ! -e "$v_config_path" ] || [ -z "$(tail -c 1 -- "$v_config_path")" ] || echo
        printf 'alias.%s = %s\n' "$v_name" "$v_role"
      } >"$v_temporary"
    ) && mv -f -- "$v_temporary" "$v_config_path" || die "can't write $v_config_path; it is unchanged"
    v_temporary=
    tell "saved as an alias in $v_config_path"
  fi
  unlock
}

# @awk profile-namer

# all_profiles: one for each grant of the caller. A profile that is for another role stays, and is
# named; the others are made. A pipeline often starts without profiles, so that a name of the
# vendor's would choose the role.
all_profiles() {
  [ -z "$v_role" ] || usage_error 'vend profile --all takes no role'
  [ -z "$v_static$v_save$v_profile_given$v_dry_run$v_replace" ] ||
    usage_error 'vend profile --all has no --static, --save, --profile, --replace and --dry-run'
  [ "$v_policy_file" != - ] || usage_error 'the policy is read each time the profile is used: give a file'
  load_settings
  grants_of_caller
  unset_caller
  [ "$v_roles_n" != 0 ] || die 'you have no grants'
  v_failed=0
  v_names=0
  ! is_person || v_names=1
  v_profiles=$(printf '%s\n%s' "$v_settings" "$v_roles" | awk -v NAMES="$v_names" "$PROFILE_NAMER")
  while [ -n "$v_profiles" ]; do
    v_line=${v_profiles%%"$NL"*}
    case $v_profiles in *"$NL"*) v_profiles=${v_profiles#*"$NL"} ;; *) v_profiles= ;; esac
    v_profile=${v_line%%"$TAB"*}
    v_role=${v_line#*"$TAB"}
    is_role_arn "$v_role" || die 'the answer has an ARN that is not one'
    # In a subshell, because a failure ends it.
    (make_profile) || v_failed=$((v_failed + 1))
  done
  [ "$v_failed" = 0 ] || die "$v_failed profiles were not made, for the reasons above"
}
