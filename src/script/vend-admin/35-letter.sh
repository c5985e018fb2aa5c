# ---------------------------------------------------------------- the letter to a client

# @page clients

# @awk letter-writer

# client_letter: prints docs/clients.md for one client and one of its roles. No copy of the text is
# kept, so that the page and the letter say the same.
client_letter() {
  need cat
  find_client "$v_first" || die "there is no client $v_first: vend client put $v_first --name NAME --role ARN"
  field /client/ownAccount || :
  [ "$v_value" != true ] || die "account $v_first is the vendor's own, where a role needs no letter"
  v_letter_roles=$(client_roles)
  v_roles=${v_roles%"$NL"}
  case $v_roles in *"$NL"*) usage_error 'a letter is about one role: give --role once' ;; esac
  [ -n "$v_letter_roles" ] || die "client $v_first has no role: vend client put $v_first --role ARN"
  case $NL$v_letter_roles$NL in
  *"$NL$v_roles$NL"*) ;;
  *) [ -z "$v_roles" ] || die "client $v_first has no role $v_roles: vend client show $v_first" ;;
  esac
  v_letter=$(
    { printf '%s\n' "$v_flat" | awk "$PLAIN_READER$UTF8_READER" && echo page && clients_page; } |
      awk -v ROLE="$v_roles" "$LETTER_WRITER"
  ) && [ -n "$v_letter" ] ||
    die "the answer lacks what the letter needs; is the service older than this script?"
  printf '%s\n' "$v_letter" || no_output
  case $v_letter_roles in
  *"$NL"*) [ -n "$v_roles" ] || say "the letter is about ${v_letter_roles%%"$NL"*}; the client has more roles: --role ROLE_ARN" ;;
  esac
}
