# ---------------------------------------------------------------- the accounts of one client

# @awk accounts-reader

# accounts_put: puts a client for each account of a file, each with an ExternalId of its own: one for
# all would let whoever controls one of the accounts into the others through the vendor. Prints the
# account and its ExternalId, for the client's StackSet. Can be repeated: what is there stays.
accounts_put() {
  need cat
  [ -n "$v_name" ] || usage_error 'the accounts need the --name of their group'
  [ -n "$v_role_forms" ] || v_role_forms="arn:aws:iam::ACCOUNT:role/vended/vended-deploy$NL"
  v_accounts_group=$v_name
  [ -f "$v_accounts" ] && [ -r "$v_accounts" ] || die "can't read the file $v_accounts"
  v_accounts_left=$(awk "$ACCOUNTS_READER" <"$v_accounts") || die "can't read the file $v_accounts"
  case $NL$v_accounts_left in
  *"${NL}fault="*) die "$v_accounts, ${v_accounts_left##*fault=}; nothing was changed" ;;
  "$NL") die "$v_accounts has no account; nothing was changed" ;;
  esac
  v_accounts_left=$v_accounts_left$NL
  say "if this ends early, run it again: clients that were put stay as they are"
  v_accounts_done=0
  while [ -n "$v_accounts_left" ]; do
    v_accounts_line=${v_accounts_left%%"$NL"*}
    v_accounts_left=${v_accounts_left#*"$NL"}
    account_put "${v_accounts_line%%"$TAB"*}" "${v_accounts_line#*"$TAB"}"
    v_accounts_done=$((v_accounts_done + 1))
  done
  counted "$v_accounts_done" client
  say "put $v_counted; each has an ExternalId of its own, for the client's StackSet (docs/operations.md, \"Several accounts of one client\")"
}

# account_put ACCOUNT NAME: puts the client of one account.
account_put() {
  v_first=$1
  v_name="$v_accounts_group / ${2:-$1}"
  v_own_account=''
  v_roles=''
  v_forms_left=$v_role_forms
  while [ -n "$v_forms_left" ]; do
    v_form=${v_forms_left%%"$NL"*}
    v_forms_left=${v_forms_left#*"$NL"}
    v_given=${v_form%%::ACCOUNT:*}::$1:${v_form#*::ACCOUNT:}
    add_role
  done
  put_client
  text /client/externalId || die "the answer has no ExternalId of $1"
  printf '%s\t%s\n' "$1" "$v_value" || no_output
}

# add_role_form: a role with the word ACCOUNT for the account, in $v_given.
add_role_form() {
  is_role_arn "${v_given%%::ACCOUNT:*}::000000000000:${v_given#*::ACCOUNT:}" ||
    usage_error '--role takes the ARN of a role, with --accounts arn:aws:iam::ACCOUNT:role/PATH/NAME'
  v_role_forms="$v_role_forms$v_given$NL"
}
